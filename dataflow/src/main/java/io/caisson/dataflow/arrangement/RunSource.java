package io.caisson.dataflow.arrangement;

import java.util.Arrays;

/**
 * A stored run under a cursor: holds one block at a time and decodes one row at a time into its own
 * array. For one thread.
 */
final class RunSource extends RowSource {
  private final Run run;
  private final BlockReader reader;
  private int block = -1;
  private byte[] data = new byte[0];
  private int position;
  private int rowsEnd;
  private int restarts;

  RunSource(Run run, BlockReader reader) {
    this.run = run;
    this.reader = reader;
  }

  @Override
  boolean find(byte[] key, int from, int to, boolean forward) {
    load(run.blockOf(key, from, to));
    position = restartBefore(key, from, to);
    while (step()) {
      if (Arrays.compareUnsigned(bytes, start, end, key, from, to) >= 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  boolean step() {
    if (position == rowsEnd) {
      if (block + 1 >= run.blocks()) {
        return false;
      }
      load(block + 1);
      position = 0;
    }
    decodeRow();
    return true;
  }

  /** Adds all rows of a block to a buffer. */
  void readBlock(int number, RowBuffer out) {
    load(number);
    position = 0;
    while (position != rowsEnd) {
      decodeRow();
      out.appendEncoded(bytes, 0, end);
      out.endRow(weight);
    }
  }

  private void load(int number) {
    if (number == block) {
      return;
    }
    byte[] bytesOfBlock = reader.read(run.id(), number);
    Block.check(bytesOfBlock, run.id(), number);
    data = bytesOfBlock;
    block = number;
    int trailer = data.length - Block.TRAILER_LENGTH;
    restarts = Block.readInt(data, trailer);
    rowsEnd = trailer - Integer.BYTES * restarts;
  }

  /** The last restart whose row is before a key, else the first one. */
  private int restartBefore(byte[] key, int from, int to) {
    int low = 0;
    int high = restarts;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      position = restart(middle);
      decodeRow();
      if (Arrays.compareUnsigned(bytes, start, end, key, from, to) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return restart(low);
  }

  private int restart(int index) {
    return Block.readInt(data, rowsEnd + Integer.BYTES * index);
  }

  private void decodeRow() {
    int shared = (int) readVarint();
    int rest = (int) readVarint();
    long zigzag = readVarint();
    weight = (zigzag >>> 1) ^ -(zigzag & 1);
    end = shared + rest;
    if (bytes.length < end) {
      bytes = Arrays.copyOf(bytes, end * 2);
    }
    System.arraycopy(data, position, bytes, shared, rest);
    position += rest;
  }

  private long readVarint() {
    byte first = data[position++];
    if (first >= 0) {
      return first;
    }
    long result = first & 0x7F;
    for (int shift = 7; ; shift += 7) {
      byte next = data[position++];
      result |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return result;
      }
    }
  }
}
