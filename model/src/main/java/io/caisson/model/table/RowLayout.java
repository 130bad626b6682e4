package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.ColumnsBuilder;
import io.caisson.model.codec.Corruption;
import io.caisson.model.codec.RowCodec;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What a table's rows need to become keys and values and back. Immutable and thread-safe.
 *
 * @param table the table
 * @param keys makes and reads keys
 * @param codec makes and reads values
 */
record RowLayout(TableDefinition table, TableKeys keys, RowCodec codec) {
  static RowLayout of(Subspace rows, TableDefinition table) {
    List<RowCodec.Stored> behindKey =
        stored(table, position -> !table.primaryKey().contains(position));
    return new RowLayout(
        table, new TableKeys(rows, table), new RowCodec(behindKey, table.primaryKeyIds()));
  }

  /** The columns at some positions, as values hold them. */
  static List<RowCodec.Stored> stored(TableDefinition table, IntPredicate positions) {
    var stored = new ArrayList<RowCodec.Stored>();
    for (int i = 0; i < table.columns().size(); i++) {
      if (positions.test(i)) {
        ColumnDefinition column = table.columns().get(i);
        stored.add(new RowCodec.Stored(column.id(), i, column.type().physical(), column.missing()));
      }
    }
    return stored;
  }

  static List<SqlType> types(TableDefinition table) {
    return table.columns().stream().map(ColumnDefinition::type).toList();
  }

  ColumnsBuilder builder() {
    return new ColumnsBuilder(types(table));
  }

  void decode(KeyValue entry, ColumnsBuilder target) {
    try {
      keys.decode(entry.getKey(), target);
    } catch (IllegalArgumentException | ClassCastException | IndexOutOfBoundsException e) {
      throw Corruption.of(place(entry.getKey()), "its key is none of the table's", e);
    }
    codec.decode(entry.getValue(), target, () -> place(entry.getKey()));
  }

  /** Where a row lies, for errors. */
  String place(byte[] key) {
    return "The row of table \"" + table.name() + "\" at key " + ByteArrayUtil.printable(key);
  }
}
