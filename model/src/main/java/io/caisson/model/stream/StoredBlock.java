package io.caisson.model.stream;

import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.model.codec.Block;
import io.caisson.model.codec.BlockEncoder;
import io.caisson.model.codec.ByteReader;
import io.caisson.model.codec.ByteWriter;
import io.caisson.model.codec.ColumnRange;
import io.caisson.model.codec.Corruption;
import io.caisson.type.SqlType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lies under one key of a log: the rows of one append, or of a run of small appends that were
 * packed into one. A pack lies under the key of its last append and remembers the position of each,
 * so that order, cursors and frontiers stay what they were. Decoded columns are kept: it is read
 * piece by piece. For one thread.
 *
 * <pre>
 * of one append   block of rows ({@link Block})
 * pack            "CSP" 1 | length of the block of appends (varint) | block of appends | block of rows
 *
 * block of appends: version, batch · 65,536 + user, number of rows
 * </pre>
 */
final class StoredBlock {
  /** The letters CSP and the number of the format, 1, as a little-endian number. */
  private static final int MAGIC = 0x01_50_53_43;

  private static final int SHORT_BITS = 16;
  private static final int LARGEST_SHORT = 0xFFFF;

  private final StreamDefinition stream;
  private final Block rows;
  private final LogPosition[] positions;
  private final int[] starts;
  private final @Nullable Column[] decoded;
  private final int bytes;

  private StoredBlock(
      StreamDefinition stream, Block rows, LogPosition[] positions, int[] starts, int bytes) {
    this.stream = stream;
    this.rows = rows;
    this.positions = positions;
    this.starts = starts;
    this.bytes = bytes;
    this.decoded = new @Nullable Column[stream.columns().size()];
  }

  /**
   * Opens what lies under a key.
   *
   * @param stream the stream; it may know more or fewer of the last columns than the block has
   * @param position the position that the key says
   * @param value the bytes
   * @param place says where they come from, for the error that they are damaged
   */
  static StoredBlock open(
      StreamDefinition stream, LogPosition position, byte[] value, Supplier<String> place) {
    StoredBlock block;
    if (value.length > Integer.BYTES && new ByteReader(value).readInt() == MAGIC) {
      block = openPack(stream, value, place);
    } else {
      Block rows = Block.open(value, place);
      block =
          new StoredBlock(
              stream, rows, new LogPosition[] {position}, new int[] {0, rows.rows()}, value.length);
    }
    block.check(position, place);
    return block;
  }

  private static StoredBlock openPack(
      StreamDefinition stream, byte[] value, Supplier<String> place) {
    byte[] appends;
    byte[] rows;
    try {
      var in = new ByteReader(value, Integer.BYTES, value.length - Integer.BYTES);
      appends = in.readSized();
      rows = new byte[in.remaining()];
      System.arraycopy(value, value.length - rows.length, rows, 0, rows.length);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw Corruption.of(place.get(), String.valueOf(e.getMessage()), e);
    }
    Columns table = Block.open(appends, place).columns();
    if (table.columns().size() != 3
        || !table.columns().stream().allMatch(LongColumn.class::isInstance)) {
      throw Corruption.of(place.get(), "it does not say what it was packed from", null);
    }
    var positions = new LogPosition[table.size()];
    int[] starts = new int[table.size() + 1];
    for (int i = 0; i < positions.length; i++) {
      long number = ((LongColumn) table.column(1)).value(i);
      positions[i] =
          new LogPosition(
              ((LongColumn) table.column(0)).value(i),
              (int) (number >>> SHORT_BITS) & LARGEST_SHORT,
              (int) number & LARGEST_SHORT);
      starts[i + 1] = starts[i] + (int) ((LongColumn) table.column(2)).value(i);
    }
    return new StoredBlock(stream, Block.open(rows, place), positions, starts, value.length);
  }

  private void check(LogPosition position, Supplier<String> place) {
    boolean same =
        positions.length > 0
            && positions[positions.length - 1].equals(position)
            && starts[positions.length] == rows.rows();
    for (int i = 1; same && i < positions.length; i++) {
      same = positions[i].compareTo(positions[i - 1]) > 0 && starts[i + 1] >= starts[i];
    }
    if (!same) {
      throw Corruption.of(place.get(), "it was not packed from what lay before its key", null);
    }
    same = rows.width() >= Math.min(stream.firstAdded(), decoded.length);
    for (int i = 0; same && i < Math.min(rows.width(), decoded.length); i++) {
      same = rows.physical(i) == stream.columns().get(i).type().physical();
    }
    if (!same) {
      throw Corruption.of(place.get(), "its columns are not those of the stream", null);
    }
  }

  /**
   * Writes a pack.
   *
   * @param positions the positions of the appends, ascending
   * @param counts how many rows each has
   * @param rows the rows of all
   * @param encoder writes blocks
   */
  static byte[] pack(
      List<LogPosition> positions, List<Integer> counts, Columns rows, BlockEncoder encoder) {
    int size = positions.size();
    long[] versions = new long[size];
    long[] numbers = new long[size];
    long[] lengths = new long[size];
    for (int i = 0; i < size; i++) {
      LogPosition position = positions.get(i);
      versions[i] = position.version();
      numbers[i] = (long) position.batch() << SHORT_BITS | position.user();
      lengths[i] = counts.get(i);
    }
    var table =
        new Columns(
            List.of(
                new LongColumn(versions, null, size),
                new LongColumn(numbers, null, size),
                new LongColumn(lengths, null, size)),
            size);
    var out = new ByteWriter();
    out.putInt(MAGIC);
    out.putSized(encoder.encode(table));
    byte[] block = encoder.encode(rows);
    out.putBytes(block, 0, block.length);
    return out.toBytes();
  }

  /** How many appends it holds. */
  int appends() {
    return positions.length;
  }

  /** The position of an append. */
  LogPosition position(int append) {
    return positions[append];
  }

  /** Where an append's rows begin; behind the last, how many rows there are. */
  int start(int append) {
    return starts[append];
  }

  /** How many bytes it takes in the store. */
  int byteSize() {
    return bytes;
  }

  /** How many columns the stream has. */
  int width() {
    return decoded.length;
  }

  /** How many of the stream's columns are stored in it; the others came later. */
  int storedColumns() {
    return Math.min(rows.width(), decoded.length);
  }

  /** All rows of a column. */
  Column column(int index) {
    Column column = decoded[index];
    if (column == null) {
      column = index < rows.width() ? rows.column(index) : before(index);
      decoded[index] = column;
    }
    return column;
  }

  /** Bounds of a column's values, where they are known. */
  Optional<ColumnRange> range(int column) {
    return column < rows.width() ? rows.range(column) : Optional.empty();
  }

  /** A column that was added after the rows were written: one value for all. */
  private Column before(int index) {
    SqlType type = stream.columns().get(index).type();
    @Nullable Object value = stream.valueBefore(index);
    var builder = new ColumnBuilder(type.physical());
    for (int row = 0; row < rows.rows(); row++) {
      builder.addPhysical(value);
    }
    return builder.build();
  }
}
