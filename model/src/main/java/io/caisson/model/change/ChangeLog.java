package io.caisson.model.change;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.Changelogs;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.stream.StreamLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the changes of tables to their changelogs, and to the log that views over them read, in
 * the transaction that makes them: whoever sees the one sees the other. A table that nobody follows
 * costs the look at the catalog's version. Thread-safe.
 */
public final class ChangeLog {
  private static final String INSERT = "insert";
  private static final String UPDATE = "update";
  private static final String DELETE = "delete";

  private final CatalogStore catalog;
  private final StreamLog log;
  private final Deltas deltas;

  /** The changelogs of a database. */
  public ChangeLog(DatabaseKeyspace keyspace) {
    this(keyspace, new CatalogStore(keyspace));
  }

  /** The changelogs of a database. */
  public ChangeLog(DatabaseKeyspace keyspace, CatalogStore catalog) {
    this.catalog = catalog;
    this.log = new StreamLog(keyspace);
    this.deltas = new Deltas(keyspace, catalog);
  }

  /** Whether somebody must learn of each of a table's rows: a changelog or a view. */
  public boolean follows(Transaction transaction, TableDefinition table) {
    Catalog known = catalog.read(transaction);
    return known.feedsViews(table.id()) || !known.changelogsOf(table.id()).isEmpty();
  }

  /** Rows came. */
  public void inserted(Transaction transaction, TableDefinition table, Columns rows) {
    write(transaction, table, INSERT, null, rows);
  }

  /** Rows became others, each the one in the same place. */
  public void updated(
      Transaction transaction, TableDefinition table, Columns before, Columns after) {
    write(transaction, table, UPDATE, before, after);
  }

  /** Rows went. */
  public void deleted(Transaction transaction, TableDefinition table, Columns rows) {
    write(transaction, table, DELETE, rows, null);
  }

  private void write(
      Transaction transaction,
      TableDefinition table,
      String operation,
      @Nullable Columns before,
      @Nullable Columns after) {
    Catalog known = catalog.read(transaction);
    if (known.feedsViews(table.id())) {
      deltas.note(transaction, table, orNone(before), orNone(after));
    }
    List<StreamDefinition> changelogs = known.changelogsOf(table.id());
    int size = before != null ? before.size() : after != null ? after.size() : 0;
    for (StreamDefinition changelog : changelogs) {
      if (size > 0) {
        var columns = new ArrayList<Column>();
        for (ColumnDefinition column : changelog.columns()) {
          columns.add(column(table, column, operation, new Sides(before, after, size)));
        }
        var unused = log.append(transaction, changelog, new Columns(columns, size));
      }
    }
  }

  private static Columns orNone(@Nullable Columns rows) {
    return rows == null ? Deltas.NONE : rows;
  }

  /** The rows before and after a change, null where there are none. */
  private record Sides(@Nullable Columns before, @Nullable Columns after, int size) {}

  private static Column column(
      TableDefinition table, ColumnDefinition column, String operation, Sides sides) {
    String name = column.name();
    if (name.equals(Changelogs.OPERATION)) {
      return constant(column, operation, sides.size());
    }
    boolean old = name.startsWith(Changelogs.OLD);
    Columns rows = old ? sides.before() : sides.after();
    String origin = name.substring((old ? Changelogs.OLD : Changelogs.NEW).length());
    int position = table.columns().stream().map(ColumnDefinition::name).toList().indexOf(origin);
    boolean there =
        position >= 0
            && table.columns().get(position).type().physical() == column.type().physical();
    return rows == null || !there ? constant(column, null, sides.size()) : rows.column(position);
  }

  private static Column constant(ColumnDefinition column, @Nullable String text, int size) {
    var builder = new ColumnBuilder(column.type().physical());
    for (int row = 0; row < size; row++) {
      if (text == null) {
        builder.addNull();
      } else {
        builder.addText(text);
      }
    }
    return builder.build();
  }
}
