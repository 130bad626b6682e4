package io.caisson.model.stream;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.time.Clock;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which version of the store was when. Versions order commits but say no time; so whoever appends
 * leaves a tick, the time by its clock, in the transaction of the rows, unless it has left one
 * within the last ten seconds. What was recorded never changes: the time of a version is the same
 * whenever it is asked for. Thread-safe.
 *
 * <pre>
 *   tick 12:00:00              tick 12:00:10                          tick 12:31:07
 *   ───┼───────────────────────┼──────────────────────(idle)──────────┼──▶ versions
 *          commit a: 12:00:03,        commit b: 12:00:14
 *          3,000,000 versions on
 * </pre>
 *
 * Between ticks a million versions count as a second, as they do in FoundationDB, but never as more
 * than the ten seconds after which there would have been another tick.
 */
public final class TickStore {
  /** Versions that pass in a second, and microseconds. */
  private static final long INTERVAL = 10_000_000L;

  private final Subspace ticks;
  private final Clock clock;
  private final AtomicLong lastNoted = new AtomicLong(Long.MIN_VALUE);

  /** The ticks of a database, by the given clock. */
  public TickStore(DatabaseKeyspace keyspace, Clock clock) {
    this.ticks = keyspace.ticks().get(keyspace.incarnation());
    this.clock = clock;
  }

  /** What time it is by the clock that ticks are left by, in microseconds since 1970. */
  long now() {
    return clock.wallMicros();
  }

  /** Leaves a tick in a transaction, where it is time for one. */
  void note(Transaction transaction) {
    long now = clock.wallMicros();
    long last = lastNoted.get();
    if (last != Long.MIN_VALUE && now >= last && now - last < INTERVAL) {
      return;
    }
    transaction.mutate(
        MutationType.SET_VERSIONSTAMPED_KEY,
        ticks.packWithVersionstamp(Tuple.from(Versionstamp.incomplete())),
        ByteBuffer.allocate(Long.BYTES).putLong(now).array());
    // A tick counts once its transaction has committed; until then others leave theirs.
    var unused =
        transaction
            .getVersionstamp()
            .whenComplete(
                (stamp, error) -> {
                  if (error == null) {
                    lastNoted.set(now);
                  }
                });
  }

  /** When a version was committed, in microseconds since 1970; empty before the first tick. */
  public OptionalLong timeOf(ReadTransaction transaction, long version) {
    Optional<Tick> tick = floor(transaction, version);
    return tick.isPresent()
        ? OptionalLong.of(
            tick.get().wallMicros() + Math.min(version - tick.get().version(), INTERVAL))
        : OptionalLong.empty();
  }

  /** The last version that was committed up to a time; -1 where that is before the first tick. */
  public long versionAt(ReadTransaction transaction, long wallMicros) {
    Optional<Tick> first = ceiling(transaction, 0);
    Optional<Tick> last = floor(transaction, Long.MAX_VALUE);
    if (first.isEmpty() || last.isEmpty() || first.get().wallMicros() > wallMicros) {
      return -1;
    }
    if (last.get().wallMicros() <= wallMicros) {
      return within(last.get(), transaction, wallMicros);
    }
    // The tick before `low` is early enough, the one before `high` is not.
    long low = first.get().version();
    long high = last.get().version();
    while (low + 1 < high) {
      long middle = low + (high - low) / 2;
      Tick tick = floor(transaction, middle).orElseThrow();
      if (tick.wallMicros() <= wallMicros) {
        low = middle;
      } else {
        high = tick.version();
      }
    }
    return within(floor(transaction, low).orElseThrow(), transaction, wallMicros);
  }

  private long within(Tick tick, ReadTransaction transaction, long wallMicros) {
    long passed = wallMicros - tick.wallMicros();
    long beforeNext =
        ceiling(transaction, tick.version() + 1)
            .map(next -> next.version() - 1)
            .orElse(Long.MAX_VALUE);
    return passed < INTERVAL ? Math.min(tick.version() + passed, beforeNext) : beforeNext;
  }

  private Optional<Tick> floor(ReadTransaction transaction, long version) {
    byte[] end = ticks.pack(Tuple.from(LogPosition.endOf(version).toVersionstamp()));
    return one(transaction, ticks.range().begin, end, true);
  }

  private Optional<Tick> ceiling(ReadTransaction transaction, long version) {
    byte[] begin = ticks.pack(Tuple.from(new LogPosition(version, 0, 0).toVersionstamp()));
    return one(transaction, begin, ticks.range().end, false);
  }

  private Optional<Tick> one(
      ReadTransaction transaction, byte[] begin, byte[] end, boolean reverse) {
    return transaction
        .getRange(begin, end, 1, reverse, StreamingMode.EXACT)
        .asList()
        .join()
        .stream()
        .findFirst()
        .map(this::decode);
  }

  private Tick decode(KeyValue entry) {
    LogPosition position = LogPosition.of(ticks.unpack(entry.getKey()).getVersionstamp(0));
    return new Tick(position.version(), ByteBuffer.wrap(entry.getValue()).getLong());
  }
}
