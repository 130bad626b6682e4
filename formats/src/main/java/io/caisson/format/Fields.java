package io.caisson.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of one record of separated values. Fields are slices of an array, valid up to the next
 * record. For one thread.
 */
public abstract class Fields {
  private byte[] text = new byte[4096];
  private int[] ends = new int[16];
  private boolean[] nulls = new boolean[16];
  private int count;
  private int length;

  Fields() {}

  /**
   * Reads the record at the reader's line and the lines it spans.
   *
   * @throws BadRow when there is no record
   */
  public abstract void read(LineReader line) throws BadRow, IOException;

  final void clear() {
    count = 0;
    length = 0;
  }

  /** Makes room for so many bytes of text behind what there is. */
  final void reserve(int bytes) {
    if (text.length - length < bytes) {
      text = Arrays.copyOf(text, Math.max(Math.addExact(length, bytes), text.length * 2));
    }
  }

  final void add(int unit) {
    text[length++] = (byte) unit;
  }

  final void endField(boolean isNull) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
      nulls = Arrays.copyOf(nulls, count * 2);
    }
    ends[count] = length;
    nulls[count++] = isNull;
  }

  /** Whether the text since the last field is a given one. */
  final boolean holds(byte[] wanted) {
    int from = count == 0 ? 0 : ends[count - 1];
    return Arrays.equals(text, from, length, wanted, 0, wanted.length);
  }

  static void checkUtf8(LineReader line) throws BadRow {
    int invalid = Utf8.firstInvalid(line.bytes(), line.start(), line.end());
    if (invalid >= 0) {
      throw new BadRow("byte " + (invalid - line.start() + 1) + " is not UTF-8");
    }
  }

  /** How many fields. */
  public final int count() {
    return count;
  }

  /** The array in which they lie, one after the other. */
  public final byte[] bytes() {
    return text;
  }

  /** Where a field begins. */
  public final int start(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }

  /** Where a field ends. */
  public final int end(int field) {
    return ends[field];
  }

  /** Whether a field stands for NULL. */
  public final boolean isNull(int field) {
    return nulls[field];
  }

  /** All fields as text. */
  public final List<String> texts() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      texts.add(new String(text, start(i), end(i) - start(i), StandardCharsets.UTF_8));
    }
    return texts;
  }
}
