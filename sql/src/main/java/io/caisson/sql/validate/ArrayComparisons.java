package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Comparisons with the elements of an array; of one that is written out each by itself:
 *
 * <pre>
 *   x = ANY (a)               "= ANY"(x, a)
 *   x = ANY (ARRAY[a, b])     x = a OR x = b
 *   x < ALL (ARRAY[a, b])     x < a AND x < b
 *   x = ANY (ARRAY[])         FALSE, and with ALL TRUE
 * </pre>
 *
 * Stateless.
 */
final class ArrayComparisons {
  private ArrayComparisons() {}

  /** The comparison as one of each element; the same call where it is none with an array. */
  static SqlNode rewritten(SqlCall call) {
    if (!(call.getOperator() instanceof SqlQuantifyOperator quantifier)
        || !(call.operand(1) instanceof SqlNodeList list)) {
      return call;
    }
    SqlParserPos place = call.getParserPosition();
    SqlBinaryOperator operator = comparison(quantifier.comparisonKind);
    boolean all = call.getKind() == SqlKind.ALL;
    List<SqlNode> elements = list.getList();
    if (list.size() == 1) {
      if (!(list.get(0) instanceof SqlCall array)
          || !(array.getOperator() instanceof ArrayConstructor)) {
        return ArraySyntax.called(
            operator.getName() + (all ? " ALL" : " ANY"),
            place,
            List.of(call.operand(0), list.get(0)));
      }
      elements = array.getOperandList();
    }
    List<SqlNode> comparisons = new ArrayList<>();
    for (SqlNode element : elements) {
      comparisons.add(operator.createCall(place, call.operand(0), element));
    }
    SqlNode result = null;
    for (SqlNode comparison : comparisons) {
      result =
          result == null
              ? comparison
              : (all ? SqlStdOperatorTable.AND : SqlStdOperatorTable.OR)
                  .createCall(place, result, comparison);
    }
    return result == null ? SqlLiteral.createBoolean(all, place) : result;
  }

  private static SqlBinaryOperator comparison(SqlKind kind) {
    return switch (kind) {
      case EQUALS -> SqlStdOperatorTable.EQUALS;
      case NOT_EQUALS -> SqlStdOperatorTable.NOT_EQUALS;
      case LESS_THAN -> SqlStdOperatorTable.LESS_THAN;
      case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
      case GREATER_THAN -> SqlStdOperatorTable.GREATER_THAN;
      case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
      default ->
          throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED, "ANY and ALL with " + kind + " are not supported");
    };
  }
}
