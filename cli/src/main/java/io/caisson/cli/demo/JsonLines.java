package io.caisson.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * A buffer that lines of JSON are put into byte by byte, for a million lines a second. For one
 * thread.
 */
final class JsonLines {
  private static final int SIZE = 1 << 16;
  private static final int MOST_A_LINE = 512;
  private static final long MICROS_PER_MILLI = 1_000L;
  private static final long MILLIS_PER_DAY = 86_400_000L;

  private final OutputStream out;
  private final byte[] buffer = new byte[SIZE];
  private int position;
  private long day = Long.MIN_VALUE;
  private byte[] dayText = new byte[0];

  JsonLines(OutputStream out) {
    this.out = out;
  }

  /** To be called between lines: makes room for the next. */
  void makeRoom() throws IOException {
    if (SIZE - position < MOST_A_LINE) {
      flush();
    }
  }

  void flush() throws IOException {
    out.write(buffer, 0, position);
    position = 0;
  }

  JsonLines ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      buffer[position++] = (byte) text.charAt(i);
    }
    return this;
  }

  JsonLines bytes(byte[] text) {
    System.arraycopy(text, 0, buffer, position, text.length);
    position += text.length;
    return this;
  }

  JsonLines number(long value) {
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    padded(value, digits);
    return this;
  }

  private void padded(long value, int digits) {
    long rest = value;
    for (int i = position + digits - 1; i >= position; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    position += digits;
  }

  /** A timestamp to the millisecond: {@code 2026-01-05T09:00:00.250}. */
  JsonLines timestamp(long micros) {
    long millis = Math.floorDiv(micros, MICROS_PER_MILLI);
    long days = Math.floorDiv(millis, MILLIS_PER_DAY);
    if (days != day) {
      day = days;
      dayText = LocalDate.ofEpochDay(days).toString().getBytes(StandardCharsets.US_ASCII);
    }
    bytes(dayText);
    int ofDay = (int) Math.floorMod(millis, MILLIS_PER_DAY);
    buffer[position++] = 'T';
    padded(ofDay / 3_600_000, 2);
    buffer[position++] = ':';
    padded(ofDay / 60_000 % 60, 2);
    buffer[position++] = ':';
    padded(ofDay / 1_000 % 60, 2);
    buffer[position++] = '.';
    padded(ofDay % 1_000, 3);
    return this;
  }
}
