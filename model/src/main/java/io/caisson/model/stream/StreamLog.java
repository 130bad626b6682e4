package io.caisson.model.stream;

import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.error.CaissonException;
import io.caisson.model.check.RowChecks;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.statistics.Counts;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.time.Clock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Appends rows to the streams of a database. Thread-safe; a transaction may append often and to
 * several streams.
 *
 * <p>An append becomes as few blocks as their size allows, each a key that the store completes with
 * the commit's versionstamp: appends never conflict. Rows keep their order within a shard. Besides
 * the blocks an append adds to the stream's counters and to its pulse, a key to be watched, and
 * from time to time it leaves a tick ({@link TickStore}).
 */
public final class StreamLog {
  private static final long MICROS_PER_MILLI = 1_000;
  private static final byte[] ONE =
      ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(1).array();

  private final LogKeys keys;
  private final Subspace pulses;
  private final ProducerStore producers;
  private final StatisticsStore statistics;
  private final TickStore ticks;
  private final AtomicInteger turn = new AtomicInteger();

  /** The streams of a database, with ticks by the machine's clock. */
  public StreamLog(DatabaseKeyspace keyspace) {
    this(keyspace, new TickStore(keyspace, Clock.system()));
  }

  /** The streams of a database. */
  public StreamLog(DatabaseKeyspace keyspace, TickStore ticks) {
    this.keys = new LogKeys(keyspace);
    this.ticks = ticks;
    this.pulses = keyspace.pulses();
    this.producers = new ProducerStore(keyspace);
    this.statistics = new StatisticsStore(keyspace);
  }

  /**
   * Rows as they are to be appended now: in the column of PROCTIME(), where the stream has one,
   * with the time. They may leave the column out; what they hold there does not count.
   */
  public Columns arriving(StreamDefinition stream, Columns rows) {
    OptionalInt arrival = stream.arrival();
    boolean without = rows.columns().size() == stream.columns().size() - 1;
    if (arrival.isEmpty() || !(without || rows.columns().size() == stream.columns().size())) {
      return rows;
    }
    long[] times = new long[rows.size()];
    Arrays.fill(times, ticks.now() / MICROS_PER_MILLI * MICROS_PER_MILLI);
    var columns = new ArrayList<>(rows.columns());
    if (!without) {
      columns.remove(arrival.getAsInt());
    }
    columns.add(arrival.getAsInt(), new LongColumn(times, null, times.length));
    return new Columns(columns, rows.size());
  }

  /**
   * Appends rows.
   *
   * @param transaction they become visible when it commits
   * @param stream the stream
   * @param rows rows with the stream's columns
   * @return what was written
   * @throws CaissonException NOT_NULL_VIOLATION, DATATYPE_MISMATCH or ROW_TOO_LARGE; the
   *     transaction should not be committed then
   */
  public AppendResult append(Transaction transaction, StreamDefinition stream, Columns rows) {
    RowChecks.check(stream, rows);
    if (rows.size() == 0) {
      return new AppendResult(false, 0, 0, 0);
    }
    Counts written = Counts.NONE;
    if (stream.shards() == 1 || stream.partitionBy().isEmpty()) {
      int shard = Math.floorMod(turn.getAndIncrement(), stream.shards());
      int[] all = IntStream.range(0, rows.size()).toArray();
      written = appendToShard(transaction, stream, shard, rows, all);
    } else {
      int[] shards = ShardHash.shardsOf(rows, stream);
      for (int shard = 0; shard < stream.shards(); shard++) {
        int[] positions = positionsOf(shards, shard);
        if (positions.length > 0) {
          Columns part = rows.gather(positions, positions.length);
          written = written.plus(appendToShard(transaction, stream, shard, part, positions));
        }
      }
    }
    ticks.note(transaction);
    transaction.mutate(MutationType.ADD, pulses.pack(stream.id()), ONE);
    return new AppendResult(false, rows.size(), (int) written.entries(), written.bytes());
  }

  /**
   * Appends rows unless their producer has appended them before, which the same transaction looks
   * up and notes.
   *
   * @param transaction they become visible when it commits
   * @param stream the stream
   * @param rows rows with the stream's columns; none is fine, the sequence counts all the same
   * @param producer who appends, and which append it is
   * @return what was written
   */
  public AppendResult append(
      Transaction transaction, StreamDefinition stream, Columns rows, Producer producer) {
    RowChecks.check(stream, rows);
    return producers.advance(transaction, stream.id(), producer)
        ? append(transaction, stream, rows)
        : AppendResult.DUPLICATE;
  }

  /** Completes when something was appended to a stream after the transaction's read version. */
  public CompletableFuture<Void> watch(Transaction transaction, StreamDefinition stream) {
    return transaction.watch(pulses.pack(stream.id()));
  }

  private static int[] positionsOf(int[] shards, int shard) {
    return IntStream.range(0, shards.length).filter(row -> shards[row] == shard).toArray();
  }

  private Counts appendToShard(
      Transaction transaction, StreamDefinition stream, int shard, Columns rows, int[] positions) {
    var written =
        new Object() {
          long blocks;
          long bytes;
        };
    new BlockCutter(
            positions,
            (block, count) -> {
              byte[] key = keys.next(stream, shard, UserVersions.next(transaction));
              transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, key, block);
              written.blocks++;
              written.bytes += block.length;
            })
        .cut(rows);
    var counts = new Counts(rows.size(), written.bytes, written.blocks);
    statistics.add(transaction, stream.id(), shard, counts);
    return counts;
  }
}
