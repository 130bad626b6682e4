package io.caisson.engine.view;

import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.WatermarkDefinition;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.watermark.WatermarkTracker;
import io.caisson.model.stream.LogBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream that a view reads, and how far its event time has come. For the maintenance thread. */
final class StreamInput implements ViewInput {
  private final StreamDefinition stream;
  private final VersionTimes versions;
  private final @Nullable WatermarkTracker watermark;

  StreamInput(StreamDefinition stream, VersionTimes versions) {
    this.stream = stream;
    this.versions = versions;
    WatermarkDefinition time = stream.watermark();
    watermark =
        time == null
            ? null
            : new WatermarkTracker(
                stream.shards(),
                time.delayMicros(),
                stream.shards() == 1
                    ? WatermarkTracker.NEVER
                    : stream.idleMicros().orElse(WatermarkTracker.NEVER));
  }

  @Override
  public StreamDefinition log() {
    return stream;
  }

  /** A block as a change, each row with the watermark before it. */
  @Override
  public Batch batch(LogBlock block) {
    Columns rows = block.columns();
    WatermarkDefinition time = stream.watermark();
    if (watermark == null || time == null) {
      return Batch.insertsOf(rows);
    }
    var times = (LongColumn) rows.column(time.column());
    return new Batch(
        rows,
        null,
        watermark.knowsIdleness()
            ? byAppends(block, times, watermark)
            : watermark.advance(block.shard(), times));
  }

  /** Appends that lie in one block may have come at different times. */
  private long[] byAppends(LogBlock block, LongColumn times, WatermarkTracker tracker) {
    long[] before = new long[times.size()];
    for (int append = 0; append < block.appends(); append++) {
      tracker.advance(
          block.shard(),
          times,
          block.start(append),
          block.start(append + 1),
          versions.timeOf(block.position(append).version()),
          before);
    }
    return before;
  }

  @Override
  public long watermark() {
    return watermark == null ? WatermarkTracker.NONE : watermark.watermark();
  }

  @Override
  public List<Long> state() {
    var state = new ArrayList<Long>();
    if (watermark != null) {
      for (long value : watermark.state()) {
        state.add(value);
      }
    }
    return state;
  }

  @Override
  public int restore(List<Long> states, int from) {
    if (watermark == null) {
      return from;
    }
    int to = from + watermark.state().length;
    watermark.restore(states.subList(from, to).stream().mapToLong(Long::longValue).toArray());
    return to;
  }
}
