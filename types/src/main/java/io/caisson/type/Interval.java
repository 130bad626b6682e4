package io.caisson.type;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A length of time as SQL has it: months, days and microseconds apart, because months and days are
 * not all of one length. Intervals are compared, and equal, as if a month had 30 days and a day 24
 * hours. Immutable.
 *
 * <pre>
 *   physical:  total (12 bytes, sign bit flipped) | months (4) | days (4) | microseconds (8)
 *              as compared                          as it is
 * </pre>
 *
 * @param months whole months, years among them
 * @param days whole days
 * @param micros microseconds, hours among them
 */
public record Interval(int months, int days, long micros) implements Comparable<Interval> {
  /** No time at all. */
  public static final Interval ZERO = new Interval(0, 0, 0);

  /** How many bytes of the physical form decide how intervals compare. */
  public static final int KEY_BYTES = 12;

  /** How many bytes behind the key say how an interval is written. */
  static final int FORM_BYTES = 4 + 4 + 8;

  private static final int BYTES = KEY_BYTES + FORM_BYTES;
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long DAYS_PER_MONTH = 30;
  private static final int MONTHS_PER_YEAR = 12;
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** The physical form of an interval. */
  public static byte[] encode(Interval value) {
    byte[] bytes = new byte[BYTES];
    BigInteger total = value.total();
    for (int i = 0; i < KEY_BYTES; i++) {
      bytes[i] = total.shiftRight(8 * (KEY_BYTES - 1 - i)).byteValue();
    }
    bytes[0] ^= (byte) 0x80;
    put(bytes, KEY_BYTES, value.months, 4);
    put(bytes, KEY_BYTES + 4, value.days, 4);
    put(bytes, KEY_BYTES + 8, value.micros, 8);
    return bytes;
  }

  /** The interval of a physical form; where the form has only its key, one of days and less. */
  public static Interval decode(byte[] bytes, int start, int length) {
    if (length >= BYTES) {
      return new Interval(
          (int) take(bytes, start + KEY_BYTES, 4),
          (int) take(bytes, start + KEY_BYTES + 4, 4),
          take(bytes, start + KEY_BYTES + 8, 8));
    }
    byte[] total = new byte[KEY_BYTES];
    System.arraycopy(bytes, start, total, 0, KEY_BYTES);
    total[0] ^= (byte) 0x80;
    return ofTotal(new BigInteger(total));
  }

  private static void put(byte[] bytes, int start, long value, int count) {
    for (int i = 0; i < count; i++) {
      bytes[start + i] = (byte) (value >> (8 * (count - 1 - i)));
    }
  }

  private static long take(byte[] bytes, int start, int count) {
    long value = bytes[start];
    for (int i = 1; i < count; i++) {
      value = (value << 8) | (bytes[start + i] & 0xFF);
    }
    return value;
  }

  /** The interval's length in microseconds, a month having 30 days. */
  public BigInteger total() {
    return BigInteger.valueOf(months * DAYS_PER_MONTH + days)
        .multiply(BigInteger.valueOf(MICROS_PER_DAY))
        .add(BigInteger.valueOf(micros));
  }

  /** The one interval that stands for all that equal this one. */
  public Interval key() {
    return ofTotal(total());
  }

  private static Interval ofTotal(BigInteger total) {
    BigInteger[] parts = total.divideAndRemainder(BigInteger.valueOf(MICROS_PER_DAY));
    long days = parts[0].longValue();
    if (days == (int) days) {
      return new Interval(0, (int) days, parts[1].longValue());
    }
    // What no part alone can hold is spread over all of them.
    int months = clamped(days / DAYS_PER_MONTH);
    long rest = days - months * DAYS_PER_MONTH;
    int restDays = clamped(rest);
    return new Interval(
        months, restDays, (rest - restDays) * MICROS_PER_DAY + parts[1].longValue());
  }

  private static int clamped(long number) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
  }

  @Override
  public int compareTo(Interval other) {
    return total().compareTo(other.total());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Interval interval && total().equals(interval.total());
  }

  @Override
  public int hashCode() {
    return total().hashCode();
  }

  /** As PostgreSQL writes it: {@code 1 year 2 mons 3 days 04:05:06.789}. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    append(text, months / MONTHS_PER_YEAR, "year");
    append(text, months % MONTHS_PER_YEAR, "mon");
    append(text, days, "day");
    if (micros != 0 || text.length() == 0) {
      boolean behindNegative = (days != 0 ? days : months) < 0;
      text.append(text.length() == 0 ? "" : " ");
      text.append(micros < 0 ? "-" : behindNegative ? "+" : "");
      appendClock(text);
    }
    return text.toString();
  }

  private void append(StringBuilder text, int number, String unit) {
    if (number == 0) {
      return;
    }
    boolean behindNegative = text.length() > 0 && months < 0 && number > 0;
    text.append(text.length() == 0 ? "" : " ").append(behindNegative ? "+" : "");
    text.append(number).append(' ').append(unit).append(number == 1 ? "" : "s");
  }

  private void appendClock(StringBuilder text) {
    long size = Math.abs(micros);
    long seconds = size / MICROS_PER_SECOND;
    two(text, seconds / 3600).append(':');
    two(text, seconds / 60 % 60).append(':');
    two(text, seconds % 60);
    long fraction = size % MICROS_PER_SECOND;
    if (fraction != 0) {
      String digits = Long.toString(MICROS_PER_SECOND + fraction).substring(1);
      text.append('.').append(digits.replaceFirst("0+$", ""));
    }
  }

  private static StringBuilder two(StringBuilder text, long number) {
    return text.append(number < 10 ? "0" : "").append(number);
  }
}
