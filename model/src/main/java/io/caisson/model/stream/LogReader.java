package io.caisson.model.stream;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import io.caisson.catalog.StreamDefinition;
import io.caisson.error.CaissonException;
import io.caisson.model.codec.Block;
import io.caisson.model.codec.Corruption;
import io.caisson.model.keyspace.DatabaseKeyspace;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the streams of a database in order. Thread-safe.
 *
 * <p>All shards are read side by side and merged by position:
 *
 * <pre>
 * shard 0   ──■v3─────────■v7──────■v9──▶          budget used up behind v7's blocks:
 * shard 1   ────────■v5───■v7───────────▶   ⇒      page v3 v5 v7 v7, complete through
 * shard 2   ─────────────────────■v8────▶          version 7
 * </pre>
 *
 * A page ends between versions. Only a version that alone is more than the budget is cut, between
 * its blocks.
 */
public final class LogReader {
  private final LogKeys keys;

  /** A reader of a database's streams. */
  public LogReader(DatabaseKeyspace keyspace) {
    this.keys = new LogKeys(keyspace);
  }

  /**
   * Reads what was appended after one version up to and including another.
   *
   * @see #read(ReadTransaction, StreamDefinition, LogPosition, long, int)
   */
  public LogPage read(
      ReadTransaction transaction,
      StreamDefinition stream,
      long afterVersion,
      long throughVersion,
      int byteBudget) {
    return read(transaction, stream, LogPosition.endOf(afterVersion), throughVersion, byteBudget);
  }

  /**
   * Reads what lies behind a position, up to and including a version.
   *
   * @param transaction pass a snapshot to read without conflicts
   * @param stream the stream
   * @param after the position up to which everything is known; {@link LogPosition#START} for all
   * @param throughVersion the last version to read; what is newer than the transaction's read
   *     version is not there yet, and the page does not claim it
   * @param byteBudget about how many bytes of blocks to read at most; one block is read always
   * @return the blocks, and up to where they are complete
   * @throws CaissonException DATA_CORRUPTED, if a block is damaged
   */
  public LogPage read(
      ReadTransaction transaction,
      StreamDefinition stream,
      LogPosition after,
      long throughVersion,
      int byteBudget) {
    CompletableFuture<Long> readVersion = transaction.getReadVersion();
    var cursors = new ArrayList<ShardCursor>(stream.shards());
    if (after.compareTo(LogPosition.endOf(throughVersion)) < 0) {
      for (int shard = 0; shard < stream.shards(); shard++) {
        cursors.add(open(transaction, stream, shard, after, throughVersion));
      }
    }
    try {
      long through = Math.min(throughVersion, readVersion.join());
      return merge(stream, cursors, after, through, byteBudget);
    } finally {
      cursors.forEach(ShardCursor::cancel);
    }
  }

  private ShardCursor open(
      ReadTransaction transaction,
      StreamDefinition stream,
      int shard,
      LogPosition after,
      long throughVersion) {
    byte[] begin = keys.after(stream, shard, after);
    byte[] end = keys.after(stream, shard, LogPosition.endOf(throughVersion));
    return new ShardCursor(
        keys,
        stream,
        shard,
        transaction
            .getRange(begin, end, ReadTransaction.ROW_LIMIT_UNLIMITED, false, StreamingMode.SERIAL)
            .iterator());
  }

  private static LogPage merge(
      StreamDefinition stream,
      List<ShardCursor> cursors,
      LogPosition after,
      long through,
      int byteBudget) {
    var queue = new PriorityQueue<ShardCursor>();
    for (ShardCursor cursor : cursors) {
      if (cursor.advance()) {
        queue.add(cursor);
      }
    }
    var blocks = new ArrayList<LogBlock>();
    long bytes = 0;
    for (ShardCursor next = queue.poll(); next != null; next = queue.poll()) {
      if (!blocks.isEmpty() && bytes + next.value().length > byteBudget) {
        return upTo(blocks, next.position());
      }
      blocks.add(decode(stream, next));
      bytes += next.value().length;
      if (next.advance()) {
        queue.add(next);
      }
    }
    LogPosition end = LogPosition.endOf(through);
    return new LogPage(blocks, end.compareTo(after) < 0 ? after : end);
  }

  /** The page of the blocks of all versions before the next block's, or else of this version. */
  private static LogPage upTo(List<LogBlock> blocks, LogPosition next) {
    int whole = blocks.size();
    while (whole > 0 && blocks.get(whole - 1).version() == next.version()) {
      whole--;
    }
    return whole > 0
        ? new LogPage(blocks.subList(0, whole), LogPosition.endOf(next.version() - 1))
        : new LogPage(blocks, blocks.get(blocks.size() - 1).position());
  }

  private static LogBlock decode(StreamDefinition stream, ShardCursor cursor) {
    LogPosition position = cursor.position();
    int shard = cursor.shard();
    Block block = Block.open(cursor.value(), () -> place(stream, shard, position));
    checkColumns(stream, block, shard, position);
    return new LogBlock(position, shard, block);
  }

  private static void checkColumns(
      StreamDefinition stream, Block block, int shard, LogPosition position) {
    boolean same = block.width() == stream.columns().size();
    for (int i = 0; same && i < block.width(); i++) {
      same = block.physical(i) == stream.columns().get(i).type().physical();
    }
    if (!same) {
      throw Corruption.of(
          place(stream, shard, position), "its columns are not those of the stream", null);
    }
  }

  private static String place(StreamDefinition stream, int shard, LogPosition position) {
    return "The block of stream \""
        + stream.name()
        + "\", shard "
        + shard
        + ", at version "
        + position.version()
        + "/"
        + position.batch()
        + "/"
        + position.user();
  }
}
