package io.caisson.dataflow.arrangement;

/** A layer in memory under a cursor. For one thread. */
final class LayerSource extends RowSource {
  private final SortedRows rows;
  private int row;

  LayerSource(SortedRows rows) {
    this.rows = rows;
    bytes = rows.bytes();
  }

  @Override
  boolean find(byte[] key, int from, int to, boolean forward) {
    row = rows.lowerBound(key, from, to, forward ? row + 1 : 0);
    return load();
  }

  @Override
  boolean step() {
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
