package io.caisson.sql.run;

import java.math.BigDecimal;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code x / 1}, {@code x * 1}, {@code x + 0} and {@code x - 0} from becoming {@code x} where
 * they are NUMERIC: the result has other digits behind the point than x. For one tree.
 */
final class NumericIdentities extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode node) {
    RelNode visited = super.visit(node);
    return visited.accept(new Calls(visited.getCluster().getRexBuilder()));
  }

  private static final class Calls extends RexShuttle {
    private final RexBuilder rex;

    Calls(RexBuilder rex) {
      this.rex = rex;
    }

    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      if (!(visited instanceof RexCall changed) || !isIdentity(changed)) {
        return visited;
      }
      RexNode kept = RuntimeOperators.replacement(changed, rex);
      return kept == null ? visited : kept;
    }

    private static boolean isIdentity(RexCall call) {
      BigDecimal neutral = neutral(call.getKind());
      return neutral != null
          && SqlTypeUtil.isDecimal(call.getType())
          && call.getOperands().stream().anyMatch(operand -> is(operand, neutral));
    }

    private static @Nullable BigDecimal neutral(SqlKind kind) {
      return switch (kind) {
        case PLUS, MINUS -> BigDecimal.ZERO;
        case TIMES, DIVIDE -> BigDecimal.ONE;
        default -> null;
      };
    }

    private static boolean is(RexNode operand, BigDecimal number) {
      if (operand.getKind() == SqlKind.CAST) {
        return is(((RexCall) operand).getOperands().get(0), number);
      }
      return operand instanceof RexLiteral literal
          && literal.getValue() instanceof BigDecimal value
          && value.compareTo(number) == 0;
    }
  }
}
