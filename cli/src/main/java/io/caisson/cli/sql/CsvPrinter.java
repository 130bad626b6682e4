package io.caisson.cli.sql;

import io.caisson.ResultColumn;
import io.caisson.Row;
import io.caisson.format.ValueText;
import java.io.PrintStream;
import java.util.List;

/**
 * Comma-separated values by RFC 4180, except that lines end as the system's tools expect: NULL is
 * empty, the empty text is quoted, so that they stay apart.
 */
final class CsvPrinter implements ResultPrinter {
  private final PrintStream out;

  CsvPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin(List<ResultColumn> columns) {
    var line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      append(line.append(i == 0 ? "" : ","), columns.get(i).name());
    }
    out.print(line.append('\n'));
  }

  @Override
  public void row(Row row) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      line.append(i == 0 ? "" : ",");
      if (value != null) {
        append(line, ValueText.format(value));
      }
    }
    out.print(line.append('\n'));
  }

  private static void append(StringBuilder line, String field) {
    if (!needsQuotes(field)) {
      line.append(field);
      return;
    }
    line.append('"').append(field.replace("\"", "\"\"")).append('"');
  }

  private static boolean needsQuotes(String field) {
    if (field.isEmpty()) {
      return true;
    }
    for (int i = 0; i < field.length(); i++) {
      char unit = field.charAt(i);
      if (unit == ',' || unit == '"' || unit == '\n' || unit == '\r') {
        return true;
      }
    }
    return field.charAt(0) == ' ' || field.charAt(field.length() - 1) == ' ';
  }

  @Override
  public void settle() {
    // nothing is held back
  }

  @Override
  public void end() {
    // CSV has no footer
  }
}
