package io.caisson.engine.session;

import io.caisson.ResultColumn;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.KeyedObject;
import io.caisson.column.Columns;
import io.caisson.sql.run.CloseableIterator;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.run.ScanSource;
import io.caisson.sql.write.RowsQuery;
import io.caisson.sql.write.WritePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a statement that changes rows: reads all that it needs, then writes, in one
 * transaction, so that it never reads what it wrote itself. For one thread.
 */
final class WriteStatements {
  private final WorkingTransaction working;
  private final ScanSource scan;

  WriteStatements(WorkingTransaction working, ScanSource scan) {
    this.working = working;
    this.scan = scan;
  }

  /**
   * What a statement did.
   *
   * @param tag what it answers as its command
   * @param count how many rows it changed
   * @param columns the columns that it returns; empty where it returns none
   * @param rows the rows that it returns
   */
  record Outcome(
      String tag, long count, List<ResultColumn> columns, List<@Nullable Object[]> rows) {}

  /**
   * Rows that were changed.
   *
   * @param scope what RETURNING sees of them
   * @param count how many
   */
  record Changed(Columns scope, int count) {}

  Outcome run(WritePlan plan) {
    if (plan instanceof WritePlan.Insert insert) {
      return outcome("INSERT 0 ", plan, insert(insert));
    }
    if (plan instanceof WritePlan.Update update) {
      return outcome("UPDATE ", plan, update(update));
    }
    if (plan instanceof WritePlan.Delete delete) {
      return outcome("DELETE ", plan, delete(delete));
    }
    if (plan instanceof WritePlan.Merge merge) {
      return outcome("MERGE ", plan, new MergeStatement(working, scan).run(merge));
    }
    ((WritePlan.Truncate) plan).objects().forEach(working::truncate);
    return new Outcome("TRUNCATE TABLE", 0, List.of(), List.of());
  }

  private Outcome outcome(String verb, WritePlan plan, Changed changed) {
    String tag = verb + changed.count();
    RowsQuery returning = plan.returning();
    if (returning == null) {
      return new Outcome(tag, changed.count(), List.of(), List.of());
    }
    List<ResultColumn> columns =
        returning.query().columns().stream()
            .map(column -> new ResultColumn(column.name(), column.type()))
            .toList();
    return new Outcome(tag, changed.count(), columns, values(returning, changed.scope(), scan));
  }

  /** What expressions give for rows. */
  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  static List<@Nullable Object[]> values(RowsQuery query, Columns rows, ScanSource others) {
    var values = new ArrayList<@Nullable Object[]>();
    try (CloseableIterator<@Nullable Object[]> iterator = query.run(rows, others)) {
      iterator.forEachRemaining(values::add);
    }
    return values;
  }

  /** The answer of a query as columns. */
  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  static Columns read(PreparedQuery query, List<ColumnDefinition> columns, ScanSource scan) {
    var buffer = new RowBuffer(columns);
    try (CloseableIterator<@Nullable Object[]> rows = query.run(scan)) {
      while (rows.hasNext()) {
        buffer.add(rows.next(), 0);
      }
    }
    return buffer.build();
  }

  private Changed insert(WritePlan.Insert insert) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (int position : insert.columns()) {
      columns.add(insert.target().columns().get(position));
    }
    return store(insert, read(insert.source(), columns, scan));
  }

  /** Writes rows of a source. */
  Changed store(WritePlan.Insert insert, Columns given) {
    Columns rows = working.complete(insert.target(), insert.columns(), given);
    if (insert.onConflict() != null) {
      var target = (KeyedObject) insert.target();
      return new ConflictingInsert(working, scan, target)
          .run(insert.onConflict(), working.identified(target, rows));
    }
    return new Changed(working.insert(insert.target(), rows), rows.size());
  }

  private Changed update(WritePlan.Update update) {
    KeyedObject table = update.target();
    int width = update.source().columns().size() - update.columns().length;
    Columns rows = once(table, read(update.source(), columnsOf(update, width), scan));
    Columns before = RowSets.part(rows, 0, table.columns().size());
    Columns values = RowSets.part(rows, width, width + update.columns().length);
    Columns after = RowSets.with(before, update.columns(), values);
    Columns stored = working.update(table, before, after);
    Columns others = RowSets.part(rows, table.columns().size(), width);
    return new Changed(RowSets.beside(stored, others), rows.size());
  }

  /** The columns of the source, the new values with the types of their columns. */
  private static List<ColumnDefinition> columnsOf(WritePlan.Update update, int width) {
    var columns = new ArrayList<>(update.source().columns().subList(0, width));
    for (int position : update.columns()) {
      columns.add(update.target().columns().get(position));
    }
    return columns;
  }

  private Changed delete(WritePlan.Delete delete) {
    KeyedObject table = delete.target();
    Columns rows = once(table, read(delete.source(), delete.source().columns(), scan));
    working.delete(table, RowSets.part(rows, 0, table.columns().size()));
    return new Changed(rows, rows.size());
  }

  /** A row that comes several times, as a join makes it, counts the first time. */
  private static Columns once(KeyedObject table, Columns rows) {
    Set<List<Object>> seen = new HashSet<>();
    var first = new ArrayList<Integer>();
    for (int row = 0; row < rows.size(); row++) {
      if (seen.add(RowSets.key(table, rows, row))) {
        first.add(row);
      }
    }
    return first.size() == rows.size() ? rows : RowSets.rows(rows, first);
  }
}
