package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads dates and times of ISO 8601, as SQL and JSON write them, from left to right. A zone behind
 * the time is read and passed over, as PostgreSQL does where a type has no zone. For one thread.
 */
final class TimeReader {
  private static final int MOST_YEAR_DIGITS = 6;
  private static final int MOST_FRACTION_DIGITS = 18;

  /** Digits of a date without signs between them: {@code 20260131}. */
  private static final int COMPACT_DIGITS = 8;

  private final String text;
  private final String original;
  private final String type;
  private int at;

  /**
   * A reader at the begin of a text.
   *
   * @param text what to read
   * @param original the text as the user gave it, for errors
   * @param type the type's name, for errors
   */
  TimeReader(String text, String original, String type) {
    this.text = text;
    this.original = original;
    this.type = type;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** Reads what stands between a date and a time. */
  void separator() {
    if (peek() == 'T' || peek() == 't') {
      at++;
      return;
    }
    if (peek() != ' ') {
      throw invalid();
    }
    while (peek() == ' ') {
      at++;
    }
  }

  /** Reads a date and gives its day since 1970. */
  long date() {
    if (text.length() - at >= COMPACT_DIGITS
        && text.chars().skip(at).limit(COMPACT_DIGITS).allMatch(c -> isDigit((char) c))) {
      return day(number(4, 4), number(2, 2), number(2, 2));
    }
    boolean negative = peek() == '-';
    if (negative || peek() == '+') {
      at++;
    }
    int begin = at;
    int year = number(4, MOST_YEAR_DIGITS);
    if (at - begin > 4 && peek() != '-') {
      throw invalid();
    }
    expect('-');
    int month = number(1, 2);
    expect('-');
    int day = number(1, 2);
    return day(negative ? -year : year, month, day);
  }

  private long day(int year, int month, int day) {
    try {
      return LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException e) {
      throw outOfRange();
    }
  }

  /** Reads a time of day and a zone, if there is one, to the end; gives microseconds. */
  long timeAndZone() {
    int hour = number(1, 2);
    expect(':');
    int minute = number(2, 2);
    int second = 0;
    long micros = 0;
    if (peek() == ':') {
      at++;
      second = number(2, 2);
      if (peek() == '.') {
        at++;
        micros = fraction();
      }
    }
    if (hour > 23 || minute > 59 || second > 59) {
      throw outOfRange();
    }
    zone();
    if (!atEnd()) {
      throw invalid();
    }
    return ((hour * 60L + minute) * 60 + second) * TimeCasts.MICROS_PER_SECOND + micros;
  }

  /** Digits of a second behind the point, rounded to microseconds, halves to the even one. */
  private long fraction() {
    int begin = at;
    long value = 0;
    while (isDigit(peek())) {
      if (at - begin == MOST_FRACTION_DIGITS) {
        throw invalid();
      }
      value = value * 10 + (text.charAt(at++) - '0');
    }
    int digits = at - begin;
    if (digits == 0) {
      return 0;
    }
    return Math.round(Math.rint(value / Math.pow(10, digits) * TimeCasts.MICROS_PER_SECOND));
  }

  private void zone() {
    int before = at;
    while (peek() == ' ') {
      at++;
    }
    char c = peek();
    if (c == 'Z' || c == 'z') {
      at++;
    } else if (c == '+' || c == '-') {
      at++;
      number(2, 2);
      if (peek() == ':') {
        at++;
      }
      if (!atEnd()) {
        number(2, 2);
      }
    } else {
      at = before;
    }
  }

  private int number(int fewest, int most) {
    int begin = at;
    int value = 0;
    while (at - begin < most && isDigit(peek())) {
      value = value * 10 + (text.charAt(at++) - '0');
    }
    if (at - begin < fewest) {
      throw invalid();
    }
    return value;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw invalid();
    }
    at++;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private CaissonException invalid() {
    return new CaissonException(
            SqlState.INVALID_DATETIME,
            "invalid input syntax for type " + type + ": \"" + original + "\"")
        .withHint(
            switch (type) {
              case "date" -> "Write it like 2026-01-31.";
              case "time" -> "Write it like 23:59:59.25.";
              default -> "Write it like 2026-01-31 23:59:59.25.";
            });
  }

  private CaissonException outOfRange() {
    return new CaissonException(
        SqlState.DATETIME_OVERFLOW, "date/time field value out of range: \"" + original + "\"");
  }
}
