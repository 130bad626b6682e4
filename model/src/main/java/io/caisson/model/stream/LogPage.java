package io.caisson.model.stream;

import java.util.List;

/**
 * A piece of a stream: all rows of all its shards behind one position up to another, in order.
 * Immutable.
 *
 * @param blocks the rows
 * @param position up to where the piece is complete; the next one begins behind it. It ends a
 *     version, unless that version alone is more than was asked for at once.
 * @param removedThrough the last position that retention has removed: a reader that had come less
 *     far has missed rows
 */
public record LogPage(List<LogBlock> blocks, LogPosition position, LogPosition removedThrough) {
  /** Copies the list. */
  public LogPage {
    blocks = List.copyOf(blocks);
  }

  /** Up to which version, inclusive, nothing is missing. */
  public long throughVersion() {
    return position.endsVersion() ? position.version() : position.version() - 1;
  }

  /** How many rows. */
  public long rows() {
    return blocks.stream().mapToLong(LogBlock::rows).sum();
  }
}
