package io.caisson.fdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Transaction;
import org.junit.jupiter.api.Test;

/** The numbers that a database tells of itself. */
final class StoreMetricsTest {
  @Test
  void metricsTellWhatHappened() {
    try (StoreUnderTest store = new StoreUnderTest()) {
      for (int i = 0; i < 3; i++) {
        byte[] key = store.key(i);
        store
            .database()
            .run(
                transaction -> {
                  transaction.set(key, new byte[10]);
                  return 0;
                });
      }
      try (Transaction transaction = store.database().createTransaction()) {
        transaction.get(store.key(0)).join();
        transaction.set(store.key(9), new byte[0]);
        store
            .database()
            .run(
                other -> {
                  other.clear(store.key(0));
                  return 0;
                });
        transaction.commit().handle((done, failure) -> failure).join();
        assertThat(transaction.watch(store.key(0))).isCompletedExceptionally();
      }
      StoreMetrics metrics = store.embedded().metrics();
      assertThat(metrics.commits()).isEqualTo(4);
      assertThat(metrics.meanBatch()).isEqualTo(1);
      assertThat(metrics.largestBatch()).isEqualTo(1);
      assertThat(metrics.conflicts()).isEqualTo(1);
      assertThat(metrics.longestSyncNanos()).isPositive();
      assertThat(metrics.meanSyncNanos()).isBetween(1.0, (double) metrics.longestSyncNanos());
      assertThat(metrics.watches()).isZero();
      assertThat(metrics.history().keys()).isEqualTo(3);
      assertThat(metrics.history().bytes()).isPositive();
      assertThat(metrics.history().spanMillis()).isBetween(0L, 5_000L);
      assertThat(metrics.storage().entries()).isEqualTo(2);
      assertThat(metrics.faults()).isEmpty();
    }
  }
}
