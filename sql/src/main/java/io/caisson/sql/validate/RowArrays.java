package io.caisson.sql.validate;

import io.caisson.function.RowsOfJson;
import io.caisson.function.RowsOfValues;
import io.caisson.sql.syntax.QuerySyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnnestOperator;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Functions that make rows as functions that make an array of them, and arrays as what stands in
 * FROM.
 *
 * <pre>
 *   regexp_split_to_table(t, p)     regexp_split_to_array(t, p)
 *   generate_subscripts(a, 1)       the subscripts of cardinality(a)
 *   unnest(a)                       a
 * </pre>
 *
 * Stateless.
 */
final class RowArrays {
  private static final String EACH = "each row";
  private static final String NUMBER = "row number";

  private RowArrays() {}

  /** The name of a function, in lower case. */
  static String name(SqlCall function) {
    return function.getOperator().getName().toLowerCase(Locale.ROOT);
  }

  /** The array of the values of a call; null where it is not a function that makes rows. */
  static @Nullable SqlNode array(SqlCall call) {
    if (call.getKind() == SqlKind.UNNEST) {
      boolean query = call.operandCount() != 1 || call.operand(0).isA(SqlKind.QUERY);
      return query ? null : call.operand(0);
    }
    boolean function = SqlKind.FUNCTION.contains(call.getKind());
    if (!function || call.getOperator() instanceof InnerFunction) {
      return null;
    }
    SqlParserPos place = call.getParserPosition();
    List<SqlNode> arguments = call.getOperandList();
    String name = name(call);
    return switch (name) {
      case "regexp_matches" ->
          InnerFunction.of(RowsOfValues.matchesOf(name)).createCall(place, arguments);
      case "regexp_split_to_table" -> ArraySyntax.called("regexp_split_to_array", place, arguments);
      case "string_to_table" -> ArraySyntax.called("string_to_array", place, arguments);
      case "generate_subscripts" -> subscripts(call);
      case SeriesFunction.NAME ->
          InnerFunction.of(RowsOfValues.seriesOf(name)).createCall(place, arguments);
      default -> json(call);
    };
  }

  private static @Nullable SqlNode subscripts(SqlCall call) {
    SqlParserPos place = call.getParserPosition();
    boolean fits = call.operandCount() == 2 || call.operandCount() == 3;
    if (!fits) {
      return null;
    }
    SqlNode size = ArraySyntax.called("cardinality", place, List.of(call.operand(0)));
    SqlNode reverse =
        call.operandCount() == 3 ? call.operand(2) : SqlLiteral.createBoolean(false, place);
    return InnerFunction.of(RowsOfValues.subscriptsOf(name(call)))
        .createCall(place, size, call.operand(1), reverse);
  }

  private static @Nullable SqlNode json(SqlCall call) {
    JsonTableFunction function = JsonTableFunction.named(call.getOperator());
    if (function == null || call.operandCount() == 0) {
      return null;
    }
    RowsOfJson.Kind kind = function.rows();
    boolean members = kind == RowsOfJson.Kind.MEMBERS || kind == RowsOfJson.Kind.MEMBERS_AS_TEXT;
    SqlParserPos place = call.getParserPosition();
    SqlNode second =
        call.operandCount() > 1
            ? call.operand(1)
            : SqlLiteral.createCharString(function.getName(), place);
    return members
        ? null
        : InnerFunction.of(kind.function(function.getName()))
            .createCall(place, call.operand(0), second);
  }

  /** Whether a call is one of a function that makes rows. */
  static boolean makesRows(SqlCall call) {
    return array(call) != null
        && !(call.getOperator() instanceof SqlUnnestOperator unnest && unnest.withOrdinality);
  }

  /** Whether the value of a row is an array, of which the element is only the text. */
  static boolean givesArrays(SqlCall call) {
    return name(call).equals("regexp_matches");
  }

  /** The value of a row, which an element of the array stands for. */
  static SqlNode value(SqlCall function, SqlNode element) {
    if (!givesArrays(function)) {
      return element;
    }
    SqlParserPos place = function.getParserPosition();
    var texts =
        new SqlCollectionTypeNameSpec(
            new SqlUserDefinedTypeNameSpec("text", place), SqlTypeName.ARRAY, place);
    return SqlStdOperatorTable.CAST.createCall(place, element, new SqlDataTypeSpec(texts, place));
  }

  /**
   * What stands in FROM for functions side by side: a column for each, NULL where it has no more
   * rows, and the number of the row where a name for it is given.
   *
   * @param functions calls of functions that make rows
   * @param columns a name for each, and one more for the number
   */
  static SqlNode rows(List<SqlCall> functions, List<String> columns, String alias) {
    SqlCall first = functions.get(0);
    SqlParserPos place = first.getParserPosition();
    boolean numbered = columns.size() > functions.size();
    if (functions.size() == 1 && !givesArrays(first)) {
      SqlNode array = Objects.requireNonNull(array(first));
      return named(unnest(array, numbered, place), alias, columns, place);
    }
    var outputs = new ArrayList<SqlNode>();
    SqlNode number = new SqlIdentifier(NUMBER, place);
    SqlNode from;
    if (functions.size() == 1) {
      SqlNode array = Objects.requireNonNull(array(first));
      from = named(unnest(array, true, place), "row", List.of(EACH, NUMBER), place);
      outputs.add(as(value(first, new SqlIdentifier(EACH, place)), columns.get(0)));
    } else {
      from = named(unnest(places(functions), false, place), "row", List.of(NUMBER), place);
      for (int i = 0; i < functions.size(); i++) {
        SqlCall function = functions.get(i);
        SqlNode array = Objects.requireNonNull(array(function));
        SqlNode element =
            SqlStdOperatorTable.ITEM.createCall(function.getParserPosition(), array, number);
        outputs.add(as(value(function, element), columns.get(i)));
      }
    }
    if (numbered) {
      outputs.add(as(number, columns.get(functions.size())));
    }
    SqlNode rows = QuerySyntax.select(new SqlNodeList(outputs, place), from, null, place);
    return SqlStdOperatorTable.AS.createCall(
        place,
        SqlStdOperatorTable.LATERAL.createCall(place, rows),
        new SqlIdentifier(alias, place));
  }

  /** The numbers of the rows of functions side by side, as many as the longest has. */
  private static SqlNode places(List<SqlCall> functions) {
    SqlParserPos place = functions.get(0).getParserPosition();
    var sizes = new ArrayList<SqlNode>();
    for (SqlCall function : functions) {
      SqlNode size =
          ArraySyntax.called(
              "cardinality", place, List.of(Objects.requireNonNull(array(function))));
      sizes.add(
          SqlStdOperatorTable.COALESCE.createCall(
              place, size, SqlLiteral.createExactNumeric("0", place)));
    }
    SqlNode most = ArraySyntax.called("greatest", place, sizes);
    return InnerFunction.of(RowsOfValues.subscriptsOf("generate_subscripts"))
        .createCall(
            place,
            most,
            SqlLiteral.createExactNumeric("1", place),
            SqlLiteral.createBoolean(false, place));
  }

  private static SqlNode unnest(SqlNode array, boolean numbered, SqlParserPos place) {
    return (numbered ? SqlStdOperatorTable.UNNEST_WITH_ORDINALITY : SqlStdOperatorTable.UNNEST)
        .createCall(place, array);
  }

  private static SqlNode named(
      SqlNode rows, String alias, List<String> columns, SqlParserPos place) {
    var operands = new ArrayList<SqlNode>(List.of(rows, new SqlIdentifier(alias, place)));
    columns.forEach(column -> operands.add(new SqlIdentifier(column, place)));
    return SqlStdOperatorTable.AS.createCall(place, operands);
  }

  private static SqlNode as(SqlNode value, String name) {
    SqlParserPos place = value.getParserPosition();
    return SqlStdOperatorTable.AS.createCall(place, value, new SqlIdentifier(name, place));
  }
}
