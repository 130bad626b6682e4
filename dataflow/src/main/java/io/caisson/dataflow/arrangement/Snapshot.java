package io.caisson.dataflow.arrangement;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An arrangement as it was at one moment. Steps, checkpoints and merges go on beside it and do not
 * change it; the runs it reads are not given up for deletion before it is closed. Immutable and
 * thread-safe; each thread takes a cursor of its own.
 */
public final class Snapshot implements AutoCloseable {
  private final Arrangement arrangement;
  private final List<SortedRows> layers;
  private final List<Run> runs;
  private final BlockReader reader;
  private final AtomicBoolean closed = new AtomicBoolean();

  Snapshot(Arrangement arrangement, List<SortedRows> layers, List<Run> runs, BlockReader reader) {
    this.arrangement = arrangement;
    this.layers = layers;
    this.runs = runs;
    this.reader = reader;
  }

  /** A cursor that stands nowhere yet. */
  public Cursor cursor() {
    var sources = new ArrayList<RowSource>(layers.size() + runs.size());
    for (SortedRows layer : layers) {
      sources.add(new LayerSource(layer));
    }
    for (Run run : runs) {
      sources.add(new RunSource(run, reader));
    }
    return new Cursor(sources);
  }

  /** A cursor that goes backwards and stands nowhere yet. */
  public BackwardCursor backwardCursor() {
    return new BackwardCursor(layers, runs, reader);
  }

  /** How many rows there are at most: rows that cancel each other are still counted. */
  public long rowsAtMost() {
    long rows = 0;
    for (SortedRows layer : layers) {
      rows += layer.size();
    }
    for (Run run : runs) {
      rows += run.rows();
    }
    return rows;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      arrangement.release(runs);
    }
  }
}
