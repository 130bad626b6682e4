package io.caisson.dataflow.arrangement;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a stored run to find its blocks: which key range each holds. It belongs
 * into the manifest. Immutable.
 *
 * <p>Of each block the shortest bytes are kept that are behind every row of the blocks before it
 * and not behind its own first row. As bytes:
 *
 * <pre>
 *  version u8 │ id i64 │ rows i64 │ bytes i64 │ blocks i32 │ (length i32, separator)… │ CRC32C i32
 * </pre>
 */
public final class Run {
  private static final byte VERSION = 1;

  private final long id;
  private final long rows;
  private final long byteCount;
  private final RowBuffer separators;

  Run(long id, long rows, long byteCount, RowBuffer separators) {
    this.id = id;
    this.rows = rows;
    this.byteCount = byteCount;
    this.separators = separators;
  }

  /** The number under which its blocks are stored. */
  public long id() {
    return id;
  }

  /** How many rows it holds, each counted once whatever its weight. */
  public long rows() {
    return rows;
  }

  /** How many bytes its blocks have together. */
  public long byteCount() {
    return byteCount;
  }

  /** How many blocks it has; none at all where there was nothing to write. */
  public int blocks() {
    return separators.size();
  }

  /** The block in which the first row not before a key lies, or the one before that. */
  int blockOf(byte[] key, int from, int to) {
    int low = 0;
    int high = separators.size();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      int order =
          Arrays.compareUnsigned(
              separators.bytes(), separators.start(middle), separators.end(middle), key, from, to);
      if (order <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The run as bytes, for the manifest. */
  public byte[] toBytes() {
    int blocks = blocks();
    var out = ByteBuffer.allocate(1 + 3 * 8 + 4 + 4 * blocks + separators.end() + 4);
    out.put(VERSION).putLong(id).putLong(rows).putLong(byteCount).putInt(blocks);
    for (int i = 0; i < blocks; i++) {
      int length = separators.end(i) - separators.start(i);
      out.putInt(length).put(separators.bytes(), separators.start(i), length);
    }
    out.putInt(checksum(out.array(), out.position()));
    return out.array();
  }

  /** The run that {@link #toBytes} wrote. */
  public static Run fromBytes(byte[] bytes) {
    int end = bytes.length - Integer.BYTES;
    if (end < 0 || Block.readInt(bytes, end) != checksum(bytes, end) || bytes[0] != VERSION) {
      throw damaged(null);
    }
    var in = ByteBuffer.wrap(bytes, 1, end - 1);
    try {
      long id = in.getLong();
      long rows = in.getLong();
      long byteCount = in.getLong();
      var separators = new RowBuffer();
      for (int left = in.getInt(); left > 0; left--) {
        int length = in.getInt();
        separators.appendEncoded(bytes, in.position(), length);
        separators.endRow(1);
        in.position(in.position() + length);
      }
      return new Run(id, rows, byteCount, separators);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private static CaissonException damaged(@Nullable Exception cause) {
    return new CaissonException(
            SqlState.DATA_CORRUPTED, "the description of a view's stored run is damaged", cause)
        .withHint("The streams are not affected: drop the view and create it again to rebuild it.");
  }

  private static int checksum(byte[] bytes, int length) {
    var sum = new CRC32C();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }

  @Override
  public String toString() {
    return "run " + id + " (" + rows + " rows, " + blocks() + " blocks)";
  }
}
