package io.caisson.sql.syntax;

import io.caisson.error.CaissonException;
import io.caisson.error.Position;
import io.caisson.error.SqlState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What the generated parser makes of the parts of a query for which Calcite's tree has no place of
 * their own. Stateless.
 */
public final class QuerySyntax {
  /**
   * The keys of DISTINCT ON, and QUALIFY's condition behind them where there is one. It travels in
   * the place of QUALIFY until the query is understood.
   */
  public static final SqlOperator DISTINCT_ON =
      new SqlSpecialOperator("DISTINCT ON", SqlKind.OTHER);

  /** The number of rows of FETCH, where those that are equal to the last come too. */
  public static final SqlOperator WITH_TIES = new SqlSpecialOperator("WITH TIES", SqlKind.OTHER);

  /** A function in FROM whose rows are numbered. */
  public static final SqlOperator WITH_ORDINALITY =
      new SqlSpecialOperator("WITH ORDINALITY", SqlKind.OTHER);

  /** The aggregates of a plain name whose arguments may be followed by ORDER BY. */
  public static final Set<String> ORDERED_AGGREGATES =
      Set.of(
          "jsonb_agg",
          "json_agg",
          "jsonb_object_agg",
          "json_object_agg",
          "jsonb_agg_strict",
          "json_agg_strict",
          "jsonb_object_agg_strict",
          "json_object_agg_strict");

  /** The digits of seconds in times. */
  private static final int MILLISECONDS = 3;

  private QuerySyntax() {}

  /** How many rows to fetch at least, with all that are equal to the last. */
  public static SqlNode withTies(SqlNode count, SqlParserPos place) {
    return new SqlBasicCall(WITH_TIES, List.of(count), place);
  }

  /** Whether a word is one of them. */
  public static boolean isOrderedAggregate(String word) {
    return ORDERED_AGGREGATES.contains(word.toLowerCase(Locale.ROOT));
  }

  /** What goes in the place of QUALIFY. */
  public static @Nullable SqlNode qualify(
      @Nullable SqlNodeList distinctOn, @Nullable SqlNode qualify) {
    if (distinctOn == null) {
      return qualify;
    }
    return qualify == null
        ? new SqlBasicCall(DISTINCT_ON, List.of(distinctOn), distinctOn.getParserPosition())
        : new SqlBasicCall(
            DISTINCT_ON, List.of(distinctOn, qualify), distinctOn.getParserPosition());
  }

  /** Whether a SELECT has DISTINCT ON, as it was parsed. */
  public static boolean isDistinctOn(SqlSelect select) {
    return select.getQualify() instanceof SqlCall call && call.getOperator().equals(DISTINCT_ON);
  }

  /** What a query without FROM reads: one row where a clause needs rows, else nothing. */
  public static @Nullable SqlNode withoutFrom(SqlParserPos position, @Nullable SqlNode... clauses) {
    if (Arrays.stream(clauses).noneMatch(Objects::nonNull)) {
      return null;
    }
    SqlNode zero = SqlLiteral.createExactNumeric("0", position);
    SqlNode row = SqlStdOperatorTable.ROW.createCall(position, zero);
    return SqlStdOperatorTable.AS.createCall(
        position,
        SqlStdOperatorTable.VALUES.createCall(position, row),
        new SqlIdentifier("no table", position),
        new SqlIdentifier("no column", position));
  }

  /** The refusal of what is understood but not there. */
  public static CaissonException refusal(String what, SqlParserPos position) {
    return new CaissonException(SqlState.FEATURE_NOT_SUPPORTED, what + " is not supported")
        .withPosition(Position.at(position.getLineNum(), position.getColumnNum()));
  }

  /**
   * The type of a column that a call in its definition computes.
   *
   * @throws CaissonException unless the call is PROCTIME()
   */
  public static SqlDataTypeSpec processingTime(SqlIdentifier function, SqlParserPos place) {
    if (!function.getSimple().equalsIgnoreCase("proctime")) {
      throw refusal("a column AS " + function.getSimple() + "()", place)
          .withHint("A column AS PROCTIME() says when a row was appended.");
    }
    return new SqlDataTypeSpec(
        new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP, MILLISECONDS, place), place);
  }

  /** A text as a constant of the type that its name says. */
  public static SqlNode constant(String type, String text, SqlParserPos place) {
    return SqlStdOperatorTable.CAST.createCall(
        place,
        SqlLiteral.createCharString(text, place),
        new SqlDataTypeSpec(new SqlUserDefinedTypeNameSpec(type, place), place));
  }

  /** {@code SELECT items FROM from WHERE where}, and nothing else of a SELECT. */
  public static SqlSelect select(
      SqlNodeList items, SqlNode from, @Nullable SqlNode where, SqlParserPos place) {
    return new SqlSelect(
        place, null, items, from, where, null, null, null, null, null, null, null, null);
  }
}
