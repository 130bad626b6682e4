package io.caisson.fdb.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Options, errors and ends of transactions. */
final class TransactionLimitsTest {
  private final StoreUnderTest store = new StoreUnderTest();
  private final Database database = store.database();

  @AfterEach
  void closeStore() {
    store.close();
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(
            failure ->
                assertThat(failure instanceof CompletionException ? failure.getCause() : failure)
                    .isInstanceOfSatisfying(
                        EmbeddedException.class,
                        known -> assertThat(known.errorCode()).isEqualTo(code)));
  }

  private void put(String name, String value) {
    database.run(
        transaction -> {
          transaction.set(store.key(name), value.getBytes(UTF_8));
          return 0;
        });
  }

  @Test
  void runTriesAgainAfterAConflict() {
    put("a", "0");
    AtomicInteger tries = new AtomicInteger();
    database.run(
        transaction -> {
          transaction.get(store.key("a")).join();
          if (tries.incrementAndGet() == 1) {
            put("a", "1");
          }
          transaction.set(store.key("b"), new byte[] {1});
          return 0;
        });
    assertThat(tries).hasValue(2);
  }

  @Test
  void retryLimitEndsTheTries() {
    put("a", "0");
    AtomicInteger tries = new AtomicInteger();
    assertFails(
        ErrorCode.NOT_COMMITTED,
        () ->
            database.run(
                transaction -> {
                  transaction.options().setRetryLimit(2);
                  transaction.get(store.key("a")).join();
                  put("a", String.valueOf(tries.incrementAndGet()));
                  transaction.set(store.key("b"), new byte[] {1});
                  return 0;
                }));
    assertThat(tries).hasValue(3);
  }

  @Test
  void timeoutEndsTheTransaction() throws Exception {
    try (Transaction transaction = database.createTransaction()) {
      transaction.options().setTimeout(20);
      transaction.get(store.key("a")).join();
      TimeUnit.MILLISECONDS.sleep(40);
      assertFails(ErrorCode.TRANSACTION_TIMED_OUT, () -> transaction.get(store.key("a")).join());
    }
  }

  @Test
  void unknownOptionIsRefused() {
    try (Transaction transaction = database.createTransaction()) {
      assertFails(
          ErrorCode.INVALID_OPTION,
          () -> transaction.options().getOptionConsumer().setOption(77, null));
      transaction.options().setSizeLimit(1);
      assertFails(ErrorCode.INVALID_OPTION_VALUE, () -> transaction.getReadVersion().join());
    }
  }

  @Test
  void readVersionsOutsideTheWindowAreRefused() {
    put("a", "0");
    long now = database.read(transaction -> transaction.getReadVersion().join());
    try (Transaction transaction = database.createTransaction()) {
      transaction.setReadVersion(Math.max(1, now - 6_000_000));
      assertFails(ErrorCode.TRANSACTION_TOO_OLD, () -> transaction.get(store.key("a")).join());
    }
    try (Transaction transaction = database.createTransaction()) {
      transaction.setReadVersion(now + 100_000_000);
      assertFails(ErrorCode.FUTURE_VERSION, () -> transaction.get(store.key("a")).join());
    }
  }

  @Test
  void committedTransactionCannotBeUsed() {
    try (Transaction transaction = database.createTransaction()) {
      transaction.set(store.key("a"), new byte[0]);
      transaction.commit().join();
      assertFails(ErrorCode.USED_DURING_COMMIT, () -> transaction.get(store.key("a")).join());
    }
  }

  @Test
  void cancelledTransactionCannotBeUsed() {
    try (Transaction transaction = database.createTransaction()) {
      CompletableFuture<Void> watch = transaction.watch(store.key("a"));
      transaction.cancel();
      assertFails(ErrorCode.TRANSACTION_CANCELLED, () -> transaction.get(store.key("a")).join());
      assertFails(ErrorCode.TRANSACTION_CANCELLED, watch::join);
    }
  }

  @Test
  void ownVersionstampsCannotBeRead() {
    byte[] key = store.subspace().packWithVersionstamp(Tuple.from(Versionstamp.incomplete()));
    try (Transaction transaction = database.createTransaction()) {
      transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, key, new byte[0]);
      assertFails(
          ErrorCode.ACCESSED_UNREADABLE,
          () -> transaction.getRange(store.subspace().range()).asList().join());
    }
    try (Transaction transaction = database.createTransaction()) {
      transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, key, new byte[0]);
      transaction.clear(store.subspace().range());
      transaction.commit().join();
    }
    int left =
        database.read(read -> read.getRange(store.subspace().range()).asList().join().size());
    assertThat(left).isZero();
  }

  @Test
  void watchesEndWithTheDatabase() {
    try (StoreUnderTest other = new StoreUnderTest()) {
      CompletableFuture<Void> watch =
          other.database().run(transaction -> transaction.watch(other.key("a")));
      assertThat(watch).isNotDone();
      other.database().close();
      assertFails(ErrorCode.TRANSACTION_CANCELLED, watch::join);
      assertThatThrownBy(() -> other.database().createTransaction())
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void watchSeesItsOwnTransactionsWrite() {
    CompletableFuture<Void> watch =
        database.run(
            transaction -> {
              transaction.set(store.key("a"), new byte[] {1});
              return transaction.watch(store.key("a"));
            });
    assertThat(watch).isNotDone();
    put("a", "2");
    assertThat(watch).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void writeWithoutConflictRangeConflictsWithNobody() {
    try (Transaction first = database.createTransaction()) {
      first.get(store.key("a")).join();
      database.run(
          transaction -> {
            transaction.options().setNextWriteNoWriteConflictRange();
            transaction.set(store.key("a"), new byte[] {1});
            return 0;
          });
      first.set(store.key("b"), new byte[0]);
      first.commit().join();
    }
  }

  @Test
  void explicitConflictsCount() {
    try (Transaction first = database.createTransaction()) {
      first.getReadVersion().join();
      first.addReadConflictKey(store.key("a"));
      database.run(
          transaction -> {
            transaction.addWriteConflictKey(store.key("a"));
            return 0;
          });
      first.set(store.key("b"), new byte[0]);
      assertFails(ErrorCode.NOT_COMMITTED, () -> first.commit().join());
    }
  }

  @Test
  void readingOwnWritesAddsNoConflict() {
    try (Transaction first = database.createTransaction()) {
      first.getReadVersion().join();
      first.set(store.key("a"), new byte[] {1});
      first.get(store.key("a")).join();
      put("a", "2");
      first.commit().join();
    }
  }

  @Test
  void onErrorGoesByTheCode() {
    Transaction first = database.createTransaction();
    try (Transaction second = first.onError(new FDBException("from elsewhere", 1020)).join()) {
      assertThatThrownBy(() -> first.get(store.key("a")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("invalidated");
      assertThatThrownBy(() -> second.onError(new IllegalArgumentException("mine")).join())
          .hasCauseInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> second.onError(new FDBException("from elsewhere", 2000)).join())
          .hasCauseInstanceOf(FDBException.class);
    }
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
    StoreMetrics metrics = store.embedded().metrics();
    assertThat(metrics.commits()).isEqualTo(500);
    assertThat(metrics.batches()).isLessThan(500);
    assertThat(store.embedded().statistics().entries()).isEqualTo(500);
  }
}
