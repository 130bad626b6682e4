package io.caisson.tests.slt;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Methods that files of statements make functions of. */
public final class SampleFunctions {
  private SampleFunctions() {}

  /** A text for addresses. */
  public static String slug(String text) {
    return text.strip().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** A text as often as is said. */
  public static String slug(String text, int times) {
    return slug(text).repeat(times);
  }

  /** The first day of the next month. */
  public static LocalDate nextMonth(LocalDate day) {
    return day.plusMonths(1).withDayOfMonth(1);
  }

  /** An hour later. */
  public static LocalDateTime later(LocalDateTime time) {
    return time.plusHours(1);
  }

  /** An hour later. */
  public static OffsetDateTime later(OffsetDateTime time) {
    return time.plusHours(1);
  }

  /** Half of a small number. */
  public static short half(short number) {
    return (short) (number / 2);
  }

  /** Half of a number. */
  public static float half(float number) {
    return number / 2;
  }

  /** Whether a number is even. */
  public static boolean even(long number) {
    return number % 2 == 0;
  }

  /** The bytes in the other order. */
  public static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  /** Nothing for the empty text. */
  public static @Nullable String unlessEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  /** No day at all. */
  @SuppressWarnings("NullAway") // what happens then is tested
  public static LocalDate never(String text) {
    return null;
  }

  /** What can't be called, as it says that it may fail. */
  public static String checked(String text) throws IOException {
    return text;
  }
}
