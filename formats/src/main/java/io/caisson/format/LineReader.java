package io.caisson.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Reads lines as slices of one byte array, without copying them, and knows each line's number and
 * the offset behind it. Accepts LF and CR LF, a byte order mark, and a last line without an end. A
 * line over {@link #LONGEST_LINE} is skipped but for its beginning. For one thread.
 *
 * <pre>
 *   buffer  [ ..tail.. | current line \n | further lines ..          ]
 *                      start          end  next             limit
 *   offset of buffer[i] in the source: base + i
 * </pre>
 */
public final class LineReader implements Closeable {
  /** The most bytes of a line. */
  public static final int LONGEST_LINE = 64 << 20;

  private static final int FIRST_BUFFER = 1 << 20;
  private static final int KEPT_OF_TOO_LONG = 1_000;
  private static final int TAIL = 64;
  private static final int NO_MARK = -1;

  private final InputStream in;
  private final Runnable beforeWaiting;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private long base;
  private int start;
  private int end;
  private int next;
  private int limit;
  private int filledFrom;
  private int contiguousFrom;
  private int mark = NO_MARK;
  private long markedNumber;
  private long number;
  private int firstLength;
  private int firstNext;
  private boolean tooLong;

  /**
   * A reader over a source.
   *
   * @param in the source, positioned at the offset
   * @param offset bytes before the first to read
   * @param lines lines before the first to read
   * @param beforeWaiting called when the source has nothing ready
   */
  public LineReader(InputStream in, long offset, long lines, Runnable beforeWaiting)
      throws IOException {
    this.in = in;
    this.base = offset;
    this.number = lines;
    this.beforeWaiting = beforeWaiting;
    if (offset == 0) {
      skipByteOrderMark();
    }
  }

  private void skipByteOrderMark() throws IOException {
    while (limit < 3 && fill()) {
      // three bytes are needed to tell
    }
    if (limit >= 3
        && buffer[0] == (byte) 0xef
        && buffer[1] == (byte) 0xbb
        && buffer[2] == (byte) 0xbf) {
      start = 3;
      end = 3;
      next = 3;
    }
  }

  /** Goes to the next line; false at the end of the source. */
  public boolean nextLine() throws IOException {
    start = next;
    end = next;
    tooLong = false;
    if (!findEnd(start)) {
      return false;
    }
    firstLength = end - start;
    firstNext = next - start;
    return true;
  }

  /** Makes the current record longer by the next line; false when there is none. */
  public boolean extendLine() throws IOException {
    return !tooLong && findEnd(next);
  }

  /** Makes the current record its first line again. */
  public void shrinkToFirstLine() {
    for (int i = start + firstNext; i < next; i++) {
      if (buffer[i] == '\n') {
        number--;
      }
    }
    if (next > start + firstNext && buffer[next - 1] != '\n') {
      number--;
    }
    end = start + firstLength;
    next = start + firstNext;
  }

  private boolean findEnd(int from) throws IOException {
    int already = from - start;
    int at = indexOfNewline(from);
    while (at < 0) {
      if (!fill()) {
        if (limit == start + already) {
          return false;
        }
        endAt(limit, limit);
        return true;
      }
      at = indexOfNewline(filledFrom);
    }
    endAt(at, at + 1);
    return true;
  }

  private void endAt(int lineEnd, int nextLine) {
    end = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    next = nextLine;
    number++;
  }

  private int indexOfNewline(int from) {
    byte[] bytes = buffer;
    for (int i = from; i < limit; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean fill() throws IOException {
    if (limit == buffer.length) {
      makeRoom();
    }
    if (start == next && in.available() == 0) {
      beforeWaiting.run();
    }
    filledFrom = limit;
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read <= 0) {
      return false;
    }
    limit += read;
    return true;
  }

  private void makeRoom() {
    int keep = mark == NO_MARK ? Math.max(0, start - TAIL) : mark;
    if (keep > 0) {
      System.arraycopy(buffer, keep, buffer, 0, limit - keep);
      shift(keep);
    } else if (buffer.length < LONGEST_LINE) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    } else {
      tooLong = true;
      int kept = start + KEPT_OF_TOO_LONG;
      base += limit - kept;
      limit = kept;
      contiguousFrom = kept;
    }
  }

  private void shift(int by) {
    base += by;
    start -= by;
    end -= by;
    next -= by;
    limit -= by;
    contiguousFrom = Math.max(0, contiguousFrom - by);
    if (mark != NO_MARK) {
      mark -= by;
    }
  }

  /**
   * Passes over a line end right here, where the line before was loaded when it had none yet.
   *
   * @param ended whether that line has its end already
   */
  public void skipLineEnd(boolean ended) throws IOException {
    if (ended) {
      return;
    }
    while (limit - next < 2 && fill()) {
      // CR LF takes two bytes to tell
    }
    if (next < limit && buffer[next] == '\n') {
      next++;
    } else if (next + 1 < limit && buffer[next] == '\r' && buffer[next + 1] == '\n') {
      next += 2;
    }
  }

  /** Remembers the place before the next line, to come back to it with {@link #reset()}. */
  public void mark() {
    mark = next;
    markedNumber = number;
  }

  /** Goes back to the marked place. */
  public void reset() {
    start = mark;
    end = mark;
    next = mark;
    number = markedNumber;
    mark = NO_MARK;
  }

  /** The array in which the current line lies, up to the next call. */
  public byte[] bytes() {
    return buffer;
  }

  /** Where the current line begins. */
  public int start() {
    return start;
  }

  /** Where it ends, without its line end. */
  public int end() {
    return end;
  }

  /** Whether it was too long and only its beginning is here. */
  public boolean isTooLong() {
    return tooLong;
  }

  /** Whether there is nothing in it but blanks. */
  public boolean isBlank() {
    for (int i = start; i < end; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** The line's number from 1; that of its last line for a record of several. */
  public long number() {
    return number;
  }

  /** The offset behind the line and its end. */
  public long offset() {
    return base + next;
  }

  /** A fingerprint of the bytes right before {@link #offset()}. */
  public Tail tail() {
    int length = Math.min(TAIL, next - contiguousFrom);
    return Tail.of(buffer, next - length, length);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /**
   * A fingerprint of a few bytes, by which a file is known again.
   *
   * @param length how many bytes
   * @param checksum their CRC-32
   */
  public record Tail(int length, long checksum) {
    /** The fingerprint of some bytes. */
    public static Tail of(byte[] bytes, int start, int length) {
      var crc = new CRC32();
      crc.update(bytes, start, length);
      return new Tail(length, crc.getValue());
    }
  }
}
