package io.caisson.model.stream;

import io.caisson.catalog.StreamDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.type.SqlType;

/**
 * The shard of a row, from the hash of some of its columns. Part of the format: rows of one key
 * must meet in one shard for as long as their stream lives. Equal numbers have equal hashes (0.0
 * and -0.0, every NaN, 1.0 and 1.00). Stateless.
 */
final class ShardHash {
  private static final long NULL_HASH = 0x5851F42D4C957F2DL;
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private ShardHash() {}

  /** The shard of each row. */
  static int[] shardsOf(Columns rows, StreamDefinition stream) {
    long[] hashes = new long[rows.size()];
    for (int position : stream.partitionBy()) {
      Column column = rows.column(position);
      SqlType type = stream.columns().get(position).type();
      for (int row = 0; row < hashes.length; row++) {
        hashes[row] = mix(hashes[row] * 31 + hash(type, column, row));
      }
    }
    int[] result = new int[hashes.length];
    for (int row = 0; row < result.length; row++) {
      result[row] = (int) Long.remainderUnsigned(hashes[row], stream.shards());
    }
    return result;
  }

  private static long hash(SqlType type, Column column, int row) {
    if (column.isNull(row)) {
      return NULL_HASH;
    }
    if (column instanceof LongColumn longs) {
      return mix(longs.value(row));
    }
    if (column instanceof DoubleColumn doubles) {
      return mix(Double.doubleToLongBits(doubles.value(row) + 0.0));
    }
    BytesColumn bytes = (BytesColumn) column;
    int start = bytes.start(row);
    int length = type.keyLength(bytes.bytes(), start, bytes.length(row));
    long hash = length;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ (bytes.bytes()[start + i] & 0xFF)) * 0x100000001B3L;
    }
    return mix(hash);
  }

  private static long mix(long value) {
    long z = value + STEP;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
