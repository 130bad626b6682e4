package io.caisson.format;

import java.io.IOException;

/**
 * The fields of one CSV record: quoted fields may hold delimiters, quotes and line ends. A record
 * of many lines is read once: with each further line reading goes on where the lines before ended.
 * For one thread.
 */
public final class CsvFields extends Fields {
  private static final int LONGEST_STRICT_RECORD = 1 << 16;

  private final CsvDialect dialect;
  private final byte[] nullText;
  private final int longest;
  // Where reading goes on, counted from the record's beginning.
  private int at;
  private boolean inQuotes;
  private boolean sawQuotes;

  /** Fields of RFC 4180. */
  public CsvFields() {
    this(CsvDialect.RFC_4180);
  }

  /** Fields of a dialect. */
  public CsvFields(CsvDialect dialect) {
    this.dialect = dialect;
    nullText = dialect.nullBytes();
    longest = dialect.strict() ? LONGEST_STRICT_RECORD : LineReader.LONGEST_LINE;
  }

  @Override
  public void read(LineReader line) throws BadRow, IOException {
    clear();
    at = 0;
    inQuotes = false;
    sawQuotes = false;
    try {
      while (!split(line.bytes(), line.start(), line.end() - line.start())) {
        if (line.end() - line.start() > longest || !line.extendLine()) {
          throw new BadRow("a quote is not closed");
        }
      }
    } catch (BadRow e) {
      // A stray quote must not take the good lines behind it along.
      line.shrinkToFirstLine();
      throw e;
    }
    checkUtf8(line);
  }

  // False when a quote is still open at the end.
  private boolean split(byte[] bytes, int start, int length) throws BadRow {
    reserve(length - at);
    int i = at;
    while (i < length) {
      byte unit = bytes[start + i++];
      if (inQuotes) {
        i = quoted(bytes, start, length, i, unit);
      } else if (unit == dialect.delimiter()) {
        end();
      } else if (unit == dialect.quote() && opens()) {
        inQuotes = true;
        sawQuotes = true;
      } else {
        if (dialect.strict() && sawQuotes) {
          throw new BadRow("text follows the closing quote of field " + (count() + 1));
        }
        add(unit);
      }
    }
    at = length;
    if (inQuotes) {
      return false;
    }
    end();
    return true;
  }

  private boolean opens() {
    return !dialect.strict() || (!sawQuotes && holds(new byte[0]));
  }

  // Reads on within quotes, behind a character; answers where to go on.
  private int quoted(byte[] bytes, int start, int length, int next, byte unit) {
    if (unit == dialect.escape() && next < length) {
      byte second = bytes[start + next];
      if (second == dialect.quote() || second == dialect.escape()) {
        add(second);
        return next + 1;
      }
    }
    if (unit == dialect.quote()) {
      inQuotes = false;
    } else {
      add(unit);
    }
    return next;
  }

  private void end() {
    endField(!sawQuotes && holds(nullText));
    sawQuotes = false;
  }
}
