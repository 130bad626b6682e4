package io.caisson.engine.view;

import io.caisson.column.Columns;
import java.util.List;

/**
 * What a stream gained between two store versions, in the stream's total order.
 *
 * @param blocks its blocks
 * @param through up to which store version the slice is complete
 */
public record StreamSlice(List<Block> blocks, long through) {
  /** Copies the list. */
  public StreamSlice {
    blocks = List.copyOf(blocks);
  }

  /**
   * Rows that were appended together.
   *
   * @param version the store version that committed them
   * @param shard the shard they went to
   * @param rows the rows
   */
  public record Block(long version, int shard, Columns rows) {}

  /** The part up to an earlier version. */
  public StreamSlice upTo(long version) {
    return version >= through
        ? this
        : new StreamSlice(
            blocks.stream().filter(block -> block.version() <= version).toList(), version);
  }
}
