package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps FOREIGN KEY constraints in one transaction, after its rows were written: rows refer to what
 * is there, and what is referred to stays or takes along who refers to it. For one thread.
 */
final class ForeignKeys {
  private final TableStore store;
  private final Transaction transaction;
  private final Catalog catalog;

  ForeignKeys(TableStore store, Transaction transaction, Catalog catalog) {
    this.store = store;
    this.transaction = transaction;
    this.catalog = catalog;
  }

  /**
   * Fails where one of the rows refers to what is not there.
   *
   * @param before the rows as they were, in the same places, or null where they are new: what they
   *     refer to unchanged was there already, or takes them along when it goes
   */
  void checkPresent(TableDefinition table, @Nullable Columns before, Columns rows) {
    for (ForeignKeyDefinition key : table.foreignKeys()) {
      checkPresent(table, key, before, rows);
    }
  }

  /** Fails where one of the rows refers by one constraint to what is not there. */
  void checkPresent(
      TableDefinition table, ForeignKeyDefinition key, @Nullable Columns before, Columns rows) {
    TableDefinition target = table(key.table());
    List<Integer> positions = positions(table, key.columns());
    Path path = Path.to(target, key.referenced(), false).orElseThrow();
    Map<ByteBuffer, Integer> asked = new HashMap<>();
    List<CompletableFuture<List<KeyValue>>> answers = new ArrayList<>();
    List<Integer> rowOf = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<Object> values = values(rows, positions, row);
      boolean unchanged = before != null && same(rows, before, positions, row);
      if (values.isEmpty() || unchanged) {
        continue;
      }
      Range range = path.range(store, target, path.ordered(values));
      if (asked.putIfAbsent(ByteBuffer.wrap(range.begin), row) == null) {
        answers.add(transaction.getRange(range, 1).asList());
        rowOf.add(row);
      }
    }
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).join().isEmpty()) {
        throw new CaissonException(
            SqlState.FOREIGN_KEY_VIOLATION,
            "insert or update on table \""
                + table.name()
                + "\" violates foreign key constraint \""
                + key.name()
                + "\": key "
                + RowText.of(table, positions, rows, rowOf.get(i))
                + " is not present in table \""
                + target.name()
                + "\"");
      }
    }
  }

  /**
   * Sees to the rows that refer to rows that went or changed.
   *
   * @param before the rows as they were
   * @param after the rows as they are, in the same places; null where they are gone
   */
  void release(TableDefinition table, Columns before, @Nullable Columns after) {
    for (TableDefinition referring : catalog.referringTo(table.id())) {
      for (ForeignKeyDefinition key : referring.foreignKeys()) {
        if (key.table() == table.id()) {
          release(table, before, after, referring, key);
        }
      }
    }
  }

  private void release(
      TableDefinition table,
      Columns before,
      @Nullable Columns after,
      TableDefinition referring,
      ForeignKeyDefinition key) {
    List<Integer> positions = positions(table, key.referenced());
    Path home = Path.to(table, key.referenced(), false).orElseThrow();
    Path path = Path.to(referring, key.columns(), true).orElseThrow();
    for (int row = 0; row < before.size(); row++) {
      List<Object> old = values(before, positions, row);
      if (old.isEmpty() || (after != null && same(before, after, positions, row))) {
        continue;
      }
      Range still = home.range(store, table, home.ordered(old));
      if (after != null && !transaction.getRange(still, 1).asList().join().isEmpty()) {
        continue;
      }
      KeyRange part = new KeyRange(path.ordered(old), null, null);
      var read = new TableRead(path.index(), List.of(part), false, 0, false);
      Iterator<Columns> referrers = store.scan(transaction, referring, read);
      if (referrers.hasNext()) {
        var action = after == null ? key.onDelete() : key.onUpdate();
        if (action == ForeignKeyDefinition.Action.NO_ACTION
            || action == ForeignKeyDefinition.Action.RESTRICT) {
          throw stillReferenced(table, referring, key, RowText.of(table, positions, before, row));
        }
        Columns now = after == null ? null : after.gather(new int[] {row}, 1);
        follow(table, referring, key, List.copyOf(all(referrers)), now);
      }
    }
  }

  private static List<Columns> all(Iterator<Columns> chunks) {
    var all = new ArrayList<Columns>();
    chunks.forEachRemaining(all::add);
    return all;
  }

  private static CaissonException stillReferenced(
      TableDefinition table, TableDefinition referring, ForeignKeyDefinition key, String values) {
    return new CaissonException(
        SqlState.FOREIGN_KEY_VIOLATION,
        "update or delete on table \""
            + table.name()
            + "\" violates foreign key constraint \""
            + key.name()
            + "\" on table \""
            + referring.name()
            + "\": key "
            + values
            + " is still referenced from table \""
            + referring.name()
            + "\"");
  }

  /** Carries out CASCADE or SET NULL on rows that refer to one row. */
  private void follow(
      TableDefinition table,
      TableDefinition referring,
      ForeignKeyDefinition key,
      List<Columns> rows,
      @Nullable Columns now) {
    var action = now == null ? key.onDelete() : key.onUpdate();
    for (Columns chunk : rows) {
      if (action == ForeignKeyDefinition.Action.CASCADE && now == null) {
        store.delete(transaction, referring, chunk);
        continue;
      }
      var columns = new ArrayList<Column>(chunk.columns());
      for (int i = 0; i < key.columns().size(); i++) {
        int position = referring.positionOf(key.columns().get(i));
        var builder = new ColumnBuilder(chunk.column(position).physical());
        for (int row = 0; row < chunk.size(); row++) {
          if (action == ForeignKeyDefinition.Action.SET_NULL || now == null) {
            builder.addNull();
          } else {
            builder.addFrom(now.column(table.positionOf(key.referenced().get(i))), 0);
          }
        }
        columns.set(position, builder.build());
      }
      var unused = store.update(transaction, referring, chunk, new Columns(columns, chunk.size()));
    }
  }

  private TableDefinition table(long id) {
    return catalog
        .find(id)
        .filter(TableDefinition.class::isInstance)
        .map(TableDefinition.class::cast)
        .orElseThrow(() -> new IllegalStateException("no table " + id));
  }

  private static List<Integer> positions(TableDefinition table, List<Integer> ids) {
    return ids.stream().map(table::positionOf).toList();
  }

  /** The values at some positions of a row; none where one of them is NULL. */
  private static List<Object> values(Columns rows, List<Integer> positions, int row) {
    var values = new ArrayList<Object>();
    for (int position : positions) {
      Column column = rows.column(position);
      if (column.isNull(row)) {
        return List.of();
      }
      values.add(value(column, row));
    }
    return values;
  }

  private static Object value(Column column, int row) {
    if (column instanceof LongColumn longs) {
      return longs.value(row);
    }
    if (column instanceof DoubleColumn doubles) {
      return doubles.value(row);
    }
    BytesColumn bytes = (BytesColumn) column;
    int start = bytes.start(row);
    return Arrays.copyOfRange(bytes.bytes(), start, start + bytes.length(row));
  }

  private static boolean same(Columns a, Columns b, List<Integer> positions, int row) {
    for (int position : positions) {
      if (b.column(position).isNull(row)
          || !java.util.Objects.deepEquals(
              value(a.column(position), row), value(b.column(position), row))) {
        return false;
      }
    }
    return true;
  }

  /**
   * A way to find rows by some of their columns.
   *
   * @param index the index to go by, or null for the primary key
   * @param order for each column of the key, which of the given values is its
   */
  record Path(@Nullable IndexDefinition index, List<Integer> order) {
    /**
     * Finds a way.
     *
     * @param columns ids of the columns
     * @param prefix whether the key may go on behind the columns; else it is unique
     */
    static Optional<Path> to(TableDefinition table, List<Integer> columns, boolean prefix) {
      List<Integer> primary = table.primaryKeyIds();
      if (covers(primary, columns, prefix)) {
        return Optional.of(new Path(null, order(primary, columns)));
      }
      for (IndexDefinition index : table.indexes()) {
        List<Integer> keys =
            index.keys().stream()
                .map(IndexDefinition.IndexKey::column)
                .takeWhile(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .toList();
        boolean whole = keys.size() == index.keys().size();
        if (index.readable()
            && (prefix || (index.unique() && whole))
            && covers(keys, columns, prefix)) {
          return Optional.of(new Path(index, order(keys, columns)));
        }
      }
      return Optional.empty();
    }

    private static boolean covers(List<Integer> keys, List<Integer> columns, boolean prefix) {
      return keys.size() >= columns.size()
          && (prefix || keys.size() == columns.size())
          && keys.subList(0, columns.size()).containsAll(columns);
    }

    private static List<Integer> order(List<Integer> keys, List<Integer> columns) {
      return keys.subList(0, columns.size()).stream().map(columns::indexOf).toList();
    }

    List<Object> ordered(List<Object> values) {
      return order.stream().map(values::get).toList();
    }

    Range range(TableStore store, TableDefinition table, List<Object> values) {
      var part = new KeyRange(values, null, null);
      return index == null
          ? store.layout(table).keys().range(part)
          : store.layout(table, index).range(part);
    }
  }
}
