package io.caisson.model.codec;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.column.Nulls;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as a block, which {@link Block} reads and draws. Keeps its buffers between blocks;
 * for one thread.
 */
public final class BlockEncoder {
  private final ByteWriter out = new ByteWriter();
  private final ByteWriter bodies = new ByteWriter();
  private final ByteWriter plain = new ByteWriter();
  private final CRC32C checksum = new CRC32C();

  /** The block of all rows. */
  public byte[] encode(Columns rows) {
    return encode(rows, 0, rows.size());
  }

  /**
   * The block of a part of the rows, at most {@link Block#MOST_ROWS}.
   *
   * @param rows rows
   * @param from the first row of the part
   * @param count how many rows
   */
  public byte[] encode(Columns rows, int from, int count) {
    Objects.checkFromIndexSize(from, count, rows.size());
    if (count > Block.MOST_ROWS) {
      throw new IllegalArgumentException(count + " rows in a block");
    }
    out.clear();
    bodies.clear();
    out.putInt(Block.MAGIC);
    out.putInt(0);
    out.putVarint(count);
    out.putVarint(rows.columns().size());
    for (Column column : rows.columns()) {
      encodeColumn(column, from, count).write(out);
    }
    out.putBytes(bodies.array(), 0, bodies.size());
    checksum.reset();
    checksum.update(out.array(), Block.CHECKED_FROM, out.size() - Block.CHECKED_FROM);
    LittleEndian.putInt(out.array(), Integer.BYTES, (int) checksum.getValue());
    return out.toBytes();
  }

  private ColumnHeader encodeColumn(Column column, int from, int count) {
    plain.clear();
    boolean hasNulls = writeNulls(column, from, count);
    int encoding = 0;
    Optional<ColumnRange> range;
    if (column instanceof LongColumn longs) {
      range = ColumnRange.of(longs, from, count);
      encoding = LongEncoding.encode(longsOf(longs, from, count), count, plain);
    } else if (column instanceof DoubleColumn doubles) {
      range = ColumnRange.of(doubles, from, count);
      writeDoubles(doubles, from, count);
    } else {
      BytesColumn bytes = (BytesColumn) column;
      if (hasNulls) {
        // NULLs may hold leftovers, which need no place in the block.
        bytes = withoutLeftovers(bytes, from, count);
      }
      int start = hasNulls ? 0 : from;
      ByteDictionary dictionary = ByteDictionary.tryBuild(bytes, start, count);
      range = rangeOf(bytes, start, count, hasNulls ? null : dictionary);
      encoding = BytesEncoding.encode(bytes, start, count, dictionary, plain);
    }
    int before = bodies.size();
    boolean compressed = Compression.tryCompress(plain.array(), plain.size(), bodies);
    if (!compressed) {
      bodies.putBytes(plain.array(), 0, plain.size());
    }
    int stored = bodies.size() - before;
    return new ColumnHeader(
        column.physical(), hasNulls, compressed, encoding, plain.size(), stored, range);
  }

  private static Optional<ColumnRange> rangeOf(
      BytesColumn column, int from, int count, @Nullable ByteDictionary dictionary) {
    return dictionary == null
        ? ColumnRange.of(column, from, count, null)
        : ColumnRange.of(column, 0, dictionary.count(), dictionary.firstRows());
  }

  private boolean writeNulls(Column column, int from, int count) {
    if (!column.mayHaveNulls()) {
      return false;
    }
    long[] bits = null;
    for (int i = 0; i < count; i++) {
      if (column.isNull(from + i)) {
        bits = Nulls.set(bits, i);
      }
    }
    if (bits == null) {
      return false;
    }
    for (int i = 0; i < Block.nullBytes(count); i++) {
      int word = i / Long.BYTES;
      plain.putByte(word < bits.length ? (int) (bits[word] >>> (i % Long.BYTES * Byte.SIZE)) : 0);
    }
    return true;
  }

  /** The values, each NULL as the value before it: that is the shortest to write. */
  private static long[] longsOf(LongColumn column, int from, int count) {
    long[] values = new long[count];
    System.arraycopy(column.values(), from, values, 0, count);
    if (column.mayHaveNulls()) {
      long last = 0;
      for (int i = 0; i < count && column.isNull(from + i); i++) {
        last = i + 1 < count ? values[i + 1] : 0;
      }
      for (int i = 0; i < count; i++) {
        if (column.isNull(from + i)) {
          values[i] = last;
        }
        last = values[i];
      }
    }
    return values;
  }

  private void writeDoubles(DoubleColumn column, int from, int count) {
    byte[] target = plain.reserve(count * Double.BYTES);
    int position = plain.size();
    for (int i = 0; i < count; i++) {
      double value = column.isNull(from + i) ? 0 : column.value(from + i);
      LittleEndian.putDouble(target, position, value);
      position += Double.BYTES;
    }
    plain.advance(count * Double.BYTES);
  }

  private static BytesColumn withoutLeftovers(BytesColumn column, int from, int count) {
    int[] offsets = new int[count + 1];
    int size = 0;
    for (int i = 0; i < count; i++) {
      size += column.isNull(from + i) ? 0 : column.length(from + i);
      offsets[i + 1] = size;
    }
    byte[] bytes = new byte[size];
    long[] nulls = null;
    for (int i = 0; i < count; i++) {
      if (column.isNull(from + i)) {
        nulls = Nulls.set(nulls, i);
      }
      int length = offsets[i + 1] - offsets[i];
      System.arraycopy(column.bytes(), column.start(from + i), bytes, offsets[i], length);
    }
    return new BytesColumn(bytes, offsets, nulls, count);
  }
}
