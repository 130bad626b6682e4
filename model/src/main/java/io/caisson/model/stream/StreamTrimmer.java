package io.caisson.model.stream;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.StreamDefinition;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.statistics.Counts;
import io.caisson.model.statistics.StatisticsStore;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes the oldest rows of streams, a page at a time. A page reads what it removes, for what is
 * counted must be known, clears it by key range in every shard, and notes where the shard begins
 * now. Packs go whole, once their last append may. Thread-safe.
 *
 * <pre>
 * shard 0   ▒▒▒▒▒▒▒■■■■■■■        ▒ removed   ■ kept       all of it is older than what is kept,
 * shard 1   ▒▒▒▒▒■■■■■■■■■                                 within the bytes of a page
 * </pre>
 */
public final class StreamTrimmer {
  /** About how many bytes of blocks a page removes at most. */
  private static final int PAGE_BYTES = 512 << 10;

  private final LogKeys keys;
  private final RawBlocks blocks;
  private final BoundsStore bounds;
  private final StatisticsStore statistics;

  /** Trims the streams of a database. */
  public StreamTrimmer(DatabaseKeyspace keyspace) {
    this.keys = new LogKeys(keyspace);
    this.blocks = new RawBlocks(keys);
    this.bounds = new BoundsStore(keyspace);
    this.statistics = new StatisticsStore(keyspace);
  }

  /**
   * What may go.
   *
   * @param tooOld rows up to this version may go because of their age; -1 for none
   * @param tooMany so many bytes of the oldest rows may go because of the stream's size
   * @param needed rows behind this version stay whatever the limits say: someone has to read them
   */
  public record Limits(long tooOld, long tooMany, long needed) {
    /** Up to which version rows may go at most. */
    long most() {
      return tooMany > 0 ? needed : Math.min(tooOld, needed);
    }
  }

  /** Whether a page would remove anything. */
  public boolean due(ReadTransaction transaction, StreamDefinition stream, Limits limits) {
    return limits.most() >= 0
        && Arrays.stream(heads(transaction, stream, limits.most(), 1))
            .anyMatch(
                head ->
                    !head.isEmpty()
                        && (limits.tooMany() > 0 || head.position().version() <= limits.tooOld()));
  }

  private ShardHead[] heads(
      ReadTransaction transaction, StreamDefinition stream, long through, int budget) {
    LogPosition[] removed = bounds.read(transaction, stream).join().removed();
    var heads = new ShardHead[stream.shards()];
    for (int shard = 0; shard < heads.length; shard++) {
      heads[shard] =
          new ShardHead(blocks.read(transaction, stream, shard, removed[shard], through, budget));
    }
    return heads;
  }

  /**
   * Removes a page of the oldest rows.
   *
   * @return what was removed; nothing, where nothing may go
   */
  public Counts trim(Transaction transaction, StreamDefinition stream, Limits limits) {
    if (limits.most() < 0) {
      return Counts.NONE;
    }
    int budget = Math.max(1, PAGE_BYTES / stream.shards());
    ShardHead[] heads = heads(transaction, stream, limits.most(), budget);
    Counts total = Counts.NONE;
    for (ShardHead next = oldest(heads); next != null; next = oldest(heads)) {
      boolean goes =
          next.position().version() <= limits.tooOld() || total.bytes() < limits.tooMany();
      if (!goes) {
        break;
      }
      total = total.plus(next.take());
      if (next.isEmpty()) {
        // What this shard has behind its page may be older than what the others still have.
        break;
      }
    }
    for (int shard = 0; shard < heads.length; shard++) {
      clear(transaction, stream, shard, heads[shard]);
    }
    return total;
  }

  private void clear(Transaction transaction, StreamDefinition stream, int shard, ShardHead head) {
    LogPosition last = head.lastTaken;
    if (last != null) {
      transaction.clear(
          keys.after(stream, shard, LogPosition.START), keys.after(stream, shard, last));
      bounds.setRemoved(transaction, stream, shard, last);
      Counts taken = head.taken;
      statistics.add(
          transaction,
          stream.id(),
          shard,
          new Counts(-taken.rows(), -taken.bytes(), -taken.entries()));
    }
  }

  private static @Nullable ShardHead oldest(ShardHead[] heads) {
    ShardHead oldest = null;
    for (ShardHead head : heads) {
      if (!head.isEmpty() && (oldest == null || head.position().compareTo(oldest.position()) < 0)) {
        oldest = head;
      }
    }
    return oldest;
  }

  /** The first keys of a shard, taken one by one. */
  private static final class ShardHead {
    private final List<RawBlocks.Entry> entries;
    private int next;
    private Counts taken = Counts.NONE;
    private @Nullable LogPosition lastTaken;

    ShardHead(List<RawBlocks.Entry> entries) {
      this.entries = entries;
    }

    boolean isEmpty() {
      return next == entries.size();
    }

    LogPosition position() {
      return entries.get(next).position();
    }

    Counts take() {
      RawBlocks.Entry entry = entries.get(next++);
      lastTaken = entry.position();
      StoredBlock block = entry.block();
      var counts = new Counts(block.start(block.appends()), block.byteSize(), 1);
      taken = taken.plus(counts);
      return counts;
    }
  }
}
