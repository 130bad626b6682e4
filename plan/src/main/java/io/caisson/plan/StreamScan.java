package io.caisson.plan;

import io.caisson.catalog.StreamDefinition;
import java.util.List;

/**
 * All rows of a stream.
 *
 * @param stream the stream
 */
public record StreamScan(StreamDefinition stream) implements Plan {
  @Override
  public List<Field> fields() {
    return stream.columns().stream().map(c -> new Field(c.name(), c.type())).toList();
  }

  @Override
  public List<Plan> inputs() {
    return List.of();
  }

  @Override
  public boolean appendOnly() {
    return true;
  }

  /** What matters to whoever reads the stream: not its name, nor how long it keeps rows. */
  @Override
  public String toString() {
    return "StreamScan[id="
        + stream.id()
        + ", fields="
        + fields()
        + ", watermark="
        + stream.watermark()
        + ", shards="
        + stream.shards()
        + (stream.idleMicros().isPresent() ? ", idle=" + stream.idleMicros().getAsLong() : "")
        + "]";
  }
}
