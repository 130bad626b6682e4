package io.caisson.dataflow.arrangement;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The layout of a block of a run, and the check of its sum. A block is sorted rows, each given by
 * what differs from the one before; every {@value #RESTART_INTERVAL}th row is whole, so that a
 * search need not start at the begin:
 *
 * <pre>
 *  ┌──────────────────────────────────────────┬──────────────┬──────────┬─────────┬────────┐
 *  │ row  row  row …                          │ restart …    │ restarts │ version │ CRC32C │
 *  │ shared, rest length, weight, rest        │ u32 each     │ u32      │ u8      │ u32    │
 *  │ (varint) (varint) (zigzag varint) (bytes)│              │          │         │        │
 *  └──────────────────────────────────────────┴──────────────┴──────────┴─────────┴────────┘
 * </pre>
 *
 * The sum covers everything before it, the run's id and the block's number, so that a block in the
 * wrong place is found out too. Numbers are big-endian.
 */
final class Block {
  static final int RESTART_INTERVAL = 16;
  static final byte VERSION = 1;
  static final int TRAILER_LENGTH = 4 + 1 + 4;

  private static final VarHandle BIG_ENDIAN_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Block() {}

  static int readInt(byte[] bytes, int position) {
    return (int) BIG_ENDIAN_INT.get(bytes, position);
  }

  static void writeInt(byte[] bytes, int position, int value) {
    BIG_ENDIAN_INT.set(bytes, position, value);
  }

  /** The sum that belongs into the last four bytes. */
  static int checksum(byte[] bytes, int length, long run, int block) {
    var sum = new CRC32C();
    byte[] place = ByteBuffer.allocate(12).putLong(run).putInt(block).array();
    sum.update(place, 0, place.length);
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }

  /** Refuses a block that is not what was written there. */
  static void check(byte[] bytes, long run, int block) {
    int end = bytes.length - Integer.BYTES;
    if (bytes.length < TRAILER_LENGTH || readInt(bytes, end) != checksum(bytes, end, run, block)) {
      throw new CaissonException(
              SqlState.DATA_CORRUPTED,
              "block " + block + " of run " + run + " is damaged: its checksum does not match")
          .withHint(
              "The streams are not affected: drop the view and create it again to rebuild it.");
    }
    if (bytes[end - 1] != VERSION) {
      throw new CaissonException(
          SqlState.DATA_CORRUPTED,
          "block " + block + " of run " + run + " has the unknown format " + bytes[end - 1]);
    }
  }
}
