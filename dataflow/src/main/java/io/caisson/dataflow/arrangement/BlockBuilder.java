package io.caisson.dataflow.arrangement;

import java.util.Arrays;

/**
 * Writes the rows of one block after the other in the form that {@link Block} draws. For one
 * thread.
 */
final class BlockBuilder {
  private static final int LONGEST_NUMBERS = 5 + 5 + 10;

  private byte[] bytes = new byte[1 << 12];
  private int end;
  private int[] restarts = new int[64];
  private int restartCount;
  private int rows;
  private byte[] last = new byte[64];
  private int lastLength;

  /** How many rows the block has so far. */
  int rows() {
    return rows;
  }

  /** How many bytes the block would have. */
  int size() {
    return end + Integer.BYTES * restartCount + Block.TRAILER_LENGTH;
  }

  /** How many leading bytes a row has in common with the row added last, also of the last block. */
  int sharedWithLast(byte[] source, int start, int length) {
    int common = Arrays.mismatch(last, 0, lastLength, source, start, start + length);
    return common < 0 ? lastLength : common;
  }

  /** Adds a row behind all others. */
  void add(byte[] source, int start, int length, long weight) {
    int shared = 0;
    if (rows % Block.RESTART_INTERVAL == 0) {
      if (restartCount == restarts.length) {
        restarts = Arrays.copyOf(restarts, restartCount * 2);
      }
      restarts[restartCount++] = end;
    } else {
      shared = sharedWithLast(source, start, length);
    }
    ensure(LONGEST_NUMBERS + length - shared);
    writeVarint(shared);
    writeVarint(length - shared);
    writeVarint((weight << 1) ^ (weight >> 63));
    System.arraycopy(source, start + shared, bytes, end, length - shared);
    end += length - shared;
    if (last.length < length) {
      last = new byte[length * 2];
    }
    System.arraycopy(source, start, last, 0, length);
    lastLength = length;
    rows++;
  }

  /** The finished block; the builder starts the next one. */
  byte[] finish(long run, int block) {
    byte[] result = Arrays.copyOf(bytes, size());
    int at = end;
    for (int i = 0; i < restartCount; i++) {
      Block.writeInt(result, at, restarts[i]);
      at += Integer.BYTES;
    }
    Block.writeInt(result, at, restartCount);
    result[at + Integer.BYTES] = Block.VERSION;
    at += Integer.BYTES + 1;
    Block.writeInt(result, at, Block.checksum(result, at, run, block));
    end = 0;
    restartCount = 0;
    rows = 0;
    return result;
  }

  private void writeVarint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[end++] = (byte) rest;
  }

  private void ensure(int more) {
    if (end + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end + more, bytes.length * 2));
    }
  }
}
