package io.caisson.function;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template of {@code format} being filled in, for one call.
 *
 * <pre>
 *   specifier  % [position $] [-] [width] type  |  %%
 *   width      digits  |  *  |  * position $
 *   type       s as it is  |  I as a name  |  L as a constant
 * </pre>
 */
final class FormatTemplate {
  private static final int WIDEST = 1_000_000;

  private final String template;
  private final List<? extends @Nullable Object> arguments;
  private final StringBuilder text = new StringBuilder();
  private int at;
  private int taken;

  FormatTemplate(String template, List<? extends @Nullable Object> arguments) {
    this.template = template;
    this.arguments = arguments;
  }

  String text() {
    while (at < template.length()) {
      char c = template.charAt(at++);
      if (c != '%') {
        text.append(c);
      } else if (next() == '%') {
        text.append('%');
        at++;
      } else {
        specifier();
      }
    }
    return text.toString();
  }

  private void specifier() {
    int position = position();
    boolean left = false;
    while (next() == '-') {
      left = true;
      at++;
    }
    int width = 0;
    if (next() == '*') {
      at++;
      int from = position();
      width = width(argument(from));
      left |= width < 0;
      width = Math.abs(width);
    } else if (Character.isDigit(next())) {
      width = number();
    }
    char type = next();
    if (type != 's' && type != 'I' && type != 'L') {
      throw new CaissonException(
              SqlState.INVALID_PARAMETER, "unrecognized format() type specifier \"" + type + "\"")
          .withHint("For a single \"%\" use \"%%\".");
    }
    at++;
    append(written(type, argument(position)), width, left);
  }

  /** The number in front of a {@code $}, or 0 where there is none. */
  private int position() {
    int begin = at;
    if (!Character.isDigit(next())) {
      return 0;
    }
    int number = number();
    if (at >= template.length() || template.charAt(at) != '$') {
      at = begin;
      return 0;
    }
    at++;
    if (number == 0) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER,
          "format specifies argument 0, but arguments are numbered from 1");
    }
    return number;
  }

  private int number() {
    int begin = at;
    while (at < template.length() && Character.isDigit(template.charAt(at))) {
      at++;
    }
    return bounded(template.substring(begin, at));
  }

  private static int width(@Nullable String argument) {
    return argument == null ? 0 : bounded(argument);
  }

  private static int bounded(String digits) {
    try {
      int number = Integer.parseInt(digits);
      if (Math.abs((long) number) <= WIDEST) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new CaissonException(
          SqlState.INVALID_TEXT, "invalid input syntax for type integer: \"" + digits + "\"", e);
    }
    throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "number is out of range");
  }

  private char next() {
    if (at >= template.length()) {
      throw new CaissonException(SqlState.INVALID_PARAMETER, "unterminated format() type specifier")
          .withHint("For a single \"%\" use \"%%\".");
    }
    return template.charAt(at);
  }

  /** The argument of a position, or the next one. */
  private @Nullable String argument(int position) {
    int index = position > 0 ? position : taken + 1;
    if (index > arguments.size()) {
      throw new CaissonException(SqlState.INVALID_PARAMETER, "too few arguments for format()");
    }
    taken = index;
    return (String) arguments.get(index - 1);
  }

  private static String written(char type, @Nullable String argument) {
    if (argument == null && type == 'I') {
      throw new CaissonException(
          SqlState.NULL_NOT_ALLOWED, "null values cannot be formatted as an SQL identifier");
    }
    if (type == 'L') {
      return QuotingFunctions.quoteNullable(argument);
    }
    return argument == null
        ? ""
        : type == 'I' ? QuotingFunctions.quoteIdentifier(argument) : argument;
  }

  private void append(String written, int width, boolean left) {
    String blanks = " ".repeat(Math.max(0, width - written.codePointCount(0, written.length())));
    text.append(left ? "" : blanks).append(written).append(left ? blanks : "");
  }
}
