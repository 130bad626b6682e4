package io.caisson.engine.schedule;

import io.caisson.catalog.StreamDefinition;
import io.caisson.engine.view.StreamSlice;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.stream.LogBlock;
import io.caisson.model.stream.LogPage;
import io.caisson.model.stream.LogPosition;
import io.caisson.model.stream.LogReader;
import io.caisson.model.transaction.TransactionRunner;
import java.util.ArrayList;

/** Reads streams from the store, each slice in transactions of its own. Thread-safe. */
public final class StoredStreams {
  private final LogReader reader;
  private final TransactionRunner runner;
  private final int stepBytes;

  /**
   * The streams of a database.
   *
   * @param stepBytes how many bytes of blocks a step takes in, about
   */
  public StoredStreams(LogReader reader, TransactionRunner runner, int stepBytes) {
    this.reader = reader;
    this.runner = runner;
    this.stepBytes = stepBytes;
  }

  /**
   * Reads what a stream gained after one version up to another, or less where that is much; at
   * least one version's worth.
   *
   * @param stream the stream
   * @param after the version up to which it was read before
   * @param through the version to read to
   */
  public StreamSlice read(StreamDefinition stream, long after, long through) {
    var blocks = new ArrayList<LogBlock>();
    LogPosition position = LogPosition.endOf(after);
    while (true) {
      LogPage page = page(stream, position, through);
      blocks.addAll(page.blocks());
      position = page.position();
      if (position.endsVersion()) {
        return new StreamSlice(blocks, page.throughVersion());
      }
    }
  }

  /**
   * Reads a piece of a stream, about as much as a step takes in.
   *
   * @param stream the stream
   * @param after the position up to which it was read before; {@link LogPosition#START} for none
   * @param through the version to read to
   * @throws CaissonException 40001 where rows behind the position have been removed meanwhile
   */
  public LogPage page(StreamDefinition stream, LogPosition after, long through) {
    LogPage page =
        runner.read(
            transaction -> reader.read(transaction.snapshot(), stream, after, through, stepBytes));
    if (after.version() > 0 && page.removedThrough().compareTo(after) > 0) {
      throw new CaissonException(
              SqlState.SERIALIZATION_FAILURE,
              "retention removed rows of stream \"" + stream.name() + "\" while it was read")
          .withHint("Run the statement again: it will see the rows that are kept.");
    }
    return page;
  }
}
