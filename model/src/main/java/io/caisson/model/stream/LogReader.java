package io.caisson.model.stream;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.async.AsyncIterator;
import io.caisson.catalog.StreamDefinition;
import io.caisson.error.CaissonException;
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
 * its appends. Rows that retention has removed are not stepped over: each shard is read from where
 * it begins. A pack lies under the position of its last append, so that one that reaches beyond the
 * last version is the next key behind it.
 */
public final class LogReader {
  private final LogKeys keys;
  private final BoundsStore boundsStore;
  private final long unpackedVersions;

  /** A reader of a database's streams. */
  public LogReader(DatabaseKeyspace keyspace) {
    this(keyspace, StreamPacker.UNPACKED_VERSIONS);
  }

  /** A reader of streams whose packers leave alone that many versions. */
  LogReader(DatabaseKeyspace keyspace, long unpackedVersions) {
    this.keys = new LogKeys(keyspace);
    this.boundsStore = new BoundsStore(keyspace);
    this.unpackedVersions = unpackedVersions;
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
    CompletableFuture<BoundsStore.Bounds> bounds = boundsStore.read(transaction, stream);
    long readVersion = transaction.getReadVersion().join();
    long through = Math.min(throughVersion, readVersion);
    var cursors = new ArrayList<ShardCursor>(stream.shards());
    LogPosition[] removed = bounds.join().removed();
    if (after.compareTo(LogPosition.endOf(through)) < 0) {
      boolean maybePacked = through < readVersion - unpackedVersions;
      for (int shard = 0; shard < stream.shards(); shard++) {
        LogPosition begin = removed[shard].compareTo(after) > 0 ? removed[shard] : after;
        if (begin.compareTo(LogPosition.endOf(through)) < 0) {
          cursors.add(open(transaction, stream, shard, begin, through, maybePacked));
        }
      }
    }
    try {
      return merge(cursors, after, through, byteBudget, bounds.join().removedThrough());
    } finally {
      cursors.forEach(ShardCursor::cancel);
    }
  }

  /** The last position that retention has removed; the start where it has removed nothing. */
  public LogPosition removedThrough(ReadTransaction transaction, StreamDefinition stream) {
    return boundsStore.read(transaction, stream).join().removedThrough();
  }

  private ShardCursor open(
      ReadTransaction transaction,
      StreamDefinition stream,
      int shard,
      LogPosition after,
      long throughVersion,
      boolean maybePacked) {
    LogPosition through = LogPosition.endOf(throughVersion);
    byte[] end = keys.after(stream, shard, through);
    return new ShardCursor(
        keys,
        stream,
        shard,
        after,
        through,
        entries(transaction, keys.after(stream, shard, after), end, false),
        maybePacked ? () -> entries(transaction, end, keys.end(stream, shard), true) : null);
  }

  private static AsyncIterator<KeyValue> entries(
      ReadTransaction transaction, byte[] begin, byte[] end, boolean one) {
    return transaction
        .getRange(
            begin, end, one ? 1 : ReadTransaction.ROW_LIMIT_UNLIMITED, false, StreamingMode.SERIAL)
        .iterator();
  }

  private static LogPage merge(
      List<ShardCursor> cursors,
      LogPosition after,
      long through,
      int byteBudget,
      LogPosition removedThrough) {
    var queue = new PriorityQueue<ShardCursor>();
    for (ShardCursor cursor : cursors) {
      if (cursor.advance()) {
        queue.add(cursor);
      }
    }
    var blocks = new ArrayList<LogBlock>();
    long bytes = 0;
    for (ShardCursor next = queue.poll(); next != null; next = queue.poll()) {
      if (!blocks.isEmpty() && bytes + next.cost() > byteBudget) {
        return upTo(blocks, next.position(), removedThrough);
      }
      bytes += next.cost();
      ShardCursor other = queue.peek();
      blocks.add(next.take(other == null ? null : other.position()));
      if (next.advance()) {
        queue.add(next);
      }
    }
    LogPosition end = LogPosition.endOf(through);
    return new LogPage(blocks, end.compareTo(after) < 0 ? after : end, removedThrough);
  }

  /** The page of the rows of all versions before the next block's, or else of this version. */
  private static LogPage upTo(List<LogBlock> blocks, LogPosition next, LogPosition removedThrough) {
    long last = next.version() - 1;
    var whole = new ArrayList<LogBlock>();
    for (LogBlock block : blocks) {
      block.upTo(last).ifPresent(whole::add);
    }
    return whole.isEmpty()
        ? new LogPage(blocks, blocks.get(blocks.size() - 1).position(), removedThrough)
        : new LogPage(whole, LogPosition.endOf(last), removedThrough);
  }
}
