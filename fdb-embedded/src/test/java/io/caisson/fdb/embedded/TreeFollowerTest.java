package io.caisson.fdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.fdb.embedded.journal.DiskEvents;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was committed is read alike, whether the tree shows it yet or not. */
final class TreeFollowerTest {
  private static final EmbeddedOptions CALM =
      EmbeddedOptions.defaults().withFaults(FaultPlan.none());
  private static final int KEYS = 60;

  @TempDir private Path directory;

  /** Keeps commits of the tree waiting while a test holds it. */
  private static final class HeldTree implements DiskEvents {
    private final Semaphore atRest = new Semaphore(1);

    @Override
    public void beforeTreeCommit() {
      atRest.acquireUninterruptibly();
      atRest.release();
    }
  }

  private static JournalLimits limits(DiskEvents events) {
    return new JournalLimits(32 << 20, 32 << 20, Duration.ofMinutes(1), events);
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static String text(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static List<String> rows(ReadTransaction transaction, int from, int to, boolean reverse) {
    List<String> rows = new ArrayList<>();
    for (KeyValue row : transaction.getRange(key(from), key(to), 0, reverse)) {
      rows.add(text(row.getKey()) + "=" + text(row.getValue()));
    }
    return rows;
  }

  private static List<String> rows(NavigableMap<byte[], byte[]> model, int from, int to) {
    List<String> rows = new ArrayList<>();
    model
        .subMap(key(from), true, key(to), false)
        .forEach((key, value) -> rows.add(text(key) + "=" + text(value)));
    return rows;
  }

  private static List<String> reversed(List<String> rows) {
    List<String> reversed = new ArrayList<>(rows);
    Collections.reverse(reversed);
    return reversed;
  }

  @Test
  void readsSeeWhatTheTreeDoesNotShow() {
    long seed = Long.getLong("caisson.seed", System.nanoTime());
    System.out.println("Reads ahead of the tree, seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    HeldTree tree = new HeldTree();
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory, CALM, limits(tree))) {
      NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
      change(database, model, random); // the first commit writes the ceiling of versions too
      for (int round = 0; round < 40; round++) {
        Map<Long, NavigableMap<byte[], byte[]>> versions = new TreeMap<>();
        tree.atRest.acquireUninterruptibly();
        try {
          for (int commit = 0; commit < 6; commit++) {
            long version = change(database, model, random);
            NavigableMap<byte[], byte[]> then = new TreeMap<>(Arrays::compareUnsigned);
            then.putAll(model);
            versions.put(version, then);
          }
          versions.forEach((version, then) -> check(database, version, then, random));
        } finally {
          tree.atRest.release();
        }
        versions.forEach((version, then) -> check(database, version, then, random));
        assertThat(database.statistics().entries()).isEqualTo(model.size());
        versions.forEach((version, then) -> check(database, version, then, random));
      }
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory, CALM)) {
      assertThat(database.statistics().entries()).isPositive();
    }
  }

  /** Commits without clearing ranges, which would wait for the tree. */
  private static long change(
      EmbeddedDatabase database, NavigableMap<byte[], byte[]> model, SplittableRandom random) {
    try (Transaction transaction = database.createTransaction()) {
      transaction.set(key(KEYS), key(random.nextInt())); // so that there is something to commit
      for (int i = random.nextInt(12); i > 0; i--) {
        byte[] key = key(random.nextInt(KEYS));
        switch (random.nextInt(3)) {
          case 0 -> transaction.clear(key);
          case 1 -> transaction.mutate(MutationType.BYTE_MAX, key, key(random.nextInt()));
          default -> transaction.set(key, key(random.nextInt()));
        }
      }
      List<KeyValue> after = transaction.getRange(key(0), key(KEYS + 1)).asList().join();
      transaction.commit().join();
      model.clear();
      after.forEach(row -> model.put(row.getKey(), row.getValue()));
      return transaction.getCommittedVersion();
    }
  }

  private static void check(
      EmbeddedDatabase database,
      long version,
      NavigableMap<byte[], byte[]> model,
      SplittableRandom random) {
    try (Transaction transaction = database.createTransaction()) {
      transaction.setReadVersion(version);
      int from = random.nextInt(KEYS);
      int to = from + random.nextInt(KEYS + 2 - from);
      List<String> expected = rows(model, from, to);
      assertThat(rows(transaction, from, to, false)).isEqualTo(expected);
      assertThat(rows(transaction, from, to, true)).isEqualTo(reversed(expected));
      byte[] key = key(random.nextInt(KEYS));
      assertThat(transaction.get(key).join()).isEqualTo(model.get(key));
    }
  }

  @Test
  void manyRowsAreReadInPagesRightAfterTheirCommit() {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory, CALM)) {
      for (int batch = 0; batch < 5; batch++) {
        int first = batch * 20_000;
        database.run(
            transaction -> {
              for (int i = first; i < first + 20_000; i++) {
                transaction.set(key(i), key(i));
              }
              return 0;
            });
        assertThat(database.<List<String>>read(rows -> rows(rows, first, first + 20_000, false)))
            .hasSize(20_000);
        assertThat(database.<List<String>>read(rows -> rows(rows, 0, first + 20_000, true)))
            .hasSize(first + 20_000);
      }
    }
  }
}
