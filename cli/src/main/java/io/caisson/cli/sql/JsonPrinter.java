package io.caisson.cli.sql;

import io.caisson.ResultColumn;
import io.caisson.Row;
import io.caisson.format.JsonRowWriter;
import io.caisson.format.RowColumn;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. For one thread. */
final class JsonPrinter implements ResultPrinter {
  private final PrintStream out;
  private JsonRowWriter writer = new JsonRowWriter(List.of());

  JsonPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin(List<ResultColumn> columns) {
    writer =
        new JsonRowWriter(
            columns.stream().map(column -> new RowColumn(column.name(), column.type())).toList());
  }

  @Override
  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  public void row(Row row) {
    @Nullable Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    var line = new StringBuilder();
    writer.row(values, line);
    out.print(line);
  }

  @Override
  public void settle() {
    // nothing is held back
  }

  @Override
  public void end() {
    // the lines are all there is
  }
}
