package io.caisson.sql.convert;

import io.caisson.plan.OverCall;
import io.caisson.plan.Plan;
import io.caisson.plan.SortKey;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;

/** Makes the windows of OVER, one behind the other. For one node. */
final class OverConverter {
  private static final String HINT = "Compute it with OVER when you query the view.";
  private static final OverCall.Frame WHOLE =
      new OverCall.Frame(OverCall.Frame.ALL, OverCall.Frame.ALL, false);

  private final Window window;
  private final int width;

  private OverConverter(Window window) {
    this.window = window;
    this.width = window.getInput().getRowType().getFieldCount();
  }

  static Plan convert(Window window, Plan source) {
    var converter = new OverConverter(window);
    Plan result = source;
    int output = converter.width;
    for (Window.Group group : window.groups) {
      var calls = new ArrayList<OverCall>();
      for (Window.RexWinAggCall call : group.aggCalls) {
        calls.add(converter.call(group, call, source, output++));
      }
      result =
          new Plan.Over(result, group.keys.asList(), order(group), calls, OptionalLong.empty());
    }
    return result;
  }

  private static List<SortKey> order(Window.Group group) {
    return group.orderKeys.getFieldCollations().stream()
        .map(
            field -> {
              boolean descending = field.direction.isDescending();
              boolean first =
                  field.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
                      ? descending
                      : field.nullDirection == RelFieldCollation.NullDirection.FIRST;
              return new SortKey(field.getFieldIndex(), descending, first);
            })
        .toList();
  }

  private OverCall call(Window.Group group, Window.RexWinAggCall call, Plan source, int output) {
    String name = call.getOperator().getName();
    if (call.distinct || call.ignoreNulls) {
      throw Refusal.of("DISTINCT or IGNORE NULLS with OVER", HINT);
    }
    if (group.exclude != RexWindowExclusion.EXCLUDE_NO_OTHER) {
      throw Refusal.of("EXCLUDE in a window frame", HINT);
    }
    OverCall.Function function = function((SqlAggFunction) call.getOperator());
    OptionalInt argument = argument(call, function, name);
    if (function == OverCall.Function.SUM
        && source.fields().get(argument.orElseThrow()).type().physical()
            != TypeKind.Physical.LONG) {
      throw Refusal.of("SUM with OVER of other numbers than integers", HINT);
    }
    boolean places = function.ranks() || isLagOrLead(function);
    return new OverCall(
        function,
        argument,
        isLagOrLead(function) ? offset(call, name) : 0,
        places ? WHOLE : frame(group),
        window.getRowType().getFieldNames().get(output),
        type(call, name));
  }

  private static boolean isLagOrLead(OverCall.Function function) {
    return function == OverCall.Function.LAG || function == OverCall.Function.LEAD;
  }

  private static OverCall.Function function(SqlAggFunction function) {
    return switch (function.getKind()) {
      case ROW_NUMBER -> OverCall.Function.ROW_NUMBER;
      case RANK -> OverCall.Function.RANK;
      case DENSE_RANK -> OverCall.Function.DENSE_RANK;
      case LAG -> OverCall.Function.LAG;
      case LEAD -> OverCall.Function.LEAD;
      case FIRST_VALUE -> OverCall.Function.FIRST_VALUE;
      case LAST_VALUE -> OverCall.Function.LAST_VALUE;
      case COUNT -> OverCall.Function.COUNT;
      case SUM, SUM0 -> OverCall.Function.SUM;
      case MIN -> OverCall.Function.MIN;
      case MAX -> OverCall.Function.MAX;
      default -> throw Refusal.of(function.getName() + " with OVER", HINT);
    };
  }

  private OptionalInt argument(Window.RexWinAggCall call, OverCall.Function function, String name) {
    if (call.getOperands().isEmpty() || function.ranks()) {
      return OptionalInt.empty();
    }
    RexNode operand = call.getOperands().get(0);
    if (operand instanceof RexInputRef column && column.getIndex() < width) {
      return OptionalInt.of(column.getIndex());
    }
    if (function == OverCall.Function.COUNT) {
      return OptionalInt.empty();
    }
    throw Refusal.of(name + " of a constant with OVER", HINT);
  }

  private int offset(Window.RexWinAggCall call, String name) {
    List<RexNode> operands = call.getOperands();
    if (operands.size() > 2) {
      throw Refusal.of(name + " with a default", "Write COALESCE around it.");
    }
    long offset = operands.size() == 2 ? constant(operands.get(1)) : 1;
    if (offset < 0 || offset > Integer.MAX_VALUE) {
      throw Refusal.of(
          name + " by " + offset + " rows", "Use LAG to look back, LEAD to look ahead.");
    }
    return (int) offset;
  }

  private long constant(RexNode node) {
    if (node instanceof RexInputRef reference && reference.getIndex() >= width) {
      RexLiteral literal = window.constants.get(reference.getIndex() - width);
      if (literal.getValue() instanceof BigDecimal number) {
        return number.longValue();
      }
    }
    throw Refusal.of("an offset in a window that is not a constant number", HINT);
  }

  private OverCall.Frame frame(Window.Group group) {
    RexWindowBound lower = group.lowerBound;
    RexWindowBound upper = group.upperBound;
    if (!group.isRows && (hasOffset(lower) || hasOffset(upper))) {
      throw Refusal.of("a window frame of RANGE with an offset", HINT);
    }
    return new OverCall.Frame(
        lower.isUnbounded() ? OverCall.Frame.ALL : distance(lower, lower.isPreceding()),
        upper.isUnbounded() ? OverCall.Frame.ALL : distance(upper, upper.isFollowing()),
        !group.isRows);
  }

  private static boolean hasOffset(RexWindowBound bound) {
    return !bound.isUnbounded() && !bound.isCurrentRow();
  }

  private long distance(RexWindowBound bound, boolean outwards) {
    if (bound.isCurrentRow()) {
      return 0;
    }
    long distance = constant(Objects.requireNonNull(bound.getOffset()));
    return outwards ? distance : -distance;
  }

  private static SqlType type(Window.RexWinAggCall call, String name) {
    SqlType type =
        SqlTypes.fromCalcite(call.getType())
            .orElseThrow(() -> Refusal.of("the result of " + name, "Cast the argument."));
    boolean counts = call.getOperator().getKind() == SqlKind.SUM0;
    return (type.kind() == TypeKind.TEXT
            ? SqlType.of(TypeKind.TEXT).withNullable(type.nullable())
            : type)
        .withNullable(counts || type.nullable());
  }
}
