package io.caisson.sql.run;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.runtime.AggregateSpec;
import io.caisson.sql.runtime.RangeKeys;
import io.caisson.sql.runtime.WindowSpec;
import io.caisson.sql.validate.FrameReader;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** Calcite's windows as ours. Stateless. */
final class WindowSpecs {
  private WindowSpecs() {}

  static WindowSpec of(Window window, Window.Group group) {
    return new WindowSpec(
        group.keys.toArray(),
        AggregateSpecs.order(group.orderKeys),
        FrameReader.read(window, group),
        new RangeKeys(FrameReader.unit(window, group)),
        group.aggCalls.stream().map(WindowSpecs::call).toList());
  }

  private static WindowSpec.Call call(Window.RexWinAggCall call) {
    List<Integer> arguments =
        call.getOperands().stream().map(operand -> ((RexInputRef) operand).getIndex()).toList();
    WindowSpec.Function function = function((SqlAggFunction) call.getOperator());
    if (call.distinct) {
      throw new CaissonException(
          SqlState.FEATURE_NOT_SUPPORTED, "DISTINCT is not implemented for window functions");
    }
    AggregateSpec aggregate =
        function == WindowSpec.Function.AGGREGATE
            ? new AggregateSpec(
                AggregateSpecs.function(
                    (SqlAggFunction) call.getOperator(),
                    call.getOperands().stream().map(RexNode::getType).toList()),
                arguments,
                -1,
                false,
                List.of(),
                RuntimeValues.of(call.getType()))
            : null;
    return new WindowSpec.Call(
        function, arguments, aggregate, call.ignoreNulls, RuntimeValues.of(call.getType()));
  }

  private static WindowSpec.Function function(SqlAggFunction function) {
    return switch (function.getKind()) {
      case ROW_NUMBER -> WindowSpec.Function.ROW_NUMBER;
      case RANK -> WindowSpec.Function.RANK;
      case DENSE_RANK -> WindowSpec.Function.DENSE_RANK;
      case PERCENT_RANK -> WindowSpec.Function.PERCENT_RANK;
      case CUME_DIST -> WindowSpec.Function.CUME_DIST;
      case NTILE -> WindowSpec.Function.NTILE;
      case LAG -> WindowSpec.Function.LAG;
      case LEAD -> WindowSpec.Function.LEAD;
      case FIRST_VALUE -> WindowSpec.Function.FIRST_VALUE;
      case LAST_VALUE -> WindowSpec.Function.LAST_VALUE;
      case NTH_VALUE -> WindowSpec.Function.NTH_VALUE;
      default -> WindowSpec.Function.AGGREGATE;
    };
  }

  /** A constant as Calcite's runtime has it. */
  static @Nullable Object value(RexLiteral literal) {
    Object value = literal.getValue4();
    RelDataType type = literal.getType();
    if (value instanceof NlsString text) {
      return text.getValue();
    }
    return value instanceof BigDecimal number ? RuntimeValues.of(type).apply(number) : value;
  }
}
