package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers the groups that a step touches, from 0 in the order of their first row: an
 * open-addressing table over the encoded keys. It lives for a step; what outlives the step is the
 * arrangement's. For one thread.
 */
final class GroupTable {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int FIRST_SLOTS = 64;
  private static final int LARGE = 1 << 16;

  private final RowCodec codec;
  private final RowBuffer keys = new RowBuffer();
  private final RowReader reader = new RowReader();

  /** Number of the group, from 1, or 0 where a slot is free. */
  private int[] slots = new int[FIRST_SLOTS];

  private int[] hashes = new int[FIRST_SLOTS];

  GroupTable(RowCodec codec) {
    this.codec = codec;
  }

  /** How many groups were touched. */
  int size() {
    return keys.size();
  }

  /** The encoded keys, in the order of the groups' numbers. */
  RowBuffer keys() {
    return keys;
  }

  /** Finds the group of each row. */
  void assign(Columns rows, int[] groups) {
    Column[] columns = codec.columnsOf(rows);
    for (int row = 0; row < rows.size(); row++) {
      codec.encode(columns, row, keys);
      groups[row] = group();
    }
  }

  /** Where the key ends that a row begins with. */
  int keyEnd(byte[] row, int start) {
    reader.reset(row, start);
    codec.pass(reader);
    return reader.position();
  }

  /** The number of a group that was touched, by its encoded key. */
  int find(byte[] bytes, int start, int end) {
    int hash = hash(bytes, start, end);
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int group = slots[slot] - 1;
      if (hashes[slot] == hash
          && Arrays.equals(keys.bytes(), keys.start(group), keys.end(group), bytes, start, end)) {
        return group;
      }
      slot = (slot + 1) & mask;
    }
    throw new IllegalStateException("a group that the step has not touched");
  }

  /** Touches the only group there is without group columns. */
  void touchOnlyGroup() {
    group();
  }

  /** The number of the group whose key was just written to the buffer. */
  private int group() {
    byte[] bytes = keys.bytes();
    int start = keys.start(keys.size());
    int end = keys.end();
    int hash = hash(bytes, start, end);
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int group = slots[slot] - 1;
      if (hashes[slot] == hash
          && Arrays.equals(bytes, keys.start(group), keys.end(group), bytes, start, end)) {
        keys.dropRow();
        return group;
      }
      slot = (slot + 1) & mask;
    }
    keys.endRow(1);
    slots[slot] = keys.size();
    hashes[slot] = hash;
    if (keys.size() * 2 > slots.length) {
      grow();
    }
    return keys.size() - 1;
  }

  private void grow() {
    int[] oldSlots = slots;
    int[] oldHashes = hashes;
    slots = new int[oldSlots.length * 2];
    hashes = new int[oldSlots.length * 2];
    int mask = slots.length - 1;
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != 0) {
        int slot = oldHashes[i] & mask;
        while (slots[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        slots[slot] = oldSlots[i];
        hashes[slot] = oldHashes[i];
      }
    }
  }

  private static int hash(byte[] bytes, int start, int end) {
    long hash = (long) end - start;
    int at = start;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONG.get(bytes, at));
    }
    long tail = 0;
    for (; at < end; at++) {
      tail = tail << 8 | (bytes[at] & 0xFF);
    }
    hash = mix(hash ^ tail);
    return (int) (hash ^ hash >>> 32);
  }

  private static long mix(long value) {
    long product = value * MULTIPLIER;
    return product ^ product >>> 29;
  }

  /** Forgets all groups. */
  void clear() {
    if (slots.length > LARGE) {
      slots = new int[FIRST_SLOTS];
      hashes = new int[FIRST_SLOTS];
    } else {
      Arrays.fill(slots, 0);
    }
    keys.clear();
  }

  long memoryBytes() {
    return keys.memoryBytes() + 8L * slots.length;
  }
}
