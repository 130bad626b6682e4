package io.caisson.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** What the generated parser makes of subscripts of arrays. Stateless. */
public final class SubscriptSyntax {
  /** The two bounds of a slice; it travels as the subscript until the query is understood. */
  public static final SqlOperator SLICE = new SqlSpecialOperator("SLICE", SqlKind.OTHER);

  private static final String SET = "array_set";
  private static final String SET_SLICE = "array_set_slice";

  /** Longer than any array. */
  private static final String ENDLESS = String.valueOf(Integer.MAX_VALUE);

  private SubscriptSyntax() {}

  /** The bounds of {@code a[from:to]}; where one is left out, that of the array. */
  public static SqlNode slice(@Nullable SqlNode from, @Nullable SqlNode to, SqlParserPos place) {
    return SLICE.createCall(
        place,
        from == null ? SqlLiteral.createExactNumeric("1", place) : from,
        to == null ? SqlLiteral.createExactNumeric(ENDLESS, place) : to);
  }

  /**
   * Adds {@code column[subscript] = value}, or a slice of it: the column gets the array that it
   * has, or that an earlier assignment gives it, with another element.
   */
  public static void assign(
      List<WriteSyntax.Assignment> assignments,
      SqlIdentifier column,
      SqlNode subscript,
      SqlNode value) {
    SqlNode array = column;
    for (WriteSyntax.Assignment earlier : assignments) {
      if (earlier.columns().size() == 1
          && earlier.columns().get(0).equalsDeep(column, Litmus.IGNORE)
          && earlier.values().get(0) instanceof SqlCall call
          && (call.getOperator().isName(SET, true) || call.getOperator().isName(SET_SLICE, true))) {
        array = call;
        assignments.remove(earlier);
        break;
      }
    }
    SqlParserPos place = column.getParserPosition();
    boolean slice = subscript instanceof SqlCall bounds && bounds.getOperator().equals(SLICE);
    var arguments = new ArrayList<SqlNode>(List.of(array));
    arguments.addAll(slice ? ((SqlCall) subscript).getOperandList() : List.of(subscript));
    arguments.add(value);
    var function =
        new SqlUnresolvedFunction(
            new SqlIdentifier(slice ? SET_SLICE : SET, place),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION);
    assignments.add(WriteSyntax.Assignment.of(column, function.createCall(place, arguments)));
  }
}
