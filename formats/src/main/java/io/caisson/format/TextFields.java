package io.caisson.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of one line of PostgreSQL's text form: delimiters and line ends within a field are
 * written with a backslash before them. For one thread.
 */
public final class TextFields extends Fields {
  private static final int OCTAL = 8;
  private static final int HEX = 16;
  private static final int OCTAL_DIGITS = 3;
  private static final int HEX_DIGITS = 2;

  private final byte delimiter;
  private final byte[] nullText;

  /** Fields between delimiters of one byte, where a text stands for NULL. */
  public TextFields(char delimiter, String nullText) {
    this.delimiter = (byte) delimiter;
    this.nullText = nullText.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void read(LineReader line) throws BadRow, IOException {
    clear();
    while (continues(line)) {
      if (!line.extendLine()) {
        break;
      }
    }
    byte[] bytes = line.bytes();
    reserve(line.end() - line.start());
    int start = line.start();
    int i = start;
    while (i < line.end()) {
      byte unit = bytes[i++];
      if (unit == delimiter) {
        end(bytes, start, i - 1);
        start = i;
      } else if (unit == '\\' && i < line.end()) {
        i = escaped(bytes, i, line.end());
      } else {
        add(unit);
      }
    }
    end(bytes, start, line.end());
    checkUtf8(line);
  }

  // A backslash at its end makes the line end part of a field.
  private static boolean continues(LineReader line) {
    int count = 0;
    while (line.end() - count > line.start() && line.bytes()[line.end() - count - 1] == '\\') {
      count++;
    }
    return count % 2 == 1;
  }

  // NULL is told by how the field is written, not by what that stands for.
  private void end(byte[] bytes, int start, int end) {
    endField(Arrays.equals(bytes, start, end, nullText, 0, nullText.length));
  }

  private int escaped(byte[] bytes, int at, int end) {
    byte unit = bytes[at];
    switch (unit) {
      case 'b' -> add('\b');
      case 'f' -> add('\f');
      case 'n' -> add('\n');
      case 'r' -> add('\r');
      case 't' -> add('\t');
      case 'v' -> add(0x0b);
      case 'x' -> {
        return number(bytes, at + 1, Math.min(end, at + 1 + HEX_DIGITS), HEX, unit);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        return number(bytes, at, Math.min(end, at + OCTAL_DIGITS), OCTAL, unit);
      }
      default -> add(unit);
    }
    return at + 1;
  }

  private int number(byte[] bytes, int from, int end, int radix, byte otherwise) {
    int value = 0;
    int i = from;
    while (i < end && Character.digit(bytes[i], radix) >= 0) {
      value = value * radix + Character.digit(bytes[i++], radix);
    }
    add(i == from ? otherwise : value);
    return i;
  }
}
