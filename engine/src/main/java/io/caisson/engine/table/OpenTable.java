package io.caisson.engine.table;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.Row;
import io.caisson.Table;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.engine.row.ColumnValues;
import io.caisson.engine.row.GivenRow;
import io.caisson.engine.scope.Scope;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.table.KeyRange;
import io.caisson.model.table.TableStore;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table as programs use it, whose calls go where its scope says. The definition is looked up in
 * every transaction, so that what ALTER TABLE did counts at once. As thread-safe as its scope.
 */
public final class OpenTable implements Table {
  private final String name;
  private final Parts parts;
  private final Scope scope;

  /**
   * What a table needs.
   *
   * @param catalog the definitions
   * @param tables the rows
   * @param rows completes rows
   * @param begin begins a transaction that lasts as long as a scan
   */
  public record Parts(
      CatalogStore catalog, TableStore tables, TableRows rows, Supplier<Transaction> begin) {}

  /**
   * Opens a table.
   *
   * @param scope where its calls go
   * @throws CaissonException UNDEFINED_OBJECT or WRONG_OBJECT_TYPE where there is none of the name
   */
  public OpenTable(String name, Parts parts, Scope scope) {
    this.name = name;
    this.parts = parts;
    this.scope = scope;
    var unused = scope.read(this::definition);
  }

  private TableDefinition definition(ReadTransaction transaction) {
    CatalogObject object =
        parts
            .catalog()
            .read(transaction)
            .find(name)
            .orElseThrow(
                () ->
                    new CaissonException(
                            SqlState.UNDEFINED_OBJECT, "table \"" + name + "\" does not exist")
                        .withHint("create it with CREATE TABLE"));
    if (object instanceof TableDefinition table) {
      return table;
    }
    throw new CaissonException(
        SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" is a " + object.kind() + ", not a TABLE");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Row> get(Object... key) {
    return scope.read(
        transaction -> {
          TableDefinition table = definition(transaction);
          return find(transaction, table, key).map(rows -> row(table, rows));
        });
  }

  private Optional<Columns> find(ReadTransaction transaction, TableDefinition table, Object[] key) {
    if (key.length != table.primaryKey().size() || table.keyHidden()) {
      throw new CaissonException(
              SqlState.DATATYPE_MISMATCH,
              "the primary key of \""
                  + name
                  + "\" has "
                  + (table.keyHidden() ? "no" : table.primaryKey().size())
                  + " columns, not "
                  + key.length)
          .withHint("Give a value for each of its columns, in their order.");
    }
    return parts.tables().get(transaction, table, physical(table, key));
  }

  /** Values of the first columns of the key, as the store takes them. */
  private static List<Object> physical(TableDefinition table, Object[] values) {
    if (values.length > table.primaryKey().size()) {
      throw new CaissonException(
          SqlState.DATATYPE_MISMATCH,
          "the primary key of \""
              + table.name()
              + "\" has less than "
              + values.length
              + " columns");
    }
    var physical = new ArrayList<Object>();
    for (int i = 0; i < values.length; i++) {
      physical.add(physical(table.columns().get(table.primaryKey().get(i)), values[i]));
    }
    return physical;
  }

  private static Object physical(ColumnDefinition definition, Object value) {
    Column column = GivenRow.column(definition, value);
    if (column instanceof LongColumn longs) {
      return longs.value(0);
    }
    if (column instanceof DoubleColumn doubles) {
      return doubles.value(0);
    }
    BytesColumn bytes = (BytesColumn) column;
    return definition.type().kind() == TypeKind.TEXT
        ? bytes.text(0)
        : Arrays.copyOf(bytes.bytes(), bytes.length(0));
  }

  private static Row row(TableDefinition table, Columns rows) {
    return row(table, names(table), rows, 0);
  }

  private static List<String> names(TableDefinition table) {
    return table.visibleColumns().stream().map(ColumnDefinition::name).toList();
  }

  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  private static Row row(TableDefinition table, List<String> names, Columns rows, int row) {
    @Nullable Object[] values = new Object[names.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ColumnValues.value(rows.column(i), row, table.columns().get(i).type());
    }
    return new Row(names, values);
  }

  @Override
  public Row insert(Map<String, ? extends @Nullable Object> values) {
    return scope.change(
        transaction -> {
          TableDefinition table = definition(transaction);
          return row(table, insert(transaction, table, values));
        });
  }

  private Columns insert(
      Transaction transaction,
      TableDefinition table,
      Map<String, ? extends @Nullable Object> values) {
    GivenRow given = GivenRow.of(table, values);
    Columns whole = parts.rows().complete(table, given.positions(), given.values());
    return parts.tables().insert(transaction, table, whole);
  }

  @Override
  public boolean update(Map<String, ? extends @Nullable Object> changes, Object... key) {
    return scope.change(
        transaction -> {
          TableDefinition table = definition(transaction);
          Optional<Columns> before = find(transaction, table, key);
          before.ifPresent(
              rows -> {
                var unused = update(transaction, table, rows, changes);
              });
          return before.isPresent();
        });
  }

  private Columns update(
      Transaction transaction,
      TableDefinition table,
      Columns before,
      Map<String, ? extends @Nullable Object> changes) {
    GivenRow given = GivenRow.of(table, changes);
    var after = new ArrayList<Column>(before.columns());
    for (int i = 0; i < given.positions().length; i++) {
      after.set(given.positions()[i], given.values().column(i));
    }
    return parts.tables().update(transaction, table, before, new Columns(after, 1));
  }

  @Override
  public Row upsert(Map<String, ? extends @Nullable Object> values) {
    return scope.change(
        transaction -> {
          TableDefinition table = definition(transaction);
          Object[] key = new Object[table.primaryKey().size()];
          for (int i = 0; i < key.length; i++) {
            String column = table.columns().get(table.primaryKey().get(i)).name();
            Object value = values.get(column);
            if (value == null) {
              throw new CaissonException(
                  SqlState.NOT_NULL_VIOLATION,
                  "upsert needs a value for column \"" + column + "\" of the primary key");
            }
            key[i] = value;
          }
          Columns stored =
              find(transaction, table, key)
                  .map(before -> update(transaction, table, before, values))
                  .orElseGet(() -> insert(transaction, table, values));
          return row(table, stored);
        });
  }

  @Override
  public boolean delete(Object... key) {
    return scope.change(
        transaction -> {
          TableDefinition table = definition(transaction);
          Optional<Columns> row = find(transaction, table, key);
          row.ifPresent(rows -> parts.tables().delete(transaction, table, rows));
          return row.isPresent();
        });
  }

  @Override
  public Result scan(Object... prefix) {
    return range(null, null, prefix);
  }

  @Override
  public Result range(@Nullable Object from, @Nullable Object to, Object... prefix) {
    if (!scope.ownTransactions()) {
      return scope.read(transaction -> whole(transaction, from, to, prefix));
    }
    Transaction transaction = parts.begin().get();
    try {
      ReadTransaction snapshot = transaction.snapshot();
      TableDefinition table = definition(snapshot);
      KeyRange part = part(table, from, to, prefix);
      return result(table, parts.tables().scan(snapshot, table, part), transaction::close);
    } catch (CaissonException e) {
      transaction.close();
      throw e;
    }
  }

  /** The rows in memory: what the transaction writes later must not change what is half read. */
  private Result whole(
      ReadTransaction transaction, @Nullable Object from, @Nullable Object to, Object[] prefix) {
    TableDefinition table = definition(transaction);
    var pieces = new ArrayList<Columns>();
    parts
        .tables()
        .scan(transaction, table, part(table, from, to, prefix))
        .forEachRemaining(pieces::add);
    return result(table, pieces.iterator(), () -> {});
  }

  private static KeyRange part(
      TableDefinition table, @Nullable Object from, @Nullable Object to, Object[] prefix) {
    return new KeyRange(
        physical(table, prefix),
        bound(table, prefix.length, from, true),
        bound(table, prefix.length, to, false));
  }

  private static Result result(TableDefinition table, Iterator<Columns> pieces, Runnable release) {
    List<ResultColumn> columns =
        table.visibleColumns().stream().map(c -> new ResultColumn(c.name(), c.type())).toList();
    List<String> names = names(table);
    return new ScanResult(columns, pieces, (rows, row) -> row(table, names, rows, row), release);
  }

  private static KeyRange.@Nullable Bound bound(
      TableDefinition table, int place, @Nullable Object value, boolean inclusive) {
    if (value == null) {
      return null;
    }
    if (place >= table.primaryKey().size()) {
      throw new CaissonException(
          SqlState.DATATYPE_MISMATCH,
          "the primary key of \"" + table.name() + "\" has no column behind the prefix");
    }
    ColumnDefinition column = table.columns().get(table.primaryKey().get(place));
    return new KeyRange.Bound(physical(column, value), inclusive);
  }
}
