package io.caisson.dataflow.arrangement;

import org.jspecify.annotations.Nullable;

/**
 * Cuts the rows of a cursor into the blocks of one run, lazily: it holds a block at a time. For one
 * thread.
 */
final class RunWriter {
  /** Size that blocks aim at; only a row that is longer itself makes a block longer. */
  static final int BLOCK_TARGET = 32 * 1024;

  private final long id;
  private final Cursor cursor;
  private final BlockBuilder builder = new BlockBuilder();
  private final RowBuffer separators = new RowBuffer();
  private boolean more;
  private boolean ended;
  private long rows;
  private long byteCount;

  RunWriter(long id, Cursor cursor) {
    this.id = id;
    this.cursor = cursor;
    this.more = cursor.first();
  }

  /** The next block, or null behind the last one. */
  byte @Nullable [] next() {
    if (!more) {
      ended = true;
      return null;
    }
    addSeparator();
    do {
      builder.add(cursor.bytes(), 0, cursor.length(), cursor.weight());
      rows++;
      more = cursor.next();
    } while (more && builder.size() + cursor.length() <= BLOCK_TARGET);
    byte[] block = builder.finish(id, separators.size() - 1);
    byteCount += block.length;
    return block;
  }

  private void addSeparator() {
    int length = 0;
    if (rows > 0) {
      length = builder.sharedWithLast(cursor.bytes(), 0, cursor.length()) + 1;
    }
    separators.appendEncoded(cursor.bytes(), 0, length);
    separators.endRow(1);
  }

  /** The run, once all blocks have been taken. */
  Run run() {
    if (!ended) {
      throw new IllegalStateException("run " + id + " has blocks that were not taken");
    }
    return new Run(id, rows, byteCount, separators);
  }
}
