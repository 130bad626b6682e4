package io.caisson.cli.sql;

import io.caisson.ResultColumn;
import io.caisson.Row;
import io.caisson.cli.command.Text;
import io.caisson.format.ValueText;
import io.caisson.type.TypeKind;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Aligned columns as psql prints them. The widths come from the first rows, which are held back
 * until there are enough or {@link #settle()} is called; so a result of any size takes bounded
 * memory.
 */
final class TablePrinter implements ResultPrinter {
  private static final int ROWS_HELD = 1_000;

  private final PrintStream out;
  private final List<String[]> held = new ArrayList<>();
  private List<ResultColumn> columns = List.of();
  private int[] widths = new int[0];
  private boolean settled;
  private long rows;

  TablePrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin(List<ResultColumn> resultColumns) {
    columns = resultColumns;
    widths = columns.stream().mapToInt(column -> Text.width(column.name())).toArray();
  }

  @Override
  public void row(Row row) {
    String[] cells = new String[widths.length];
    for (int i = 0; i < cells.length; i++) {
      Object value = row.get(i);
      cells[i] = value == null ? "" : Text.printable(ValueText.format(value));
      if (!settled) {
        widths[i] = Math.max(widths[i], Text.width(cells[i]));
      }
    }
    rows++;
    if (settled) {
      print(cells);
    } else {
      held.add(cells);
      if (held.size() >= ROWS_HELD) {
        layOut();
      }
    }
  }

  @Override
  public void settle() {
    // Rows that are yet to come get the room that values of their type take as a rule.
    for (int i = 0; rows == 0 && i < widths.length; i++) {
      widths[i] = Math.max(widths[i], usualWidth(columns.get(i).type().kind()));
    }
    layOut();
  }

  private static int usualWidth(TypeKind kind) {
    return switch (kind) {
      case TIMESTAMP, TIMESTAMPTZ -> 23;
      case UUID -> 36;
      case TEXT -> 20;
      case BOOLEAN -> 5;
      default -> 10;
    };
  }

  private void layOut() {
    if (settled) {
      return;
    }
    settled = true;
    printHeader();
    held.forEach(this::print);
    held.clear();
  }

  @Override
  public void end() {
    layOut();
    out.print(rows == 1 ? "(1 row)\n" : "(" + rows + " rows)\n");
  }

  private void printHeader() {
    var names = new StringBuilder();
    var rule = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String name = Text.printable(columns.get(i).name());
      int room = Math.max(0, widths[i] - Text.width(name));
      names.append(i == 0 ? " " : "| ").append(" ".repeat(room / 2)).append(name);
      names.append(" ".repeat(room - room / 2)).append(' ');
      rule.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + 2));
    }
    out.print(names.append('\n'));
    out.print(rule.append('\n'));
  }

  private void print(String[] cells) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      line.append(i == 0 ? " " : "| ");
      String pad = " ".repeat(Math.max(0, widths[i] - Text.width(cells[i])));
      if (isNumber(columns.get(i).type().kind())) {
        line.append(pad).append(cells[i]);
      } else {
        line.append(cells[i]).append(i == cells.length - 1 ? "" : pad);
      }
      line.append(i == cells.length - 1 ? "" : " ");
    }
    out.print(line.append('\n'));
  }

  private static boolean isNumber(TypeKind kind) {
    return switch (kind) {
      case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, NUMERIC -> true;
      default -> false;
    };
  }
}
