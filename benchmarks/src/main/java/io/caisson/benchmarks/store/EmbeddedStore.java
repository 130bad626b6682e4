package io.caisson.benchmarks.store;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncIterator;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.fdb.embedded.EmbeddedOptions;
import io.caisson.fdb.embedded.fault.FaultKind;
import io.caisson.fdb.embedded.fault.FaultPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.Blackhole;

/** The embedded store through FoundationDB's API, with synced commits. */
@State(Scope.Benchmark)
public class EmbeddedStore {
  private static final int LOADED_AT_ONCE = 10_000;

  /** By how many microseconds the disk takes longer for a batch of commits, at most. */
  @Param("0")
  public int slower;

  private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init") // set up by JMH
  private EmbeddedDatabase database;

  /** Random numbers of each thread. */
  @State(Scope.Thread)
  public static class Numbers {
    private final SplittableRandom random = new SplittableRandom();
  }

  /** Opens and fills the store. */
  @Setup
  public void open() {
    directory = Workload.newDirectory();
    database = EmbeddedDatabase.open(directory, EmbeddedOptions.defaults());
    var random = new SplittableRandom(1);
    for (int from = 0; from < Workload.KEYS; from += LOADED_AT_ONCE) {
      int first = from;
      database.run(
          transaction -> {
            for (int i = first; i < first + LOADED_AT_ONCE; i++) {
              transaction.set(Workload.key(i), Workload.value(random));
            }
            return true;
          });
    }
    if (slower > 0) {
      database.faults(
          FaultPlan.none()
              .with(FaultKind.DISK_DELAYED, 1)
              .withLongestDelay(Duration.ofNanos(slower * 1_000L)));
    }
  }

  /** Removes the store. */
  @TearDown
  public void close() {
    database.close();
    Workload.delete(directory);
  }

  /** Random keys, so many in a transaction. */
  @Benchmark
  @OperationsPerInvocation(Workload.READS)
  public void pointReads(Numbers numbers, Blackhole hole) {
    database.read(
        transaction -> {
          for (int i = 0; i < Workload.READS; i++) {
            byte[] key = Workload.key(numbers.random.nextInt(Workload.KEYS));
            hole.consume(transaction.get(key).join());
          }
          return true;
        });
  }

  /** Neighbouring keys with their values. */
  @Benchmark
  @OperationsPerInvocation(Workload.SCANNED)
  public void rangeScan(Numbers numbers, Blackhole hole) {
    int first = numbers.random.nextInt(Workload.KEYS - Workload.SCANNED);
    database.read(
        transaction -> {
          AsyncIterator<KeyValue> rows =
              transaction
                  .getRange(Workload.key(first), Workload.key((long) first + Workload.SCANNED))
                  .iterator();
          while (rows.hasNext()) {
            KeyValue row = rows.next();
            hole.consume(row.getKey());
            hole.consume(row.getValue());
          }
          return true;
        });
  }

  /** One large transaction, synced. */
  @Benchmark
  @OperationsPerInvocation(Workload.PUTS)
  public void thousandPuts(Numbers numbers) {
    database.run(
        transaction -> {
          for (int i = 0; i < Workload.PUTS; i++) {
            put(transaction, numbers.random);
          }
          return true;
        });
  }

  /** One key in a transaction, synced, by one thread. */
  @Benchmark
  public void singlePut(Numbers numbers) {
    database.run(transaction -> put(transaction, numbers.random));
  }

  /** One key in a transaction, synced, by many threads at once. */
  @Benchmark
  @Threads(64)
  public void singlePutOf64Threads(Numbers numbers) {
    database.run(transaction -> put(transaction, numbers.random));
  }

  private static boolean put(Transaction transaction, SplittableRandom random) {
    transaction.set(Workload.key(random.nextInt(Workload.KEYS)), Workload.value(random));
    return true;
  }
}
