package io.caisson.sql.error;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The table of what Calcite's validator says and what we say instead. Calcite has no stable error
 * codes for these, so its messages are matched; one that no row matches passes as it is, tidied.
 */
final class ValidationErrors {
  private static final List<Row> ROWS =
      List.of(
          row(
              "Object '(.*?)' not found.*",
              SqlState.UNDEFINED_OBJECT,
              "relation \"%1\" does not exist"),
          row(
              "Table '(.*?)' not found.*",
              SqlState.UNDEFINED_OBJECT,
              "missing FROM-clause entry for table \"%1\""),
          row(
              "Column '(.*?)' not found in any table(?:; did you mean '(.*?)'\\?)?",
              SqlState.UNDEFINED_COLUMN,
              "column \"%1\" does not exist",
              "Did you mean \"%2\"?"),
          row(
              "Column '(.*?)' not found in table '(.*?)'(?:; did you mean '(.*?)'\\?)?",
              SqlState.UNDEFINED_COLUMN,
              "column %2.%1 does not exist",
              "Did you mean \"%3\"?"),
          row(
              "Unknown target column '(.*?)'",
              SqlState.UNDEFINED_COLUMN,
              "column \"%1\" does not exist in the target"),
          row(
              "Unknown identifier '(.*?)'",
              SqlState.UNDEFINED_COLUMN,
              "column \"%1\" does not exist"),
          row("Unknown field '(.*?)'", SqlState.UNDEFINED_COLUMN, "column \"%1\" does not exist"),
          row(
              "Column '(.*?)' is ambiguous",
              SqlState.AMBIGUOUS_COLUMN,
              "column reference \"%1\" is ambiguous"),
          row(
              "Expression '(.*?)' is not being grouped",
              SqlState.GROUPING_ERROR,
              "\"%1\" must appear in the GROUP BY clause or be used in an aggregate function"),
          row(
              "Windowed aggregate expression is illegal in (.*?) clause.*",
              SqlState.WINDOWING_ERROR,
              "window functions are not allowed in %1"),
          row(
              "Window expressions are not permitted in the HAVING clause.*",
              SqlState.WINDOWING_ERROR,
              "window functions are not allowed in HAVING"),
          row(
              "OVER clause is necessary for window functions",
              SqlState.WRONG_OBJECT_TYPE,
              "a window function requires an OVER clause"),
          row(
              "OVER must be applied to aggregate function",
              SqlState.WRONG_OBJECT_TYPE,
              "OVER specified, but this is not a window function nor an aggregate function"),
          row(
              "FILTER must be applied to aggregate function",
              SqlState.WRONG_OBJECT_TYPE,
              "FILTER specified, but this is not an aggregate function"),
          row(
              "DISTINCT/ALL not allowed with (.*?) function",
              SqlState.WRONG_OBJECT_TYPE,
              "DISTINCT specified, but %1 is not an aggregate function"),
          row("Window '(.*?)' not found", SqlState.UNDEFINED_NAME, "window \"%1\" does not exist"),
          row(
              "Duplicate window names not allowed",
              SqlState.WINDOWING_ERROR,
              "the window is already defined"),
          row(
              "(?:ORDER BY not allowed in both base and referenced windows).*",
              SqlState.WINDOWING_ERROR,
              "cannot override ORDER BY clause of the window"),
          row(
              "PARTITION BY not allowed with existing window reference",
              SqlState.WINDOWING_ERROR,
              "cannot override PARTITION BY clause of the window"),
          row(
              "(?:ORDER BY|PARTITION BY) expression should not contain OVER clause",
              SqlState.WINDOWING_ERROR,
              "window functions are not allowed in window definitions"),
          row(
              "Upper frame boundary cannot be PRECEDING when lower boundary is CURRENT ROW",
              SqlState.WINDOWING_ERROR,
              "frame starting from current row cannot have preceding rows"),
          row(
              "UNBOUNDED FOLLOWING cannot be specified for the lower frame boundary",
              SqlState.WINDOWING_ERROR,
              "frame start cannot be UNBOUNDED FOLLOWING"),
          row(
              "UNBOUNDED PRECEDING cannot be specified for the upper frame boundary",
              SqlState.WINDOWING_ERROR,
              "frame end cannot be UNBOUNDED PRECEDING"),
          row(
              "(?:Upper frame boundary cannot be CURRENT ROW|.*frame boundary cannot be.*)",
              SqlState.WINDOWING_ERROR,
              "frame starting from following row cannot have preceding rows"),
          row(
              "ROWS value must be a non-negative integral constant",
              SqlState.INVALID_FRAME_OFFSET,
              "frame starting or ending offset must be a constant that is not negative"),
          row(
              "Data [Tt]ype of ORDER BY prohibits use of RANGE clause",
              SqlState.FEATURE_NOT_SUPPORTED,
              "RANGE with offset PRECEDING/FOLLOWING is not supported for this type"),
          row(
              "(?:RANGE clause cannot be used with compound ORDER BY clause"
                  + "|Window specification must contain an ORDER BY clause)",
              SqlState.WINDOWING_ERROR,
              "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column"),
          row(
              "GROUPING operator may only occur in an aggregate query"
                  + "|Argument to GROUPING operator must be a grouped expression",
              SqlState.GROUPING_ERROR,
              "arguments to GROUPING must be grouping expressions of the associated query level"),
          row(
              "FILTER must not contain aggregate expression",
              SqlState.GROUPING_ERROR,
              "aggregate functions are not allowed in FILTER"),
          row(
              "(FILTER|ON|QUALIFY) clause must be a condition",
              SqlState.DATATYPE_MISMATCH,
              "the argument of %1 must be a BOOLEAN"),
          row(
              "Expected a boolean type",
              SqlState.DATATYPE_MISMATCH,
              "the argument of CASE/WHEN must be a BOOLEAN"),
          row(
              "Ordinal out of range",
              SqlState.INVALID_COLUMN_REFERENCE,
              "there is no output at this position"),
          row(
              "Expression '(.*?)' is not in the select clause",
              SqlState.INVALID_COLUMN_REFERENCE,
              "for SELECT DISTINCT, ORDER BY expressions must appear in select list"),
          row(
              "List of column aliases must have same degree as table; table has (\\d+) columns"
                  + " .*?, whereas alias list has (\\d+) columns",
              SqlState.INVALID_COLUMN_REFERENCE,
              "table has %1 columns available but %2 columns specified"),
          row(
              "Duplicate name '(.*?)' in column alias list",
              SqlState.AMBIGUOUS_COLUMN,
              "column reference \"%1\" is ambiguous"),
          row(
              "Number of columns must match number of query columns",
              SqlState.INVALID_COLUMN_REFERENCE,
              "the query has not as many columns as are named"),
          row(
              "Aggregate expression is illegal in WHERE clause.*",
              SqlState.GROUPING_ERROR,
              "aggregate functions are not allowed in WHERE",
              "Use HAVING to filter groups."),
          row(
              "Aggregate expression is illegal in (.*?) clause.*",
              SqlState.GROUPING_ERROR,
              "aggregate functions are not allowed in %1"),
          row(
              "Aggregate expressions cannot be nested",
              SqlState.GROUPING_ERROR,
              "aggregate function calls cannot be nested"),
          row(
              "No match found for function signature (.*)",
              SqlState.UNDEFINED_FUNCTION,
              "function %1 does not exist"),
          row(
              "Invalid number of arguments to function '(.*?)'.*",
              SqlState.UNDEFINED_FUNCTION,
              "wrong number of arguments to function %1"),
          row(
              "Cannot apply '\\$SCALAR_QUERY' to arguments .*",
              SqlState.SYNTAX_ERROR,
              "subquery must return only one column"),
          row(
              "Values passed to IN operator must have compatible types",
              SqlState.DATATYPE_MISMATCH,
              "the values beside IN have types, or numbers of columns, that do not match"),
          row(
              "Values passed to VALUES operator must have compatible types",
              SqlState.DATATYPE_MISMATCH,
              "the rows of VALUES have types, or lengths, that do not match"),
          row(
              "Cannot apply '(AND|OR|NOT)' to arguments of type '(.*?)'\\..*",
              SqlState.DATATYPE_MISMATCH,
              "argument of %1 must be type boolean: %2"),
          row(
              "Cannot apply '(\\w+)' to arguments of type '(.*?)'\\..*",
              SqlState.UNDEFINED_FUNCTION,
              "function %2 does not exist",
              "Cast an argument with CAST(... AS type) or ...::type."),
          row(
              "(?:Cannot|Not allowed to) apply '(.*?)' to arguments of type '(.*?)'\\..*",
              SqlState.UNDEFINED_FUNCTION,
              "operator does not exist: %2",
              "Cast an argument with CAST(... AS type) or ...::type."),
          row(
              "(?:Type mismatch in column|Values passed to|Cast function cannot convert value of type).*",
              SqlState.DATATYPE_MISMATCH,
              "%0"),
          row(
              "WHERE clause must be a condition|HAVING clause must be a condition",
              SqlState.DATATYPE_MISMATCH,
              "the argument of WHERE or HAVING must be a BOOLEAN"),
          row(
              "Illegal (DATE|TIME|TIMESTAMP) literal '?(.*?)'?:.*",
              SqlState.INVALID_DATETIME,
              "invalid input syntax for type %1: \"%2\""),
          row(
              "Illegal (DATE|TIME|TIMESTAMP) literal (.*)",
              SqlState.INVALID_DATETIME,
              "invalid input syntax for type %1: \"%2\""),
          row(
              "(?:Illegal interval literal|Interval field value).*",
              SqlState.INVALID_DATETIME,
              "%0"),
          row(
              "Unknown datatype name '(.*?)'",
              SqlState.UNDEFINED_NAME,
              "type \"%1\" does not exist"),
          row(
              "Duplicate relation name '(.*?)' in FROM clause",
              SqlState.DUPLICATE_ALIAS,
              "table name \"%1\" specified more than once",
              "Give each a name of its own with AS."),
          row("Literal '(.*?)' can not be parsed.*", SqlState.INVALID_TEXT, "%0"),
          row("Numeric literal '(.*?)' out of range", SqlState.NUMERIC_OUT_OF_RANGE, "%0"),
          row("(?:Number of columns|Column count mismatch).*", SqlState.SYNTAX_ERROR, "%0"));

  private ValidationErrors() {}

  /** One line of the table. */
  private record Row(Pattern pattern, SqlState state, String message, @Nullable String hint) {}

  private static Row row(String pattern, SqlState state, String message) {
    return new Row(Pattern.compile(pattern, Pattern.DOTALL), state, message, null);
  }

  private static Row row(String pattern, SqlState state, String message, String hint) {
    return new Row(Pattern.compile(pattern, Pattern.DOTALL), state, message, hint);
  }

  static CaissonException translate(CalciteContextException context, SqlErrors errors) {
    Throwable cause = context.getCause();
    String text = String.valueOf(cause == null ? context.getMessage() : cause.getMessage());
    SqlParserPos place = place(context);
    for (Row row : ROWS) {
      Matcher matcher = row.pattern.matcher(text);
      if (matcher.matches()) {
        return row.state == SqlState.UNDEFINED_OBJECT && text.startsWith("Object")
            ? errors.noRelation(matcher.group(1), place)
            : translate(row, matcher, place, errors);
      }
    }
    return errors.at(SqlState.SYNTAX_ERROR, tidy(text), place);
  }

  private static CaissonException translate(
      Row row, Matcher matcher, @Nullable SqlParserPos place, SqlErrors errors) {
    CaissonException error = errors.at(row.state, fill(row.message, matcher, g -> g), place);
    boolean hinted = row.hint != null && !fill(row.hint, matcher, g -> "\0").contains("\1");
    return hinted ? error.withHint(fill(String.valueOf(row.hint), matcher, g -> g)) : error;
  }

  /** Puts the matched groups into a text; a group that took no part leaves \1. */
  private static String fill(String text, Matcher matcher, Function<String, String> form) {
    String filled = text.replace("%0", tidy(matcher.group()));
    for (int group = 1; group <= matcher.groupCount(); group++) {
      String value = matcher.group(group);
      filled = filled.replace("%" + group, value == null ? "\1" : form.apply(names(value)));
    }
    return filled;
  }

  /** Types in our words. */
  private static String names(String value) {
    return value
        .replaceAll("CHAR\\(\\d+\\)|VARCHAR\\(\\d+\\)|\\bVARCHAR\\b", "TEXT")
        .replaceAll("\\bDOUBLE\\b(?! PRECISION)", "DOUBLE PRECISION")
        .replace("<", "")
        .replace(">", "");
  }

  /** A message without trimmings that mean nothing to a user. */
  static String tidy(String text) {
    String first = text.lines().findFirst().orElse("").strip();
    String tidy = first.replaceAll("\\b(?:org|java|javax)\\.[\\w.$]+:?\\s*", "");
    return tidy.isEmpty()
        ? "invalid statement"
        : tidy.substring(0, 1).toLowerCase(Locale.ROOT) + tidy.substring(1);
  }

  private static @Nullable SqlParserPos place(CalciteContextException context) {
    return context.getPosLine() < 1
        ? null
        : new SqlParserPos(
            context.getPosLine(),
            context.getPosColumn(),
            context.getEndPosLine(),
            context.getEndPosColumn());
  }
}
