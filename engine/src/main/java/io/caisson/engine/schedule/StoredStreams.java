package io.caisson.engine.schedule;

import io.caisson.catalog.StreamDefinition;
import io.caisson.engine.view.StreamSlice;
import io.caisson.model.stream.LogBlock;
import io.caisson.model.stream.LogPage;
import io.caisson.model.stream.LogPosition;
import io.caisson.model.stream.LogReader;
import io.caisson.model.transaction.TransactionRunner;
import java.util.ArrayList;

/** Reads streams from the store, each slice in transactions of its own. Thread-safe. */
public final class StoredStreams implements StreamSource {
  /**
   * How many bytes of blocks a step takes in at most: large enough to be fast, small enough to keep
   * readers waiting little.
   */
  private static final int STEP_BYTES = 2 << 20;

  private final LogReader reader;
  private final TransactionRunner runner;

  /** The streams of a database. */
  public StoredStreams(LogReader reader, TransactionRunner runner) {
    this.reader = reader;
    this.runner = runner;
  }

  @Override
  public long readVersion() {
    return runner.read(transaction -> transaction.getReadVersion().join());
  }

  @Override
  public StreamSlice read(StreamDefinition stream, long after, long through) {
    var blocks = new ArrayList<StreamSlice.Block>();
    LogPosition position = LogPosition.endOf(after);
    while (true) {
      LogPosition from = position;
      LogPage page =
          runner.read(
              transaction ->
                  reader.read(transaction.snapshot(), stream, from, through, STEP_BYTES));
      for (LogBlock block : page.blocks()) {
        blocks.add(new StreamSlice.Block(block.version(), block.shard(), block.columns()));
      }
      position = page.position();
      if (position.endsVersion()) {
        return new StreamSlice(blocks, page.throughVersion());
      }
    }
  }
}
