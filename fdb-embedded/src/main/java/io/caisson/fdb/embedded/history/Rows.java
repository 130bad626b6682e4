package io.caisson.fdb.embedded.history;

import java.util.Arrays;

/** A page of keys and values in scan order. Not thread-safe. */
public final class Rows {
  private byte[][] keys;
  private byte[][] values;
  private int size;
  private long bytes;

  /** Creates an empty page with room for some rows. */
  public Rows(int capacity) {
    keys = new byte[Math.max(capacity, 8)][];
    values = new byte[keys.length][];
  }

  /** Appends a row. */
  public void add(byte[] key, byte[] value) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    keys[size] = key;
    values[size++] = value;
    bytes += key.length + value.length;
  }

  /** Appends all rows of another page. */
  public void addAll(Rows other) {
    for (int i = 0; i < other.size; i++) {
      add(other.keys[i], other.values[i]);
    }
  }

  /** How many rows there are. */
  public int size() {
    return size;
  }

  /** Bytes of all keys and values. */
  public long bytes() {
    return bytes;
  }

  /** Bytes of the key and the value of a row. */
  public int bytes(int index) {
    return keys[index].length + values[index].length;
  }

  /** The key of a row. */
  public byte[] key(int index) {
    return keys[index];
  }

  /** The value of a row. */
  public byte[] value(int index) {
    return values[index];
  }

  /** The first rows of this page. */
  public Rows first(int count) {
    Rows first = new Rows(count);
    for (int i = 0; i < count; i++) {
      first.add(keys[i], values[i]);
    }
    return first;
  }
}
