package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.KeyedRowCodec;
import io.caisson.dataflow.arrangement.SortedRows;
import java.util.Arrays;

/** Walks over sorted rows key by key. For one thread. */
final class KeyGroups {
  private final SortedRows rows;
  private final KeyedRowCodec codec;
  private int first;
  private int end;
  private int keyEnd;

  KeyGroups(SortedRows rows, KeyedRowCodec codec) {
    this.rows = rows;
    this.codec = codec;
  }

  /** Goes to the next key; false behind the last one. */
  boolean next() {
    first = end;
    if (first == rows.size()) {
      return false;
    }
    byte[] bytes = rows.bytes();
    int start = rows.start(first);
    keyEnd = codec.keyEnd(bytes, start);
    int length = keyEnd - start;
    end = first + 1;
    while (end < rows.size()
        && rows.end(end) - rows.start(end) >= length
        && Arrays.equals(bytes, start, keyEnd, bytes, rows.start(end), rows.start(end) + length)) {
      end++;
    }
    return true;
  }

  /** The key's first row. */
  int first() {
    return first;
  }

  /** Behind the key's last row. */
  int end() {
    return end;
  }

  /** Where the key begins in the rows' bytes. */
  int start() {
    return rows.start(first);
  }

  /** Where the key ends. */
  int keyEnd() {
    return keyEnd;
  }
}
