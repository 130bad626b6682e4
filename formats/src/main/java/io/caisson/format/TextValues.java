package io.caisson.format;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.DecimalForm;
import io.caisson.type.SqlType;
import io.caisson.type.UuidForm;
import io.caisson.type.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of every type from text; one way for CSV fields and for JSON strings. The lenient
 * way takes numbers for timestamps and moves a timestamp that names a zone to UTC; the other takes
 * what a cast of the text takes. For one thread.
 */
public final class TextValues {
  private static final int LONGEST_SHOWN = 40;
  private static final int HEX = 16;
  // Epoch numbers up to here are seconds (the year 5138), then milliseconds, then microseconds.
  private static final double MOST_SECONDS = 1e11;
  private static final double MOST_MILLIS = 1e14;
  private static final double MOST_MICROS = 1e17;
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long MICROS_PER_MILLI = 1_000L;

  private final TimeText times = new TimeText();
  private final @Nullable ZoneId zone;

  private TextValues(@Nullable ZoneId zone) {
    this.zone = zone;
  }

  /** Values as files from anywhere have them. */
  static TextValues lenient() {
    return new TextValues(null);
  }

  /** Values as casts read them; instants that name no time zone are of the given one. */
  static TextValues inZone(ZoneId zone) {
    return new TextValues(zone);
  }

  /** Sets a column from its text. */
  void set(ParsedRows row, int column, byte[] bytes, int start, int end) throws BadRow {
    SqlType type = row.type(column);
    if (zone != null && CastText.concerns(type.kind())) {
      CastText.set(row, column, text(bytes, start, end), zone);
      return;
    }
    switch (type.kind()) {
      case TEXT -> row.setText(column, bytes, start, end - start);
      case SMALLINT, INTEGER, BIGINT ->
          row.setLong(column, inRange(row, column, integer(row, column, bytes, start, end)));
      case REAL, DOUBLE -> row.setDouble(column, decimal(row, column, bytes, start, end));
      case BOOLEAN -> row.setLong(column, flag(row, column, bytes, start, end));
      case TIMESTAMP -> setTimestamp(row, column, bytes, start, end);
      case DATE -> setTime(row, column, times.day(bytes, start, end), bytes, start, end);
      case TIME -> setTime(row, column, times.time(bytes, start, end), bytes, start, end);
      case BYTEA -> setBytes(row, column, bytes, start, end);
      case NUMERIC -> setNumeric(row, column, text(bytes, start, end));
      case TIMESTAMPTZ -> setTimestamp(row, column, bytes, start, end);
      case UUID -> setUuid(row, column, bytes, start, end);
      case JSONB -> setJson(row, column, text(bytes, start, end));
      case INTERVAL -> CastText.set(row, column, text(bytes, start, end), ZoneOffset.UTC);
      case ARRAY -> ArrayValues.set(row, column, text(bytes, start, end), zoneOrUtc());
    }
  }

  /** Sets a column of arrays from an array of JSON. */
  void setJsonArray(ParsedRows row, int column, String text) throws BadRow {
    ArrayValues.setJson(row, column, text, zoneOrUtc());
  }

  private ZoneId zoneOrUtc() {
    return zone == null ? ZoneOffset.UTC : zone;
  }

  /** Sets a timestamp from seconds, milliseconds or microseconds since 1970, told by their size. */
  void setEpoch(ParsedRows row, int column, long number) throws BadRow {
    double size = Math.abs((double) number);
    if (size < MOST_SECONDS) {
      row.setLong(column, number * MICROS_PER_SECOND);
    } else if (size < MOST_MILLIS) {
      row.setLong(column, number * MICROS_PER_MILLI);
    } else if (size < MOST_MICROS) {
      row.setLong(column, rounded(row.type(column), number));
    } else {
      throw new BadRow(SqlState.DATETIME_OVERFLOW, number + " is too large for a TIMESTAMP");
    }
  }

  /** Sets a timestamp from seconds, or more, with a fraction. */
  void setEpoch(ParsedRows row, int column, double number) throws BadRow {
    double size = Math.abs(number);
    double micros =
        size < MOST_SECONDS
            ? number * MICROS_PER_SECOND
            : size < MOST_MILLIS ? number * MICROS_PER_MILLI : number;
    if (!(Math.abs(micros) < MOST_MICROS)) {
      throw new BadRow(SqlState.DATETIME_OVERFLOW, number + " is too large for a TIMESTAMP");
    }
    row.setLong(column, rounded(row.type(column), Math.round(micros)));
  }

  /** Checks that an integer fits its column's type. */
  static long inRange(ParsedRows row, int column, long value) throws BadRow {
    SqlType type = row.type(column);
    boolean fits =
        switch (type.kind()) {
          case SMALLINT -> value == (short) value;
          case INTEGER -> value == (int) value;
          default -> true;
        };
    if (!fits) {
      throw new BadRow(
          SqlState.NUMERIC_OUT_OF_RANGE, value + " is out of range for " + named(row, column));
    }
    return value;
  }

  private void setTimestamp(ParsedRows row, int column, byte[] bytes, int start, int end)
      throws BadRow {
    long micros = times.timestamp(bytes, start, end);
    if (micros != TimeText.INVALID) {
      row.setLong(column, rounded(row.type(column), micros));
    } else if (isNumber(bytes, start, end)) {
      setEpoch(row, column, Double.parseDouble(text(bytes, start, end)));
    } else {
      throw misfit(row, column, bytes, start, end);
    }
  }

  private static void setTime(
      ParsedRows row, int column, long value, byte[] bytes, int start, int end) throws BadRow {
    if (value == TimeText.INVALID) {
      throw misfit(row, column, bytes, start, end);
    }
    row.setLong(column, value);
  }

  // Rounded, not cut, to the column's fraction digits, as PostgreSQL does.
  private static long rounded(SqlType type, long micros) {
    long unit = 1;
    for (int digits = Math.max(type.precision(), 0); digits < 6; digits++) {
      unit *= 10;
    }
    return type.precision() < 0 ? micros : Math.floorDiv(micros + unit / 2, unit) * unit;
  }

  private static long integer(ParsedRows row, int column, byte[] bytes, int start, int end)
      throws BadRow {
    int at = start;
    boolean negative = at < end && bytes[at] == '-';
    if (negative || (at < end && bytes[at] == '+')) {
      at++;
    }
    if (at == end) {
      throw misfit(row, column, bytes, start, end);
    }
    long value = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw misfit(row, column, bytes, start, end);
      }
      long grown = value * 10 - digit;
      if (value < Long.MIN_VALUE / 10 || grown > 0) {
        throw new BadRow(
            SqlState.NUMERIC_OUT_OF_RANGE,
            text(bytes, start, end) + " is out of range for " + named(row, column));
      }
      value = grown;
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw new BadRow(
          SqlState.NUMERIC_OUT_OF_RANGE,
          text(bytes, start, end) + " is out of range for " + named(row, column));
    }
    return negative ? value : -value;
  }

  private static double decimal(ParsedRows row, int column, byte[] bytes, int start, int end)
      throws BadRow {
    String text = text(bytes, start, end);
    if (isNumber(bytes, start, end)) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw misfit(row, column, bytes, start, end);
      }
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity", "inf", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> throw misfit(row, column, bytes, start, end);
    };
  }

  /** Whether there is nothing here but what numbers are written with, beginning as they do. */
  public static boolean isNumber(byte[] bytes, int start, int end) {
    boolean digit = false;
    boolean point = false;
    for (int i = start; i < end; i++) {
      byte unit = bytes[i];
      if (unit >= '0' && unit <= '9') {
        digit = true;
      } else if (unit == '.' && !point) {
        point = true;
      } else if (unit == 'e' || unit == 'E') {
        return digit && isExponent(bytes, i + 1, end);
      } else if (i != start || (unit != '-' && unit != '+')) {
        return false;
      }
    }
    return digit;
  }

  private static boolean isExponent(byte[] bytes, int start, int end) {
    int at = start < end && (bytes[start] == '-' || bytes[start] == '+') ? start + 1 : start;
    for (int i = at; i < end; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return at < end;
  }

  private static long flag(ParsedRows row, int column, byte[] bytes, int start, int end)
      throws BadRow {
    return switch (text(bytes, start, end).toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> 1;
      case "false", "f", "no", "n", "off", "0" -> 0;
      default -> throw misfit(row, column, bytes, start, end);
    };
  }

  /** Sets a NUMERIC from its text, rounded to the column's digits as PostgreSQL does. */
  static void setNumeric(ParsedRows row, int column, String text) throws BadRow {
    SqlType type = row.type(column);
    try {
      BigDecimal value = new BigDecimal(text);
      if (type.precision() >= 0) {
        value = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (value.signum() != 0 && value.precision() > type.precision()) {
          throw new BadRow(
              SqlState.NUMERIC_OUT_OF_RANGE, text + " is out of range for " + named(row, column));
        }
      }
      byte[] bytes = DecimalForm.encode(value);
      row.setText(column, bytes, 0, bytes.length);
    } catch (NumberFormatException e) {
      throw misfit(row, column, "\"" + text + "\"");
    }
  }

  private static void setUuid(ParsedRows row, int column, byte[] bytes, int start, int end)
      throws BadRow {
    try {
      byte[] uuid = UuidForm.encode(text(bytes, start, end));
      if (uuid.length == UuidForm.BYTES) {
        row.setText(column, uuid, 0, uuid.length);
        return;
      }
    } catch (IllegalArgumentException e) {
      throw misfit(row, column, bytes, start, end);
    }
    throw misfit(row, column, bytes, start, end);
  }

  /** Sets a JSONB from its text. */
  static void setJson(ParsedRows row, int column, String text) throws BadRow {
    try {
      byte[] canonical = Json.parse(text).write().getBytes(StandardCharsets.UTF_8);
      row.setText(column, canonical, 0, canonical.length);
    } catch (CaissonException e) {
      throw new BadRow(
          SqlState.INVALID_TEXT,
          "no JSON for " + named(row, column) + (e.hint() == null ? "" : ": " + e.hint()));
    }
  }

  private static void setBytes(ParsedRows row, int column, byte[] bytes, int start, int end)
      throws BadRow {
    if (end - start < 2
        || bytes[start] != '\\'
        || bytes[start + 1] != 'x'
        || (end - start) % 2 != 0) {
      throw misfit(row, column, bytes, start, end);
    }
    int length = (end - start) / 2 - 1;
    int at = row.startText(column, length);
    for (int i = 0; i < length; i++) {
      int high = Character.digit(bytes[start + 2 + 2 * i], HEX);
      int low = Character.digit(bytes[start + 3 + 2 * i], HEX);
      if (high < 0 || low < 0) {
        throw misfit(row, column, bytes, start, end);
      }
      row.textBytes()[at + i] = (byte) (high * HEX + low);
    }
    row.endText(column, at + length);
  }

  /** The error for a value that its column can't take. */
  static BadRow misfit(ParsedRows row, int column, byte[] bytes, int start, int end) {
    return misfit(
        row, column, "\"" + text(bytes, start, Math.min(end, start + 4 * LONGEST_SHOWN)) + "\"");
  }

  /** The error for a value that its column can't take. */
  static BadRow misfit(ParsedRows row, int column, String value) {
    String shown =
        value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "...";
    return new BadRow(SqlState.INVALID_TEXT, shown + " is no value for " + named(row, column));
  }

  /** A column as messages name it. */
  static String named(ParsedRows row, int column) {
    return "column \"" + row.columns().get(column).name() + "\" of " + row.type(column).sql();
  }

  private static String text(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
