package io.caisson.engine.schedule;

import io.caisson.catalog.StreamDefinition;
import io.caisson.engine.view.StreamSlice;

/** Where maintenance reads streams from. For the maintenance thread. */
public interface StreamSource {
  /** A store version that all commits acknowledged before the call are within. */
  long readVersion();

  /**
   * Reads what a stream gained after one version up to another, or less where that is much; at
   * least one version's worth.
   *
   * @param stream the stream
   * @param after the version up to which it was read before
   * @param through the version to read to
   */
  StreamSlice read(StreamDefinition stream, long after, long through);
}
