package io.caisson.engine.view;

import io.caisson.catalog.StreamDefinition;
import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.watermark.WatermarkTracker;
import io.caisson.model.stream.LogBlock;
import java.util.List;

/** What a view reads: a log of changes, and what is known of it. For the maintenance thread. */
sealed interface ViewInput permits StreamInput, TableInput {
  /** Where its changes are logged. */
  StreamDefinition log();

  /** A block of the log as a change. */
  Batch batch(LogBlock block);

  /** How far its event time has come; {@link WatermarkTracker#NONE} where it has none. */
  default long watermark() {
    return WatermarkTracker.NONE;
  }

  /** What it knows of event time; nothing where there is none. */
  default List<Long> state() {
    return List.of();
  }

  /**
   * Takes up the state of all inputs, one after the other.
   *
   * @param from where this input's begins
   * @return where the next one's begins
   */
  default int restore(List<Long> states, int from) {
    return from;
  }
}
