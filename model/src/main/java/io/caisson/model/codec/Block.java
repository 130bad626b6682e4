package io.caisson.model.codec;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.error.CaissonException;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Exception;
import org.jspecify.annotations.Nullable;

/**
 * Rows as one value of the store, column by column; it describes itself. The header is read and the
 * checksum compared when the block is opened, a column is decoded when it is asked for. Immutable
 * and thread-safe.
 *
 * <pre>
 *   0        4        8
 *   +--------+--------+------+---------+-----------------+---------------+
 *   | CSB  1 | CRC32C | rows | columns | column headers… | column bodies…|
 *   +--------+--------+------+---------+-----------------+---------------+
 *     magic,   of all   varint  varint    {@link ColumnHeader}   one after the other,
 *     format   behind                                     each LZ4 if that is shorter
 *
 *   body:  null bits (⌈rows/8⌉ bytes, only if any row is NULL) | values
 *   values of LONG {@link LongEncoding}, of DOUBLE 8 bytes each, of BYTES {@link BytesEncoding}
 * </pre>
 */
public final class Block {
  /** No block has more rows. */
  public static final int MOST_ROWS = 1 << 20;

  /** The letters CSB and the number of the format, 1, as a little-endian number. */
  static final int MAGIC = 0x01_42_53_43;

  /** From where on the checksum counts. */
  static final int CHECKED_FROM = 8;

  private static final int MOST_COLUMNS = 1 << 16;

  private final byte[] bytes;
  private final Supplier<String> place;
  private final int rows;
  private final List<ColumnHeader> headers;
  private final int[] bodyStarts;

  private Block(byte[] bytes, Supplier<String> place) {
    this.bytes = bytes;
    this.place = place;
    var in = new ByteReader(bytes);
    checkFrame(in);
    rows = in.readCount(MOST_ROWS);
    int width = in.readCount(MOST_COLUMNS);
    headers = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      headers.add(ColumnHeader.read(in));
    }
    bodyStarts = new int[width];
    for (int i = 0; i < width; i++) {
      bodyStarts[i] = in.skip(headers.get(i).storedLength());
    }
    if (in.remaining() != 0) {
      throw new IllegalArgumentException(in.remaining() + " bytes too many");
    }
  }

  private static void checkFrame(ByteReader in) {
    if (in.readInt() != MAGIC) {
      throw new IllegalArgumentException("it does not begin as a block of format 1 does");
    }
    int expected = in.readInt();
    var checksum = new CRC32C();
    checksum.update(in.array(), CHECKED_FROM, in.remaining());
    if ((int) checksum.getValue() != expected) {
      throw new IllegalArgumentException("its checksum does not match");
    }
  }

  /**
   * Opens a block.
   *
   * @param bytes what {@link BlockEncoder} wrote; not changed by anyone from now on
   * @param place says where the bytes come from, for the error that they are damaged
   * @throws CaissonException DATA_CORRUPTED, if they are
   */
  public static Block open(byte[] bytes, Supplier<String> place) {
    try {
      return new Block(bytes, place);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw damaged(place, e);
    }
  }

  /** How many rows. */
  public int rows() {
    return rows;
  }

  /** How many columns. */
  public int width() {
    return headers.size();
  }

  /** How many bytes the block takes. */
  public int byteSize() {
    return bytes.length;
  }

  /** The physical form of a column. */
  public TypeKind.Physical physical(int column) {
    return headers.get(column).physical();
  }

  /** Bounds of a column's values; empty where all are NULL or no short bounds exist. */
  public Optional<ColumnRange> range(int column) {
    return headers.get(column).range();
  }

  /** All columns. */
  public Columns columns() {
    var columns = new ArrayList<Column>(headers.size());
    for (int i = 0; i < headers.size(); i++) {
      columns.add(column(i));
    }
    return new Columns(columns, rows);
  }

  /** One column, decoded anew by every call. */
  public Column column(int index) {
    ColumnHeader header = headers.get(index);
    try {
      return decode(header, body(header, bodyStarts[index]));
    } catch (IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException
        | NegativeArraySizeException
        | LZ4Exception e) {
      throw damaged(() -> "Column " + (index + 1) + " of " + place.get(), e);
    }
  }

  private ByteReader body(ColumnHeader header, int start) {
    if (!header.compressed()) {
      return new ByteReader(bytes, start, header.storedLength());
    }
    return new ByteReader(
        Compression.decompress(bytes, start, header.storedLength(), header.plainLength()));
  }

  private Column decode(ColumnHeader header, ByteReader in) {
    long[] nulls = header.hasNulls() ? readNulls(in) : null;
    return switch (header.physical()) {
      case LONG -> new LongColumn(LongEncoding.decode(in, header.encoding(), rows), nulls, rows);
      case DOUBLE -> decodeDoubles(in, nulls);
      case BYTES -> decodeBytes(in, header.encoding(), nulls);
    };
  }

  private BytesColumn decodeBytes(ByteReader in, int encoding, long @Nullable [] nulls) {
    return BytesEncoding.decode(in, encoding, rows, nulls);
  }

  private DoubleColumn decodeDoubles(ByteReader in, long @Nullable [] nulls) {
    int start = in.skip(rows * Double.BYTES);
    byte[] source = in.array();
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = LittleEndian.getDouble(source, start + i * Double.BYTES);
    }
    return new DoubleColumn(values, nulls, rows);
  }

  private long[] readNulls(ByteReader in) {
    long[] nulls = new long[(rows + 63) >> 6];
    for (int i = 0; i < nullBytes(rows); i++) {
      nulls[i / Long.BYTES] |= (long) in.readByte() << (i % Long.BYTES * Byte.SIZE);
    }
    return nulls;
  }

  static int nullBytes(int rows) {
    return (rows + 7) >> 3;
  }

  private static CaissonException damaged(Supplier<String> place, RuntimeException cause) {
    return Corruption.of(place.get(), String.valueOf(cause.getMessage()), cause);
  }
}
