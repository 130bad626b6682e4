package io.caisson.sql.syntax;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What the generated parser makes of subscripts of arrays. Stateless. */
public final class SubscriptSyntax {
  /** The two bounds of a slice; it travels as the subscript until the query is understood. */
  public static final SqlOperator SLICE = new SqlSpecialOperator("SLICE", SqlKind.OTHER);

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
}
