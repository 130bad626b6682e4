package io.caisson.model.codec;

import io.caisson.column.BytesColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of a part of a column, in order of first appearance, and for each row the
 * number of its value. Immutable.
 *
 * @param firstRows for each distinct value a row that has it
 * @param count how many distinct values
 * @param codes for each row the number of its value
 */
record ByteDictionary(int[] firstRows, int count, long[] codes) {
  /** After so many rows a column of mostly distinct values is given up. */
  private static final int TRIAL_ROWS = 256;

  /** The dictionary, or null where values repeat too little to be worth one. */
  static @Nullable ByteDictionary tryBuild(BytesColumn column, int from, int rows) {
    int most = rows / 2;
    int[] slots = new int[Integer.highestOneBit(Math.max(16, most * 2)) * 2];
    int[] hashes = new int[most + 1];
    int[] firstRows = new int[most + 1];
    long[] codes = new long[rows];
    int mask = slots.length - 1;
    int distinct = 0;
    for (int i = 0; i < rows; i++) {
      int row = from + i;
      int hash = hash(column, row);
      int slot = hash & mask;
      int code;
      while ((code = slots[slot] - 1) >= 0
          && !(hashes[code] == hash && same(column, firstRows[code], row))) {
        slot = (slot + 1) & mask;
      }
      if (code < 0) {
        if (distinct == most || (i >= TRIAL_ROWS && distinct > i / 4 * 3)) {
          return null;
        }
        code = distinct++;
        hashes[code] = hash;
        firstRows[code] = row;
        slots[slot] = code + 1;
      }
      codes[i] = code;
    }
    return new ByteDictionary(firstRows, distinct, codes);
  }

  private static boolean same(BytesColumn column, int left, int right) {
    int[] offsets = column.offsets();
    byte[] bytes = column.bytes();
    return Arrays.equals(
        bytes, offsets[left], offsets[left + 1], bytes, offsets[right], offsets[right + 1]);
  }

  private static int hash(BytesColumn column, int row) {
    byte[] bytes = column.bytes();
    int end = column.offsets()[row + 1];
    int index = column.start(row);
    long hash = (long) end - index;
    for (; index + Long.BYTES <= end; index += Long.BYTES) {
      hash = (hash ^ LittleEndian.getLong(bytes, index)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    for (; index < end; index++) {
      hash = (hash ^ bytes[index]) * 0x9E3779B97F4A7C15L;
    }
    hash ^= hash >>> 29;
    return (int) (hash ^ (hash >>> 32));
  }
}
