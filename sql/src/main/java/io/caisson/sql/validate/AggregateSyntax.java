package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.aggregate.TopCounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Calls of aggregates in the shape that is validated: with the order in which they take their rows,
 * and with what approximate ones see of values:
 *
 * <pre>
 *   MODE() WITHIN GROUP (ORDER BY x)         mode(x) WITHIN GROUP (ORDER BY x)
 *   STRING_AGG(x, ',' ORDER BY y)            string_agg(x, ',') WITHIN GROUP (ORDER BY y)
 *   FIRST_VALUE(x) WITHIN GROUP (ORDER BY y) first_in_order(x) WITHIN GROUP (ORDER BY y)
 *   APPROX_COUNT_DISTINCT(x)                 approx_count_distinct(approx_place(x))
 *   APPROX_PERCENTILE(x, 0.9)                approx_percentile(0.9, approx_value(x))
 *   APPROX_TOP_K(x, 3)                       approx_top_k(3, x, to_jsonb(x))
 * </pre>
 *
 * Stateless.
 */
final class AggregateSyntax {
  private AggregateSyntax() {}

  /** A call of STRING_AGG. */
  static SqlCall ofTexts(SqlCall call) {
    List<SqlNode> operands = new ArrayList<>(call.getOperandList());
    SqlNode last = operands.get(operands.size() - 1);
    SqlNodeList order = last instanceof SqlNodeList list ? list : SqlNodeList.EMPTY;
    if (last instanceof SqlNodeList) {
      operands.remove(operands.size() - 1);
    }
    SqlParserPos position = call.getParserPosition();
    SqlCall made =
        Objects.requireNonNull(AggregateFunctions.named("string_agg"))
            .createCall(call.getFunctionQuantifier(), position, operands);
    return order.isEmpty()
        ? made
        : SqlStdOperatorTable.WITHIN_GROUP.createCall(position, made, order);
  }

  /** A call WITHIN GROUP. */
  static SqlCall withinGroup(SqlCall within) {
    if (!(within.operand(0) instanceof SqlCall call)
        || !(call.getOperator() instanceof SqlFunction function)
        || !(within.operand(1) instanceof SqlNodeList order)) {
      return within;
    }
    SqlAggFunction ordered = AggregateFunctions.named(name(function));
    if (ordered == null) {
      return within;
    }
    List<SqlNode> operands = new ArrayList<>(call.getOperandList());
    switch (ordered.getName().toLowerCase(Locale.ROOT)) {
      case "mode", "percentile_cont", "percentile_disc" -> {
        int arguments = ordered.getName().equals("mode") ? 0 : 1;
        if (order.size() != 1 || operands.size() != arguments) {
          return within;
        }
        operands.add(QueryShape.withoutDirection(order.get(0)));
      }
      case AggregateFunctions.FIRST, AggregateFunctions.LAST -> {}
      default -> {
        return within;
      }
    }
    return SqlStdOperatorTable.WITHIN_GROUP.createCall(
        within.getParserPosition(),
        ordered.createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands),
        order);
  }

  private static String name(SqlFunction function) {
    return switch (function.getName().toLowerCase(Locale.ROOT)) {
      case "first_value" -> AggregateFunctions.FIRST;
      case "last_value" -> AggregateFunctions.LAST;
      default -> function.getName();
    };
  }

  /** An approximate aggregate, of what it sees of its values; another call as it is. */
  static SqlCall estimate(SqlCall call) {
    if (!(call.getOperator() instanceof SqlUnresolvedFunction function)) {
      return call;
    }
    SqlAggFunction known = AggregateFunctions.named(function.getName());
    if (known == null) {
      return call;
    }
    SqlParserPos position = call.getParserPosition();
    List<SqlNode> operands = call.getOperandList();
    if (known.getName().equals(AggregateFunctions.COUNT_ESTIMATE) && operands.size() == 1) {
      return known.createCall(
          call.getFunctionQuantifier(), position, List.of(seen("approx_place", operands.get(0))));
    }
    if (known.getName().equals(AggregateFunctions.PERCENTILE_ESTIMATE) && operands.size() == 2) {
      return known.createCall(
          call.getFunctionQuantifier(),
          position,
          List.of(operands.get(1), seen("approx_value", operands.get(0))));
    }
    if (known.getName().equals(AggregateFunctions.TOP_COUNTS) && operands.size() == 2) {
      checkNumber(operands.get(1));
      SqlNode value = operands.get(0);
      return known.createCall(
          call.getFunctionQuantifier(),
          position,
          List.of(operands.get(1), value, seen("to_jsonb", DeepCopy.of(value))));
    }
    return call;
  }

  /** How many values a group has must not depend on its rows. */
  private static void checkNumber(SqlNode number) {
    BigDecimal constant =
        number instanceof SqlNumericLiteral literal && literal.isInteger()
            ? literal.bigDecimalValue()
            : null;
    if (constant == null) {
      throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "the number of values of approx_top_k must be a constant integer")
          .withHint("Write approx_top_k(value, 10).");
    }
    int unused = TopCounts.checked(constant.longValue());
  }

  private static SqlNode seen(String function, SqlNode value) {
    SqlParserPos position = value.getParserPosition();
    return new SqlUnresolvedFunction(
            new SqlIdentifier(function, position),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION)
        .createCall(position, value);
  }
}
