package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.littleEndian;
import static io.caisson.fdb.embedded.conformance.Bytes.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FoundationDB's own AtomicOps test: counters that threads add to blindly, beside logs with stamped
 * keys of what was added, in the same transactions. Whatever is tried again, a counter equals its
 * log; and who looks first whether he has been there counts exactly once.
 */
@Timeout(1_200)
final class CountersTest {
  private static final int GROUPS = 6;

  private record Acknowledged(int group, int thread, int count) {}

  @ParameterizedTest
  @MethodSource("io.caisson.fdb.embedded.conformance.Store#all")
  void countersEqualTheirLogs(Store store) throws Exception {
    try (Workload workload = new Workload(store)) {
      List<Acknowledged> acknowledged = new ArrayList<>();
      workload.run(
          (random, thread, count) -> {
            int group = random.nextInt(GROUPS);
            long amount = random.nextInt(1, 1_000);
            workload
                .database()
                .run(transaction -> add(workload, transaction, group, thread, count, amount));
            synchronized (acknowledged) {
              acknowledged.add(new Acknowledged(group, thread, count));
            }
          });
      Set<Acknowledged> logged = new HashSet<>();
      for (int group = 0; group < GROUPS; group++) {
        assertThat(loggedIn(workload, group, logged))
            .as("group %s", group)
            .isEqualTo(counter(workload, group));
      }
      assertThat(logged.containsAll(acknowledged)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("io.caisson.fdb.embedded.conformance.Store#all")
  void whoLooksFirstCountsOnce(Store store) throws Exception {
    try (Workload workload = new Workload(store)) {
      List<Integer> counts =
          workload.run(
              (random, thread, count) ->
                  workload
                      .database()
                      .run(transaction -> addOnce(workload, transaction, thread, count)));
      long expected = counts.stream().mapToLong(Integer::longValue).sum();
      assertThat(counter(workload, 0)).isEqualTo(expected);
    }
  }

  private static int add(
      Workload workload, Transaction transaction, int group, int thread, int count, long amount) {
    transaction.mutate(
        MutationType.ADD, counterKey(workload, group), littleEndian(amount, Long.BYTES));
    Tuple entry = Tuple.from(Versionstamp.incomplete(), thread, count);
    transaction.mutate(
        MutationType.SET_VERSIONSTAMPED_KEY,
        log(workload, group).packWithVersionstamp(entry),
        littleEndian(amount, Long.BYTES));
    return count;
  }

  private static int addOnce(Workload workload, Transaction transaction, int thread, int count) {
    byte[] mark = workload.subspace().pack(Tuple.from("done", thread, count));
    if (transaction.get(mark).join() == null) {
      transaction.set(mark, new byte[0]);
      transaction.mutate(MutationType.ADD, counterKey(workload, 0), littleEndian(1, Long.BYTES));
    }
    return count;
  }

  private static byte[] counterKey(Workload workload, int group) {
    return workload.subspace().pack(Tuple.from("counter", group));
  }

  private static Subspace log(Workload workload, int group) {
    return workload.subspace().get(Tuple.from("log", group));
  }

  private static long counter(Workload workload, int group) {
    return workload
        .database()
        .read(
            read -> {
              byte[] value = read.get(counterKey(workload, group)).join();
              return value == null ? 0 : number(value);
            });
  }

  private static long loggedIn(Workload workload, int group, Set<Acknowledged> logged) {
    List<KeyValue> rows =
        workload
            .database()
            .read(read -> read.getRange(log(workload, group).range()).asList().join());
    long sum = 0;
    Versionstamp last = null;
    for (KeyValue row : rows) {
      Tuple entry = log(workload, group).unpack(row.getKey());
      assertThat(last == null || last.compareTo(entry.getVersionstamp(0)) < 0).isTrue();
      last = entry.getVersionstamp(0);
      logged.add(new Acknowledged(group, (int) entry.getLong(1), (int) entry.getLong(2)));
      sum += number(row.getValue());
    }
    return sum;
  }
}
