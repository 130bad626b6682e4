package io.caisson.fdb.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only the embedded engine can be asked: its counters, and its end. */
final class EmbeddedDatabaseTest {
  private final StoreUnderTest store = new StoreUnderTest();
  private final EmbeddedDatabase database = store.embedded();

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void watchesEndWithTheDatabase() {
    CompletableFuture<Void> watch = database.run(transaction -> transaction.watch(store.key("a")));
    assertThat(watch).isNotDone();
    database.close();
    assertThatThrownBy(watch::join)
        .cause()
        .isInstanceOfSatisfying(
            FDBException.class, ended -> assertThat(ended.getCode()).isEqualTo(1025));
    assertThatThrownBy(database::createTransaction).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void manyTransactionsShareOneSync() {
    CompletableFuture<?>[] commits = new CompletableFuture<?>[500];
    for (int i = 0; i < commits.length; i++) {
      Transaction transaction = database.createTransaction();
      transaction.set(store.key(String.valueOf(i)), new byte[100]);
      commits[i] = transaction.commit().whenComplete((done, failure) -> transaction.close());
    }
    CompletableFuture.allOf(commits).join();
    StoreMetrics metrics = database.metrics();
    assertThat(metrics.commits()).isEqualTo(500);
    assertThat(metrics.batches()).isLessThan(500);
    assertThat(database.statistics().entries()).isEqualTo(500);
  }

  /** The native client would write outside of its buffer. */
  @Test
  void offsetOfAStampThatOverflowsIsRefused() {
    byte[] template =
        ByteBuffer.allocate(14)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(10, Integer.MAX_VALUE)
            .array();
    try (Transaction transaction = database.createTransaction()) {
      transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, "a".getBytes(UTF_8), template);
      assertThatThrownBy(() -> transaction.commit().join())
          .cause()
          .isInstanceOfSatisfying(
              FDBException.class, refused -> assertThat(refused.getCode()).isEqualTo(2000));
    }
  }
}
