package io.caisson.engine.schedule;

import io.caisson.engine.view.ViewSnapshot;
import java.util.Map;

/**
 * Views as they stood at one store version. Closing releases them.
 *
 * @param version all input up to this version is in them, and nothing after it
 * @param snapshots the views' content by view id
 */
public record FreshViews(long version, Map<Long, ViewSnapshot> snapshots) implements AutoCloseable {
  /** Copies the map. */
  public FreshViews {
    snapshots = Map.copyOf(snapshots);
  }

  @Override
  public void close() {
    snapshots.values().forEach(ViewSnapshot::close);
  }
}
