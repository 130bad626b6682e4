package io.caisson.cli.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a {@code COPY … FROM STDIN} that follow it where it stands: lines up to one that is
 * {@code \.}, or to the end. For one thread and one statement.
 */
final class InlineRows extends InputStream {
  private static final String END = "\\.";

  /** Where lines come from. */
  interface Lines {
    /** The next line without its end, or null where there is none. */
    @Nullable String next() throws IOException;
  }

  private final Lines lines;
  private byte[] line = new byte[0];
  private int next;
  private boolean ended;
  private int count;

  InlineRows(Lines lines) {
    this.lines = lines;
  }

  /** How many lines were taken, the last one included. */
  int count() {
    return count;
  }

  private void fill() throws IOException {
    String text = lines.next();
    count += text == null ? 0 : 1;
    ended = text == null || text.equals(END);
    if (!ended) {
      line = (text + "\n").getBytes(StandardCharsets.UTF_8);
      next = 0;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (next == line.length && !ended) {
      fill();
    }
    if (next == line.length) {
      return -1;
    }
    int size = Math.min(length, line.length - next);
    System.arraycopy(line, next, target, offset, size);
    next += size;
    return size;
  }

  @Override
  public int available() {
    return line.length - next;
  }
}
