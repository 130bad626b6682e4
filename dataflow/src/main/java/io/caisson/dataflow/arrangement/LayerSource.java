package io.caisson.dataflow.arrangement;

import java.util.Arrays;

/** A layer in memory under a cursor. For one thread. */
final class LayerSource extends RowSource {
  private final SortedRows rows;
  private int row;

  LayerSource(SortedRows rows) {
    this.rows = rows;
    this.row = -1;
    bytes = rows.bytes();
  }

  @Override
  boolean seek(byte[] key, int from, int to) {
    boolean ahead =
        row >= 0
            && row < rows.size()
            && Arrays.compareUnsigned(bytes, rows.start(row), rows.end(row), key, from, to) < 0;
    row = rows.lowerBound(key, from, to, ahead ? row : 0);
    return load();
  }

  @Override
  boolean advance() {
    row++;
    return load();
  }

  private boolean load() {
    if (row >= rows.size()) {
      return false;
    }
    start = rows.start(row);
    end = rows.end(row);
    weight = rows.weight(row);
    return true;
  }
}
