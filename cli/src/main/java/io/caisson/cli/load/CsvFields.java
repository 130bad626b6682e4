package io.caisson.cli.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of one CSV record by RFC 4180: quoted fields may hold commas, doubled quotes and line
 * ends. Fields are slices of an array, valid up to the next record. For one thread.
 */
final class CsvFields {
  private static final int LONGEST_RECORD_OF_LINES = 1 << 16;

  private byte[] text = new byte[4096];
  private int[] ends = new int[16];
  private boolean[] quoted = new boolean[16];
  private int count;

  /** Reads the record at the reader's line and the lines it spans. */
  void read(LineReader line) throws BadRow, IOException {
    try {
      while (!split(line.bytes(), line.start(), line.end())) {
        if (line.end() - line.start() > LONGEST_RECORD_OF_LINES || !line.extendLine()) {
          throw new BadRow("a quote is not closed");
        }
      }
    } catch (BadRow e) {
      // A stray quote must not take the good lines behind it along.
      line.shrinkToFirstLine();
      throw e;
    }
    int invalid = Utf8.firstInvalid(line.bytes(), line.start(), line.end());
    if (invalid >= 0) {
      throw new BadRow("byte " + (invalid - line.start() + 1) + " is not UTF-8");
    }
  }

  // False when a quote is still open at the end.
  private boolean split(byte[] bytes, int start, int end) throws BadRow {
    count = 0;
    int out = 0;
    if (text.length < end - start) {
      text = new byte[Math.max(end - start, text.length * 2)];
    }
    int i = start;
    while (true) {
      boolean quotes = i < end && bytes[i] == '"';
      if (quotes) {
        i++;
        while (true) {
          if (i >= end) {
            return false;
          }
          byte unit = bytes[i++];
          if (unit != '"') {
            text[out++] = unit;
          } else if (i < end && bytes[i] == '"') {
            text[out++] = '"';
            i++;
          } else {
            break;
          }
        }
        if (i < end && bytes[i] != ',') {
          throw new BadRow("text follows the closing quote of field " + (count + 1));
        }
      } else {
        while (i < end && bytes[i] != ',') {
          text[out++] = bytes[i++];
        }
      }
      endField(out, quotes);
      if (i >= end) {
        return true;
      }
      i++;
    }
  }

  private void endField(int end, boolean quotes) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
      quoted = Arrays.copyOf(quoted, count * 2);
    }
    ends[count] = end;
    quoted[count++] = quotes;
  }

  int count() {
    return count;
  }

  byte[] bytes() {
    return text;
  }

  int start(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }

  int end(int field) {
    return ends[field];
  }

  /** Whether the field is empty without quotes, which stands for NULL. */
  boolean isNull(int field) {
    return !quoted[field] && start(field) == end(field);
  }

  /** All fields as text. */
  List<String> texts() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      texts.add(new String(text, start(i), end(i) - start(i), StandardCharsets.UTF_8));
    }
    return texts;
  }
}
