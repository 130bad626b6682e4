package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.model.codec.Corruption;
import io.caisson.model.codec.RowCodec;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What a table's rows need to become keys and values and back. Immutable and thread-safe.
 *
 * @param table the table
 * @param keys makes and reads keys
 * @param codec makes and reads values
 * @param types the types of the columns that are read
 * @param keyTargets for each column of the primary key its place among the columns that are read,
 *     or {@link #UNWANTED}
 */
record RowLayout(
    TableDefinition table, TableKeys keys, RowCodec codec, List<SqlType> types, int[] keyTargets) {
  /** A column that is not read. */
  static final int UNWANTED = -1;

  static RowLayout of(Subspace rows, TableDefinition table) {
    List<RowCodec.Stored> behindKey =
        stored(table, position -> !table.primaryKey().contains(position));
    return new RowLayout(
        table,
        new TableKeys(rows, table),
        new RowCodec(behindKey, table.primaryKeyIds()),
        table.columns().stream().map(ColumnDefinition::type).toList(),
        table.primaryKey().stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * The layout for reading some columns only.
   *
   * @param columns their positions, each once
   */
  RowLayout narrowed(int[] columns) {
    int[] targets = new int[table.columns().size()];
    Arrays.fill(targets, UNWANTED);
    var readTypes = new ArrayList<SqlType>();
    for (int i = 0; i < columns.length; i++) {
      targets[columns[i]] = i;
      readTypes.add(table.columns().get(columns[i]).type());
    }
    var read = new ArrayList<RowCodec.Stored>();
    for (int column : columns) {
      if (!table.primaryKey().contains(column)) {
        read.add(stored(table.columns().get(column), targets[column]));
      }
    }
    return new RowLayout(
        table,
        keys,
        new RowCodec(read, table.primaryKeyIds()),
        List.copyOf(readTypes),
        table.primaryKey().stream().mapToInt(position -> targets[position]).toArray());
  }

  /** The columns at some positions, as values hold them. */
  static List<RowCodec.Stored> stored(TableDefinition table, IntPredicate positions) {
    var stored = new ArrayList<RowCodec.Stored>();
    for (int i = 0; i < table.columns().size(); i++) {
      if (positions.test(i)) {
        stored.add(stored(table.columns().get(i), i));
      }
    }
    return stored;
  }

  private static RowCodec.Stored stored(ColumnDefinition column, int place) {
    return new RowCodec.Stored(column.id(), place, column.type().physical(), column.missing());
  }

  ColumnsBuilder builder() {
    return new ColumnsBuilder(types);
  }

  /** The rows of a builder; one without columns does not know how many there are. */
  Columns build(ColumnsBuilder builder, int rows) {
    return types.isEmpty() ? new Columns(List.of(), rows) : builder.build();
  }

  void decode(KeyValue entry, ColumnsBuilder target) {
    decodeKey(entry.getKey(), target);
    codec.decode(entry.getValue(), target, () -> place(entry.getKey()));
  }

  private void decodeKey(byte[] key, ColumnsBuilder target) {
    try {
      keys.decode(key, target, keyTargets);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Corruption.of(place(key), "its key is none of the table's", e);
    }
  }

  /** Where a row lies, for errors. */
  String place(byte[] key) {
    return "The row of table \"" + table.name() + "\" at key " + ByteArrayUtil.printable(key);
  }
}
