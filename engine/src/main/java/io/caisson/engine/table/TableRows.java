package io.caisson.engine.table;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ColumnValue;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.engine.row.ValueWriter;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.table.RowExpressions;
import io.caisson.model.table.RowText;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.sql.run.CloseableIterator;
import io.caisson.sql.run.PreparedQuery;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What definitions say about rows, carried out: defaults and numbers for columns that a row does
 * not bring, generated columns, CHECK constraints, the expressions of indexes. SQL and the Java API
 * both send their rows through here. Thread-safe.
 */
public final class TableRows implements RowExpressions {
  private final SqlFrontEnd sql;
  private final NumberBlocks numbers;
  private final Map<Long, CompiledTable> compiled = new ConcurrentHashMap<>();

  /** Rows of a database's tables. */
  public TableRows(SqlFrontEnd sql, NumberBlocks numbers) {
    this.sql = sql;
    this.numbers = numbers;
  }

  private CompiledTable compiled(TableDefinition table) {
    CompiledTable known = compiled.get(table.id());
    if (known == null || !known.table().equals(table)) {
      known = new CompiledTable(table, sql.expressions(table));
      compiled.put(table.id(), known);
    }
    return known;
  }

  /**
   * Makes whole rows of what was given of them.
   *
   * @param positions the positions of the columns that were given, in their order
   * @param given their values
   * @return rows with all columns: defaults and numbers where nothing was given, else NULL
   */
  public Columns complete(TableDefinition table, int[] positions, Columns given) {
    @Nullable Column[] columns = new Column[table.columns().size()];
    for (int i = 0; i < positions.length; i++) {
      columns[positions[i]] = given.column(i);
    }
    var whole = new ArrayList<Column>(columns.length);
    for (int i = 0; i < columns.length; i++) {
      Column column = columns[i];
      whole.add(column != null ? column : absent(table, i, given.size()));
    }
    return new Columns(whole, given.size());
  }

  private Column absent(TableDefinition table, int position, int rows) {
    ColumnDefinition column = table.columns().get(position);
    if (column.numbered()) {
      return new LongColumn(numbers.draw(table, column, rows), null, rows);
    }
    PreparedQuery value =
        column.value() instanceof ColumnValue.Default ? compiled(table).defaultOf(position) : null;
    var builder = new ColumnBuilder(column.type().physical());
    if (value == null) {
      for (int row = 0; row < rows; row++) {
        builder.addNull();
      }
      return builder.build();
    }
    Object constant = value.constant() ? evaluate(value) : null;
    for (int row = 0; row < rows; row++) {
      ValueWriter.add(builder, column.type(), value.constant() ? constant : evaluate(value));
    }
    return builder.build();
  }

  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  private static @Nullable Object evaluate(PreparedQuery value) {
    try (CloseableIterator<@Nullable Object[]> rows =
        value.run(
            (object, request) -> {
              throw new IllegalStateException("a default reads no table");
            })) {
      return rows.next()[0];
    }
  }

  /** What a column's default is at this moment, as rows hold it that are older than the column. */
  public @Nullable Object missing(TableDefinition table, int position) {
    Column value = absent(table, position, 1);
    if (value.isNull(0)) {
      return null;
    }
    if (value instanceof LongColumn longs) {
      return longs.value(0);
    }
    if (value instanceof DoubleColumn doubles) {
      return doubles.value(0);
    }
    BytesColumn bytes = (BytesColumn) value;
    int start = bytes.start(0);
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes.bytes(), start, start + bytes.length(0)))
        .asReadOnlyBuffer();
  }

  @Override
  public Columns generate(TableDefinition table, Columns rows) {
    boolean none = table.columns().stream().noneMatch(ColumnDefinition::generated);
    return none || rows.size() == 0 ? rows : compiled(table).generate(rows);
  }

  @Override
  public void check(TableDefinition table, Columns rows) {
    Columns truths =
        table.checks().isEmpty() || rows.size() == 0 ? null : compiled(table).check(rows);
    if (truths == null) {
      return;
    }
    for (int i = 0; i < truths.columns().size(); i++) {
      LongColumn truth = (LongColumn) truths.column(i);
      for (int row = 0; row < rows.size(); row++) {
        if (!truth.isNull(row) && truth.value(row) == 0) {
          throw new CaissonException(
                  SqlState.CHECK_VIOLATION,
                  "new row for relation \""
                      + table.name()
                      + "\" violates check constraint \""
                      + table.checks().get(i).name()
                      + "\"")
              .withHint("Failing row contains " + RowText.of(table, rows, row) + ".");
        }
      }
    }
  }

  @Override
  public List<Column> keys(TableDefinition table, IndexDefinition index, Columns rows) {
    boolean plain = index.keys().stream().allMatch(key -> key.column().isPresent());
    Columns keys = plain ? null : compiled(table).keys(index.id(), rows);
    return keys == null ? List.of() : keys.columns();
  }
}
