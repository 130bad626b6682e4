package io.caisson.sql.convert;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.plan.Expression;
import io.caisson.plan.Over;
import io.caisson.plan.OverCall;
import io.caisson.plan.Plan;
import io.caisson.plan.SortKey;
import io.caisson.sql.validate.FrameReader;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;

/** Makes the windows of OVER, one behind the other. For one node. */
final class OverConverter {
  private static final String HINT = "Compute it with OVER when you query the view.";

  private final Window window;
  private final int width;

  private OverConverter(Window window) {
    this.window = window;
    this.width = window.getInput().getRowType().getFieldCount();
  }

  static Plan convert(Window window, Plan source) {
    var converter = new OverConverter(window);
    Plan result = source;
    List<String> names = window.getRowType().getFieldNames();
    int output = converter.width;
    for (Window.Group group : window.groups) {
      var outputs = new OverOutputs(output);
      for (Window.RexWinAggCall call : group.aggCalls) {
        converter.add(group, call, source, outputs, output++);
      }
      var over =
          new Over(
              result, group.keys.asList(), order(group), outputs.calls(), OptionalLong.empty());
      result = outputs.of(over, names.subList(0, output));
    }
    return result;
  }

  private void add(
      Window.Group group, Window.RexWinAggCall call, Plan source, OverOutputs outputs, int output) {
    String name = call.getOperator().getName();
    switch (call.getOperator().getKind()) {
      case PERCENT_RANK -> outputs.addPercentRank();
      case CUME_DIST -> outputs.addCumeDist();
      case NTILE -> outputs.addTile(tiles(call), type(call, name));
      default -> {
        OverCall made = call(group, call, output);
        if (call.getOperands().size() > 2) {
          outputs.addWithDefault(made, otherwise(call.getOperands().get(2), source));
        } else {
          outputs.add(made);
        }
      }
    }
  }

  private long tiles(Window.RexWinAggCall call) {
    long tiles = constant(call.getOperands().get(0));
    if (tiles <= 0) {
      throw new CaissonException(
          SqlState.INVALID_NTILE, "argument of ntile must be greater than zero");
    }
    return tiles;
  }

  /** A column, or a constant. */
  private Expression otherwise(RexNode node, Plan source) {
    int column = ((RexInputRef) node).getIndex();
    return column < width
        ? PlanConverter.columns(source).get(column)
        : Literals.convert(window.constants.get(column - width));
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

  private OverCall call(Window.Group group, Window.RexWinAggCall call, int output) {
    String name = call.getOperator().getName();
    if (call.distinct || call.ignoreNulls) {
      throw Refusal.of("DISTINCT or IGNORE NULLS with OVER", HINT);
    }
    OverCall.Function function = function((SqlAggFunction) call.getOperator());
    OptionalInt argument = argument(call, function, name);
    boolean places = function.ranks() || isLagOrLead(function);
    return new OverCall(
        function,
        argument,
        isLagOrLead(function) ? offset(call, name) : 0,
        places ? OverOutputs.WHOLE : FrameReader.read(window, group),
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
      case AVG -> OverCall.Function.AVG;
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
    long offset = operands.size() >= 2 ? constant(operands.get(1)) : 1;
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
