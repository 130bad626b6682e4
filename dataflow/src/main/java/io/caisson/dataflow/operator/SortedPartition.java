package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a partition in their order, a row of weight n being n rows, each encoded with all its
 * columns. For the thread that steps.
 */
final class SortedPartition {
  private final List<SqlType> types;
  private final RowBuffer rows = new RowBuffer();

  /** For each row its first peer, that is, the first row with the same order. */
  private int[] firstPeer = new int[16];

  private byte[] lastOrder = new byte[0];
  private final RowReader reader = new RowReader();

  SortedPartition(List<SqlType> types) {
    this.types = types;
  }

  /** Adds the next row. */
  void add(byte[] bytes, int orderStart, int rowStart, int rowEnd) {
    int row = rows.size();
    boolean peer =
        row > 0 && Arrays.equals(bytes, orderStart, rowStart, lastOrder, 0, lastOrder.length);
    if (!peer) {
      lastOrder = Arrays.copyOfRange(bytes, orderStart, rowStart);
    }
    if (row == firstPeer.length) {
      firstPeer = Arrays.copyOf(firstPeer, row * 2);
    }
    firstPeer[row] = peer ? firstPeer[row - 1] : row;
    rows.appendEncoded(bytes, rowStart, rowEnd - rowStart);
    rows.endRow(1);
  }

  int size() {
    return rows.size();
  }

  int firstPeer(int row) {
    return firstPeer[row];
  }

  /** Behind the last row of the same order. */
  int behindPeers(int row) {
    int behind = row + 1;
    while (behind < rows.size() && firstPeer[behind] == firstPeer[row]) {
      behind++;
    }
    return behind;
  }

  byte[] bytes() {
    return rows.bytes();
  }

  int start(int row) {
    return rows.start(row);
  }

  int end(int row) {
    return rows.end(row);
  }

  /** What is passed over to get to a column. */
  RowCodec before(int column) {
    return RowCodec.ofColumns(types, IntStream.range(0, column).boxed().toList());
  }

  /** Points a reader at a column of a row. */
  RowReader value(int row, RowCodec before) {
    reader.reset(rows.bytes(), rows.start(row));
    before.pass(reader);
    return reader;
  }
}
