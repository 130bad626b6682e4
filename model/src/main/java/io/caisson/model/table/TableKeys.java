package io.caisson.model.table;

import com.apple.foundationdb.Range;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys of a table's rows: (table, primary key…) as tuples, which sort as the values do; text sorts
 * by its UTF-8 bytes. Values that SQL calls equal are one key: -0.0 is 0.0, every NaN is the same,
 * and 1.0 is 1.00. Immutable and thread-safe.
 */
final class TableKeys {
  private static final byte[] BEHIND = {(byte) 0xFF};

  private final TableDefinition table;
  private final Subspace rows;
  private final SqlType[] types;

  TableKeys(Subspace rows, TableDefinition table) {
    this.table = table;
    this.rows = rows.get(Tuple.from(table.id()));
    this.types =
        table.primaryKey().stream()
            .map(position -> table.columns().get(position).type())
            .toArray(SqlType[]::new);
  }

  /** The key of a row. */
  byte[] of(Columns columns, int row) {
    return ofTuple(tuple(columns, row));
  }

  /** What comes behind the table's number in the key of a row. */
  byte[] tuple(Columns columns, int row) {
    Tuple key = new Tuple();
    for (int position : table.primaryKey()) {
      key = add(key, table.columns().get(position).type(), columns.column(position), row);
    }
    return key.pack();
  }

  /** The key of a row given what comes behind the table's number. */
  byte[] ofTuple(byte[] tuple) {
    return ByteArrayUtil.join(rows.getKey(), tuple);
  }

  /** The key of a row given the values of all key columns. */
  byte[] of(List<?> values) {
    if (values.size() != table.primaryKey().size()) {
      throw new IllegalArgumentException(
          values.size() + " values for a key of " + table.primaryKey().size());
    }
    return pack(values);
  }

  private static Tuple add(Tuple key, SqlType type, Column column, int row) {
    if (column instanceof LongColumn longs) {
      return key.add(longs.value(row));
    }
    if (column instanceof DoubleColumn doubles) {
      return key.add(KeyElements.normal(doubles.value(row)));
    }
    BytesColumn bytes = (BytesColumn) column;
    int start = bytes.start(row);
    return key.add(bytes.bytes(), start, type.keyLength(bytes.bytes(), start, bytes.length(row)));
  }

  /** Rows as pages read them: a key does not keep how its values were written. */
  Columns asRead(Columns columns) {
    var read = new ArrayList<>(columns.columns());
    for (int position : table.primaryKey()) {
      Column column = columns.column(position);
      SqlType type = table.columns().get(position).type();
      if (!(column instanceof LongColumn)) {
        var builder = new ColumnBuilder(column.physical());
        for (int row = 0; row < columns.size(); row++) {
          if (column instanceof DoubleColumn doubles) {
            builder.addDouble(KeyElements.normal(doubles.value(row)));
          } else {
            BytesColumn bytes = (BytesColumn) column;
            int start = bytes.start(row);
            int length = type.keyLength(bytes.bytes(), start, bytes.length(row));
            builder.addBytes(type.ofKey(bytes.bytes(), start, length));
          }
        }
        read.set(position, builder.build());
      }
    }
    return new Columns(read, columns.size());
  }

  private byte[] pack(List<?> values) {
    Tuple key = new Tuple();
    for (int i = 0; i < values.size(); i++) {
      key = key.addObject(KeyElements.tupleValue(values.get(i), types[i]));
    }
    return rows.pack(key);
  }

  /** The keys of a part of the table. */
  Range range(KeyRange part) {
    // Keys that go on behind a tuple go on with a type code, and those are all below 0xFF.
    byte[] prefix = pack(part.prefix());
    byte[] begin = prefix;
    byte[] end = ByteArrayUtil.join(prefix, BEHIND);
    if (part.lower() != null) {
      byte[] bound = pack(append(part.prefix(), part.lower().value()));
      begin = part.lower().inclusive() ? bound : ByteArrayUtil.join(bound, BEHIND);
    }
    if (part.upper() != null) {
      byte[] bound = pack(append(part.prefix(), part.upper().value()));
      end = part.upper().inclusive() ? ByteArrayUtil.join(bound, BEHIND) : bound;
    }
    return ByteArrayUtil.compareUnsigned(begin, end) <= 0
        ? new Range(begin, end)
        : new Range(begin, begin);
  }

  private static List<Object> append(List<Object> prefix, Object value) {
    var values = new ArrayList<>(prefix);
    values.add(value);
    return values;
  }

  /**
   * Adds the key columns of a stored row to the builder.
   *
   * @param targets for each key column its place in the builder, or {@link RowLayout#UNWANTED}
   */
  void decode(byte[] key, ColumnsBuilder target, int[] targets) {
    int prefix = rows.getKey().length;
    if (!Arrays.equals(key, 0, prefix, rows.getKey(), 0, prefix)) {
      throw new IllegalArgumentException("a key of another table");
    }
    var reader = new TupleReader(key, prefix);
    for (int i = 0; i < targets.length; i++) {
      SqlType type = types[i];
      ColumnBuilder column = targets[i] == RowLayout.UNWANTED ? null : target.column(targets[i]);
      switch (type.physical()) {
        case LONG -> {
          long value = reader.readLong();
          if (column != null) {
            column.addLong(value);
          }
        }
        case DOUBLE -> {
          double value = reader.readDouble();
          if (column != null) {
            column.addDouble(value);
          }
        }
        case BYTES -> {
          reader.readBytes();
          if (column != null) {
            column.addBytes(type.ofKey(reader.bytes(), reader.start(), reader.length()));
          }
        }
      }
    }
    if (!reader.atEnd()) {
      throw new IllegalArgumentException("a key of more columns");
    }
  }
}
