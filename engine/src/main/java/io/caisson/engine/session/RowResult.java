package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.Row;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are produced while they are read. Closing it releases what they are read from, once.
 */
final class RowResult implements Result {
  private final String command;
  private final List<ResultColumn> columns;
  private final Iterator<@Nullable Object[]> values;
  private final Runnable release;
  private boolean released;

  RowResult(
      String command,
      List<ResultColumn> columns,
      Iterator<@Nullable Object[]> values,
      Runnable release) {
    this.command = command;
    this.columns = List.copyOf(columns);
    this.values = values;
    this.release = release;
  }

  /** Rows that are already in memory. */
  static RowResult of(String command, List<ResultColumn> columns, List<@Nullable Object[]> rows) {
    return new RowResult(command, columns, rows.iterator(), () -> {});
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public String command() {
    return command;
  }

  @Override
  public Iterator<Row> iterator() {
    List<String> names = columns.stream().map(ResultColumn::name).toList();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        boolean more = !released && values.hasNext();
        if (!more) {
          close();
        }
        return more;
      }

      @Override
      @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
      public Row next() {
        return new Row(names, values.next());
      }
    };
  }

  @Override
  public List<Row> toList() {
    try (this) {
      var rows = new ArrayList<Row>();
      iterator().forEachRemaining(rows::add);
      return rows;
    }
  }

  @Override
  public void close() {
    if (!released) {
      released = true;
      release.run();
    }
  }
}
