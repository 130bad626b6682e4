package io.caisson.fdb.embedded.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.Tuple;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FoundationDB's own Cycle test: keys that name each other make a ring; every transaction exchanges
 * three neighbours; a lost update or a torn read would break the ring into several.
 */
@Timeout(1_200)
final class CycleTest {
  private static final int KEYS = 60;

  @ParameterizedTest
  @MethodSource("io.caisson.fdb.embedded.conformance.Store#all")
  void ringStaysOneRing(Store store) throws Exception {
    try (Workload workload = new Workload(store)) {
      workload
          .database()
          .run(
              transaction -> {
                for (int i = 0; i < KEYS; i++) {
                  link(workload, transaction, i, (i + 1) % KEYS);
                }
                return 0;
              });
      List<Integer> counts =
          workload.run(
              (random, thread, count) -> {
                if (thread % 8 == 0) {
                  workload
                      .database()
                      .read(read -> assertRing(workload, read, random.nextBoolean()));
                } else if (thread % 2 == 0) {
                  workload.database().run(transaction -> exchange(workload, transaction, random));
                } else {
                  workload
                      .database()
                      .runAsync(
                          transaction ->
                              CompletableFuture.completedFuture(
                                  exchange(workload, transaction, random)))
                      .join();
                }
              });
      assertThat(counts).allMatch(count -> count > 0);
      workload.database().read(read -> assertRing(workload, read, false));
    }
  }

  private static void link(Workload workload, Transaction transaction, int from, int to) {
    transaction.set(workload.subspace().pack(from), Tuple.from(to).pack());
  }

  private static int next(Workload workload, ReadTransaction read, int from) {
    byte[] value = read.get(workload.subspace().pack(from)).join();
    return (int) Tuple.fromBytes(value).getLong(0);
  }

  private static int exchange(Workload workload, Transaction transaction, SplittableRandom random) {
    if (random.nextInt(8) == 0) {
      transaction.options().setReadYourWritesDisable();
    }
    int first = random.nextInt(KEYS);
    int second = next(workload, transaction, first);
    int third = next(workload, transaction, second);
    int fourth = next(workload, transaction, third);
    link(workload, transaction, first, third);
    link(workload, transaction, second, fourth);
    link(workload, transaction, third, second);
    return first;
  }

  private static int assertRing(Workload workload, ReadTransaction read, boolean reverse) {
    List<KeyValue> rows =
        read.getRange(workload.subspace().range(), ReadTransaction.ROW_LIMIT_UNLIMITED, reverse)
            .asList()
            .join();
    assertThat(rows).hasSize(KEYS);
    int[] links = new int[KEYS];
    for (KeyValue row : rows) {
      links[(int) workload.subspace().unpack(row.getKey()).getLong(0)] =
          (int) Tuple.fromBytes(row.getValue()).getLong(0);
    }
    int at = 0;
    for (int steps = 1; steps < KEYS; steps++) {
      at = links[at];
      assertThat(at).as("the ring closed after %s of %s keys", steps, KEYS).isNotZero();
    }
    assertThat(links[at]).isZero();
    return at;
  }
}
