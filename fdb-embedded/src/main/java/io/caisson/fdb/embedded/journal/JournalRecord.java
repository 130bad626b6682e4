package io.caisson.fdb.embedded.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One batch of commits as it lies in the journal: written here, then appended. Big-endian.
 *
 * <pre>
 *    0  CRC-32C of all that follows, without the padding (4)
 *    4  bytes of the mutations (4)
 *    8  epoch (8)              bytes of an earlier use of the file have a lower one
 *   16  sequence number (8)    one more than the record before, in whatever file that is
 *   24  commit version (8)
 *   32  mutations, then zeros up to a multiple of 4,096
 *
 *   01 | length (4) | key   | length (4) | value      put
 *   02 | length (4) | key                             delete
 *   03 | length (4) | begin | length (4) | end        clear
 *   04 | length (4) | name  | length (4) | value      one of the engine's own notes
 * </pre>
 *
 * <p>A record has its blocks to itself, so that no later write touches a block that was synced.
 * What was written in part, or long ago, fails the sum, the epoch, or the sequence. One thread at a
 * time.
 */
public final class JournalRecord implements Mutations {
  /** Records begin at multiples of it. */
  static final int BLOCK = 4_096;

  static final int HEADER = 32;
  private static final int SUMMED_FROM = Integer.BYTES;
  private static final int SMALLEST_BUFFER = 64 << 10;
  private static final int LARGEST_KEPT_BUFFER = 4 << 20;
  private static final byte PUT = 1;
  private static final byte DELETE = 2;
  private static final byte CLEAR = 3;
  private static final byte NOTE = 4;
  private static final byte[] ZEROS = new byte[BLOCK];

  private ByteBuffer buffer = ByteBuffer.allocateDirect(SMALLEST_BUFFER);
  private long version;

  /** Begins a record, forgetting what was in this one. */
  public void begin(long commitVersion) {
    version = commitVersion;
    if (buffer.capacity() > LARGEST_KEPT_BUFFER) {
      buffer = ByteBuffer.allocateDirect(SMALLEST_BUFFER);
    }
    buffer.clear().position(HEADER);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    add(PUT, key, value);
  }

  @Override
  public void delete(byte[] key) {
    reserve(1 + Integer.BYTES + key.length);
    buffer.put(DELETE).putInt(key.length).put(key);
  }

  @Override
  public void clear(byte[] begin, byte[] end) {
    add(CLEAR, begin, end);
  }

  @Override
  public void note(byte[] name, byte[] value) {
    add(NOTE, name, value);
  }

  private void add(byte kind, byte[] first, byte[] second) {
    reserve(1 + 2 * Integer.BYTES + first.length + second.length);
    buffer.put(kind).putInt(first.length).put(first).putInt(second.length).put(second);
  }

  private void reserve(int bytes) {
    int needed = Math.addExact(buffer.position(), bytes);
    if (needed > buffer.capacity()) {
      int doubled = (int) Math.min(Integer.MAX_VALUE - BLOCK, 2L * buffer.capacity());
      buffer = ByteBuffer.allocateDirect(Math.max(needed, doubled)).put(buffer.flip());
    }
  }

  /** The record as it is to be written, padded to whole blocks. */
  ByteBuffer seal(JournalPosition position) {
    int end = buffer.position();
    int padding = -end & (BLOCK - 1);
    reserve(padding);
    buffer.put(ZEROS, 0, padding);
    buffer.putInt(4, end - HEADER);
    buffer.putLong(8, position.epoch());
    buffer.putLong(16, position.sequence());
    buffer.putLong(24, version);
    buffer.putInt(0, sum(buffer.duplicate().limit(end).position(SUMMED_FROM)));
    return buffer.duplicate().flip();
  }

  static int sum(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return (int) sum.getValue();
  }

  /**
   * Looks at the header of what may be a record.
   *
   * @return bytes of the record without its padding, or -1 if this is not the record of the
   *     position
   */
  static int lengthAt(ByteBuffer header, JournalPosition position) {
    int length = header.getInt(4);
    boolean expected =
        length >= 0
            && length <= Integer.MAX_VALUE - HEADER - BLOCK
            && header.getLong(8) == position.epoch()
            && header.getLong(16) == position.sequence();
    return expected ? HEADER + length : -1;
  }

  /** Whether a record that was read without its padding is as it was written. */
  static boolean isWhole(ByteBuffer record) {
    return record.getInt(0) == sum(record.duplicate().position(SUMMED_FROM));
  }

  /**
   * Does again what a record says.
   *
   * @param record a whole record without its padding
   */
  public static void replay(ByteBuffer record, Mutations target) {
    ByteBuffer bytes = record.duplicate().position(HEADER);
    while (bytes.hasRemaining()) {
      byte kind = bytes.get();
      byte[] first = take(bytes);
      switch (kind) {
        case PUT -> target.put(first, take(bytes));
        case DELETE -> target.delete(first);
        case CLEAR -> target.clear(first, take(bytes));
        case NOTE -> target.note(first, take(bytes));
        default -> throw new IllegalArgumentException("No kind of mutation: " + kind);
      }
    }
  }

  private static byte[] take(ByteBuffer bytes) {
    byte[] taken = new byte[bytes.getInt()];
    bytes.get(taken);
    return taken;
  }
}
