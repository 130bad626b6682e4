package io.caisson.engine.view;

import io.caisson.model.stream.LogBlock;
import java.util.List;
import java.util.Optional;

/**
 * What a stream gained between two store versions, in the stream's total order.
 *
 * @param blocks its rows
 * @param through up to which store version the slice is complete
 */
public record StreamSlice(List<LogBlock> blocks, long through) {
  /** Copies the list. */
  public StreamSlice {
    blocks = List.copyOf(blocks);
  }

  /** The part up to an earlier version. */
  public StreamSlice upTo(long version) {
    return version >= through
        ? this
        : new StreamSlice(
            blocks.stream().map(block -> block.upTo(version)).flatMap(Optional::stream).toList(),
            version);
  }
}
