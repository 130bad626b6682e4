package io.caisson.model.stream;

import io.caisson.column.Columns;
import io.caisson.model.codec.Block;

/**
 * A block of a stream with its place. Immutable.
 *
 * @param position its place in the stream's order
 * @param shard the shard it lies in
 * @param block the rows, decoded when asked for
 */
public record LogBlock(LogPosition position, int shard, Block block) {
  /** The version of the commit that appended it. */
  public long version() {
    return position.version();
  }

  /** How many rows. */
  public int rows() {
    return block.rows();
  }

  /** The rows, decoded anew by every call. */
  public Columns columns() {
    return block.columns();
  }
}
