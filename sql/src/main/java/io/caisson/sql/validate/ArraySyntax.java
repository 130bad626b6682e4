package io.caisson.sql.validate;

import io.caisson.sql.syntax.SubscriptSyntax;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Turns what is written with arrays into calls of our functions:
 *
 * <pre>
 *   ARRAY[a, b]           the constructor of ours
 *   ARRAY[]::int[]        '{}'::int[]
 *   a[2]                  "[ ]"(a, 2)
 *   a[2:3]                "[ : ]"(a, 2, 3)
 *   unnest(a)             UNNEST(elements(a))
 * </pre>
 *
 * Stateless.
 */
final class ArraySyntax {
  private ArraySyntax() {}

  /** The call in other words; the same call where it is none with an array. */
  static SqlCall rewritten(SqlCall call) {
    SqlParserPos place = call.getParserPosition();
    return switch (call.getKind()) {
      case ARRAY_VALUE_CONSTRUCTOR ->
          ArrayConstructor.INSTANCE.createCall(place, call.getOperandList());
      case CAST -> isEmpty(call.operand(0)) ? withEmptyText(call) : call;
      case ITEM -> subscript(call);
      case UNNEST -> unnest(call);
      case ARRAY_AGG -> aggregate(call);
      default -> call;
    };
  }

  private static boolean isEmpty(SqlNode value) {
    return value instanceof SqlCall array
        && array.getOperator() instanceof ArrayConstructor
        && array.operandCount() == 0;
  }

  private static SqlCall withEmptyText(SqlCall cast) {
    SqlParserPos place = cast.getParserPosition();
    SqlNode text = SqlLiteral.createCharString("{}", place);
    return cast.getOperator().createCall(place, text, cast.operand(1));
  }

  private static SqlCall unnest(SqlCall unnest) {
    SqlParserPos place = unnest.getParserPosition();
    SqlNode array = unnest.operand(0);
    boolean query = array.isA(SqlKind.QUERY);
    return query
        ? unnest
        : unnest.getOperator().createCall(place, ArrayElements.INSTANCE.createCall(place, array));
  }

  /** The parser knows the aggregate, but not that it may be NULL. */
  private static SqlCall aggregate(SqlCall call) {
    return ArrayAggregate.FUNCTION.createCall(
        call.getFunctionQuantifier(), call.getParserPosition(), call.getOperandList());
  }

  private static SqlCall subscript(SqlCall item) {
    SqlParserPos place = item.getParserPosition();
    SqlNode subscript = item.operand(1);
    if (subscript instanceof SqlCall slice && slice.getOperator().equals(SubscriptSyntax.SLICE)) {
      return called("[ : ]", place, List.of(item.operand(0), slice.operand(0), slice.operand(1)));
    }
    return called("[ ]", place, List.of(item.operand(0), subscript));
  }

  /** A call of a function of ours, which is found by its name. */
  static SqlCall called(String name, SqlParserPos place, List<? extends SqlNode> arguments) {
    var function =
        new SqlUnresolvedFunction(
            new SqlIdentifier(name, place),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION);
    return function.createCall(place, new ArrayList<SqlNode>(arguments));
  }
}
