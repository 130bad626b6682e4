package io.caisson.dataflow.arrangement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the rows of a {@link Snapshot} in descending order, each once with the sum of its
 * weights over all layers and runs; rows whose weights sum to zero are passed over. It is meant for
 * a few steps back from a place: blocks of runs are decoded whole. For one thread; valid until the
 * snapshot is closed.
 */
public final class BackwardCursor {
  private final List<Source> sources = new ArrayList<>();
  private byte[] row = new byte[0];
  private long weight;

  BackwardCursor(List<SortedRows> layers, List<Run> runs, BlockReader reader) {
    layers.forEach(layer -> sources.add(new Layer(layer)));
    runs.forEach(run -> sources.add(new Blocks(run, reader)));
  }

  /** Goes to the last row before a key; false where there is none. */
  public boolean seekBefore(byte[] key, int from, int to) {
    sources.forEach(source -> source.seekBefore(key, from, to));
    return previous();
  }

  /** Goes to the row before; false in front of the first one. */
  public boolean previous() {
    while (true) {
      Source last = last();
      if (last == null) {
        return false;
      }
      row = last.row();
      weight = 0;
      for (Source source : sources) {
        if (source.present() && source.isAt(row)) {
          weight += source.weight();
          source.retreat();
        }
      }
      if (weight != 0) {
        return true;
      }
    }
  }

  private @Nullable Source last() {
    Source last = null;
    for (Source source : sources) {
      if (source.present() && (last == null || source.isBehind(last))) {
        last = source;
      }
    }
    return last;
  }

  /** The current row, in an array of its own. Not to be changed. */
  public byte[] row() {
    return row;
  }

  /** The weight of the current row, never zero. */
  public long weight() {
    return weight;
  }

  /** A layer or a run, which stands at one of its rows or in front of the first. */
  private abstract static class Source {
    byte[] bytes = new byte[0];
    int start;
    int end;

    abstract void seekBefore(byte[] key, int from, int to);

    abstract void retreat();

    abstract boolean present();

    abstract long weight();

    byte[] row() {
      return Arrays.copyOfRange(bytes, start, end);
    }

    boolean isAt(byte[] row) {
      return Arrays.equals(bytes, start, end, row, 0, row.length);
    }

    boolean isBehind(Source other) {
      return Arrays.compareUnsigned(bytes, start, end, other.bytes, other.start, other.end) > 0;
    }
  }

  private static final class Layer extends Source {
    private final SortedRows rows;
    private int at;

    Layer(SortedRows rows) {
      this.rows = rows;
      bytes = rows.bytes();
    }

    @Override
    void seekBefore(byte[] key, int from, int to) {
      go(rows.lowerBound(key, from, to, 0) - 1);
    }

    @Override
    void retreat() {
      go(at - 1);
    }

    private void go(int place) {
      at = place;
      if (present()) {
        start = rows.start(at);
        end = rows.end(at);
      }
    }

    @Override
    boolean present() {
      return at >= 0;
    }

    @Override
    long weight() {
      return rows.weight(at);
    }
  }

  private static final class Blocks extends Source {
    private final Run run;
    private final RunSource source;
    private final RowBuffer rows = new RowBuffer();
    private int block = -1;
    private int at = -1;

    Blocks(Run run, BlockReader reader) {
      this.run = run;
      source = new RunSource(run, reader);
    }

    @Override
    void seekBefore(byte[] key, int from, int to) {
      load(run.blockOf(key, from, to));
      int low = 0;
      int high = rows.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        boolean before =
            Arrays.compareUnsigned(
                    rows.bytes(), rows.start(middle), rows.end(middle), key, from, to)
                < 0;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
      }
      at = low;
      retreat();
    }

    @Override
    void retreat() {
      at--;
      while (at < 0 && block > 0) {
        load(block - 1);
        at = rows.size() - 1;
      }
      if (present()) {
        start = rows.start(at);
        end = rows.end(at);
      }
    }

    private void load(int number) {
      if (number != block) {
        rows.clear();
        source.readBlock(number, rows);
        block = number;
        bytes = rows.bytes();
      }
    }

    @Override
    boolean present() {
      return at >= 0;
    }

    @Override
    long weight() {
      return rows.weight(at);
    }
  }
}
