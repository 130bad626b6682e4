package io.caisson.fdb.embedded.conformance;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.tuple.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * One seeded run of random transactions against a database, and its check: on one thread, which
 * does a step of this transaction and a step of that (and can so be repeated), or on several. Not
 * thread-safe.
 */
public final class ModelRun {
  private static final int SENTINELS = 10;

  private final Database database;
  private final long seed;
  private final boolean exact;
  private final byte[] prefix;
  private final SplittableRandom random;
  private final NavigableMap<byte[], byte[]> initial = new TreeMap<>(Arrays::compareUnsigned);
  private final List<ModelAttempt> attempts = new ArrayList<>();
  private long initialVersion;

  /**
   * A run.
   *
   * @param exact whether a conflict must be explained by a committed transaction, and selectors
   *     must not count keys that this transaction's COMPARE_AND_CLEAR has removed; FoundationDB's
   *     own client counts them (RYWImpl::resolveKeySelectorFromCache)
   */
  public ModelRun(Database database, long seed, boolean exact) {
    this.database = database;
    this.seed = seed;
    this.exact = exact;
    random = new SplittableRandom(seed);
    prefix = Tuple.from("model", UUID.randomUUID()).pack();
  }

  /** Runs so many lines of so many transactions each, and says how many were committed. */
  public int check(ExecutorService threads, boolean concurrently, int lines, int length) {
    try {
      prepare();
      List<Line> all = new ArrayList<>();
      for (int i = 0; i < lines; i++) {
        all.add(new Line(i * length, length, random.split()));
      }
      if (concurrently) {
        runConcurrently(threads, all);
      } else {
        runInterleaved(all);
      }
      all.forEach(line -> attempts.addAll(line.done));
      readMarkers();
      ModelHistory history = new ModelHistory(initial, initialVersion, attempts, exact);
      history.check();
      assertStored(history.last());
      return (int) attempts.stream().filter(attempt -> attempt.stamp() != null).count();
    } catch (AssertionError failure) {
      throw new AssertionError("Run with seed " + seed + ": " + failure.getMessage(), failure);
    } finally {
      database.run(
          transaction -> {
            transaction.clear(Range.startsWith(prefix));
            return 0;
          });
    }
  }

  private void prepare() {
    for (int i = 0; i < SENTINELS; i++) {
      initial.put(Bytes.bytes("a" + i), new byte[0]);
      initial.put(Bytes.bytes("z" + i), new byte[0]);
    }
    for (int i = random.nextInt(24); i > 0; i--) {
      ModelStep step = ModelStep.of(ModelStep.Kind.SET, random);
      initial.put(step.key(), step.operand());
    }
    database.run(
        transaction -> {
          initial.forEach((key, value) -> transaction.set(Bytes.join(prefix, key), value));
          return 0;
        });
    initialVersion = database.read(read -> read.getReadVersion().join());
  }

  /** Transactions that follow each other. */
  private final class Line {
    private final List<ModelAttempt> done = new ArrayList<>();
    private final SplittableRandom own;
    private final int firstId;
    private final int length;
    private long earlier;

    Line(int firstId, int length, SplittableRandom own) {
      this.firstId = firstId;
      this.length = length;
      this.own = own;
    }

    /** Does a step; false at the end. */
    boolean advance() {
      if (done.isEmpty()) {
        done.add(next());
      }
      ModelAttempt current = done.get(done.size() - 1);
      if (!current.advance()) {
        earlier = Math.max(initialVersion, Math.max(earlier, current.readVersion()));
        if (done.size() == length) {
          return false;
        }
        done.add(next());
      }
      return true;
    }

    private ModelAttempt next() {
      return new ModelAttempt(firstId + done.size(), database, prefix, own, earlier, exact);
    }
  }

  private void runInterleaved(List<Line> all) {
    List<Line> left = new ArrayList<>(all);
    while (!left.isEmpty()) {
      int chosen = random.nextInt(left.size());
      if (!left.get(chosen).advance()) {
        left.remove(chosen);
      }
    }
  }

  private static void runConcurrently(ExecutorService threads, List<Line> all) {
    List<Future<?>> running = new ArrayList<>();
    for (Line line : all) {
      running.add(
          threads.submit(
              () -> {
                while (line.advance()) {
                  // Each call does a step.
                }
              }));
    }
    for (Future<?> line : running) {
      try {
        line.get();
      } catch (ExecutionException failure) {
        throw new AssertionError("a transaction failed: " + failure.getCause(), failure);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", interrupted);
      }
    }
  }

  /** What was committed shows in the store, also where the outcome of a commit was not known. */
  private void readMarkers() {
    for (ModelAttempt attempt : attempts) {
      if (attempt.writes()) {
        byte[] marker = ModelAttempt.marker(prefix, attempt.id);
        byte[] stamp = database.read(read -> read.get(marker).join());
        if (attempt.stamp() != null && !Arrays.equals(stamp, attempt.stamp())) {
          throw new AssertionError("the stamp in the store is another one for " + attempt);
        }
        if (stamp != null) {
          if (attempt.failure() != 0 && attempt.failure() != 1021) {
            throw new AssertionError("committed although it failed: " + attempt);
          }
          attempt.committedWith(stamp);
        }
      }
    }
  }

  private void assertStored(Map<byte[], byte[]> expected) {
    List<KeyValue> rows =
        database.read(
            read ->
                read.getRange(
                        Bytes.join(prefix, Bytes.bytes("a")), Bytes.join(prefix, Bytes.bytes("{")))
                    .asList()
                    .join());
    int index = 0;
    for (Map.Entry<byte[], byte[]> row : expected.entrySet()) {
      KeyValue stored = index < rows.size() ? rows.get(index++) : null;
      if (stored == null
          || !Arrays.equals(stored.getKey(), Bytes.join(prefix, row.getKey()))
          || !Arrays.equals(stored.getValue(), row.getValue())) {
        throw new AssertionError(
            "the store ends without " + ModelAttempt.text(row.getKey()) + " as it should be");
      }
    }
    if (index < rows.size()) {
      throw new AssertionError("the store ends with a row too many");
    }
  }
}
