package io.caisson.sql.validate;

import io.caisson.sql.syntax.PrefixOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Turns calls that take any number of values of any types, or have a sign in front, into calls of
 * our functions:
 *
 * <pre>
 *   concat(a, b)           array_to_string(ARRAY[text(a), text(b)], '')
 *   concat_ws(s, a, b)     array_to_string(ARRAY[text(a), text(b)], s)
 *   format(f, a, b)        format(f, ARRAY[text(a), text(b)])
 *   num_nulls(a, b)        CASE WHEN a IS NULL THEN 1 ELSE 0 END + CASE WHEN b ...
 *   greatest(NULL, NULL)   CAST(NULL AS TEXT)
 *   |/ x                   sqrt(x)
 *   x LIKE p ESCAPE ''     x LIKE replace(p, '\', '\\')
 *   make_interval(days => 2)
 *                          make_interval(0, 0, 0, 2, 0, 0, 0)
 * </pre>
 *
 * Stateless.
 */
final class CallSyntax {
  private CallSyntax() {}

  /** The call in other words; the same call where it is none of these. */
  static SqlCall rewritten(SqlCall call) {
    if (call.getOperator() instanceof SqlPrefixOperator sign && sign.getKind() == SqlKind.OTHER) {
      return ArraySyntax.called(
          PrefixOperators.function(sign), call.getParserPosition(), call.getOperandList());
    }
    if (call.getOperator() instanceof SqlLikeOperator && call.operandCount() == 3) {
      return isEmptyText(call.operand(2)) ? withoutEscape(call) : call;
    }
    if (!(call.getOperator() instanceof SqlFunction function)) {
      return call;
    }
    List<SqlNode> arguments = call.getOperandList();
    SqlParserPos place = call.getParserPosition();
    String name = function.getName().toLowerCase(Locale.ROOT);
    if (arguments.stream().anyMatch(a -> a.getKind() == SqlKind.ARGUMENT_ASSIGNMENT)) {
      return NamedArguments.inOrder(name, call);
    }
    return switch (name) {
      case "concat" -> arguments.isEmpty() ? call : joined(arguments, text("", place), place);
      case "concat_ws" ->
          arguments.size() < 2
              ? call
              : joined(arguments.subList(1, arguments.size()), arguments.get(0), place);
      case "format" ->
          arguments.isEmpty()
              ? call
              : ArraySyntax.called(
                  "format",
                  place,
                  List.of(arguments.get(0), texts(arguments.subList(1, arguments.size()), place)));
      case "jsonb_extract_path",
          "jsonb_extract_path_text",
          "json_extract_path",
          "json_extract_path_text" ->
          arguments.size() < 2
              ? call
              : ArraySyntax.called(
                  name,
                  place,
                  List.of(arguments.get(0), texts(arguments.subList(1, arguments.size()), place)));
      case "num_nulls" -> arguments.isEmpty() ? call : count(SqlStdOperatorTable.IS_NULL, call);
      case "num_nonnulls" ->
          arguments.isEmpty() ? call : count(SqlStdOperatorTable.IS_NOT_NULL, call);
      case "greatest", "least" ->
          !arguments.isEmpty() && arguments.stream().allMatch(CallSyntax::isNull)
              ? cast(SqlLiteral.createNull(place), "text", place)
              : call;
      default -> call;
    };
  }

  private static boolean isNull(SqlNode node) {
    return SqlUtil.isNullLiteral(node, false);
  }

  private static boolean isEmptyText(SqlNode node) {
    return node instanceof SqlLiteral literal
        && literal.getTypeName() == SqlTypeName.CHAR
        && literal.getValueAs(String.class).isEmpty();
  }

  /** Calcite can't do without a character that escapes: the usual one is doubled. */
  private static SqlCall withoutEscape(SqlCall like) {
    SqlParserPos place = like.getParserPosition();
    SqlNode pattern = like.operand(1);
    SqlNode doubled =
        pattern instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR
            ? text(literal.getValueAs(String.class).replace("\\", "\\\\"), place)
            : ArraySyntax.called(
                "replace", place, List.of(pattern, text("\\", place), text("\\\\", place)));
    return like.getOperator().createCall(place, like.operand(0), doubled);
  }

  private static SqlNode text(String text, SqlParserPos place) {
    return SqlLiteral.createCharString(text, place);
  }

  private static SqlCall joined(List<SqlNode> values, SqlNode separator, SqlParserPos place) {
    return ArraySyntax.called("array_to_string", place, List.of(texts(values, place), separator));
  }

  /** The texts of values as an array. */
  private static SqlNode texts(List<SqlNode> values, SqlParserPos place) {
    if (values.isEmpty()) {
      return ArraySyntax.called(
          "string_to_array", place, List.of(text("", place), text("", place)));
    }
    var texts = new ArrayList<SqlNode>();
    for (SqlNode value : values) {
      texts.add(OutputText.INSTANCE.createCall(value.getParserPosition(), value));
    }
    return ArrayConstructor.INSTANCE.createCall(place, texts);
  }

  private static SqlCall cast(SqlNode value, String type, SqlParserPos place) {
    return CastOperator.INSTANCE.createCall(
        place, value, new SqlDataTypeSpec(new SqlUserDefinedTypeNameSpec(type, place), place));
  }

  private static SqlCall count(SqlOperator test, SqlCall call) {
    SqlCall sum = null;
    for (SqlNode argument : call.getOperandList()) {
      SqlParserPos place = argument.getParserPosition();
      SqlCall one =
          new SqlCase(
              place,
              null,
              SqlNodeList.of(test.createCall(place, argument)),
              SqlNodeList.of(SqlLiteral.createExactNumeric("1", place)),
              SqlLiteral.createExactNumeric("0", place));
      sum = sum == null ? one : SqlStdOperatorTable.PLUS.createCall(place, sum, one);
    }
    return cast(java.util.Objects.requireNonNull(sum), "int4", call.getParserPosition());
  }
}
