package io.caisson.sql.error;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.time.DateTimeException;
import java.util.Locale;

/** What goes wrong while a query runs, in our words. Stateless. */
public final class RuntimeErrors {
  private RuntimeErrors() {}

  /**
   * The error for whatever a running query threw. Constants are computed while its code is loaded,
   * so that it may be an {@link ExceptionInInitializerError}.
   */
  public static CaissonException translate(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof CaissonException known) {
        return known;
      }
    }
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return translateRoot(root, String.valueOf(root.getMessage()));
  }

  private static CaissonException translateRoot(Throwable root, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("unable to implement") || root instanceof UnsupportedOperationException) {
      return new CaissonException(
          SqlState.FEATURE_NOT_SUPPORTED, "this query uses a feature that is not there yet", root);
    }
    if (root instanceof ArithmeticException) {
      return lower.contains("zero") || lower.contains("undefined")
          ? new CaissonException(SqlState.DIVISION_BY_ZERO, "division by zero", root)
          : new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "number out of range", root);
    }
    if (root instanceof NumberFormatException) {
      return lower.contains("out of range")
          ? new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "number out of range", root)
          : new CaissonException(SqlState.INVALID_TEXT, "invalid input syntax for a number", root)
              .withHint(tail(text));
    }
    if (root instanceof DateTimeException
        || lower.contains("date")
        || lower.contains("timestamp")) {
      return new CaissonException(
          SqlState.INVALID_DATETIME, "invalid input syntax for a date or time", root);
    }
    if (lower.contains("invalid escape")) {
      return new CaissonException(SqlState.INVALID_ESCAPE, "invalid escape string", root)
          .withHint("Escape string must be empty or one character.");
    }
    if (lower.contains("out of range") || lower.contains("overflow")) {
      return new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "number out of range", root);
    }
    if (lower.contains("invalid character for cast") || lower.contains("boolean")) {
      return new CaissonException(
          SqlState.INVALID_TEXT, "invalid input syntax for type boolean", root);
    }
    if (lower.contains("more than one value in") || lower.contains("more than one row")) {
      return new CaissonException(
          SqlState.CARDINALITY_VIOLATION,
          "more than one row returned by a subquery used as an expression",
          root);
    }
    return new CaissonException(
        SqlState.INTERNAL_ERROR, "the query failed: " + ValidationErrors.tidy(text), root);
  }

  private static String tail(String text) {
    int at = text.indexOf('"');
    return at < 0 ? "Check the text that is cast." : "The text was " + text.substring(at) + ".";
  }
}
