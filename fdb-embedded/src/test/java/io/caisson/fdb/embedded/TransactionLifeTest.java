package io.caisson.fdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.LocalityUtil;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncIterator;
import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How transactions end, and what their futures say then. */
final class TransactionLifeTest {
  private final StoreUnderTest store = new StoreUnderTest();
  private final Database database = store.database();

  @AfterEach
  void closeStore() {
    store.close();
  }

  private static void assertFails(int code, CompletableFuture<?> future) {
    assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            FDBException.class, known -> assertThat(known.getCode()).isEqualTo(code));
  }

  private void put(Object name, int value) {
    database.run(
        transaction -> {
          transaction.set(store.key(name), new byte[] {(byte) value});
          return 0;
        });
  }

  @Test
  void timeoutFailsWhatIsPendingThoughNobodyCalls() {
    try (Transaction transaction = database.createTransaction()) {
      transaction.options().setTimeout(30);
      CompletableFuture<Void> watch = transaction.watch(store.key("a"));
      CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
      assertFails(1031, watch);
      assertFails(1031, stamp);
      assertFails(1031, transaction.get(store.key("a")));
      assertFails(1031, transaction.onError(new FDBException("a conflict", 1020)));
    }
  }

  @Test
  void timeoutCountsOverAllTries() throws Exception {
    Transaction first = database.createTransaction();
    TimeUnit.MILLISECONDS.sleep(50);
    try (Transaction second = first.onError(new FDBException("too old", 1007)).join()) {
      second.options().setTimeout(40); // has passed since the first was created
      assertFails(1031, second.get(store.key("a")));
    }
  }

  @Test
  void failedCommitFailsItsWatchesAndHasNoVersionstamp() {
    put("a", 1);
    try (Transaction transaction = database.createTransaction()) {
      transaction.get(store.key("a")).join();
      CompletableFuture<Void> watch = transaction.watch(store.key("b"));
      CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
      transaction.set(store.key("c"), new byte[0]);
      put("a", 2);
      assertFails(1020, transaction.commit());
      assertFails(1020, watch);
      assertFails(2020, stamp);
      assertFails(2017, transaction.get(store.key("a")));
    }
  }

  @Test
  void watchAddsAReadConflict() {
    try (Transaction transaction = database.createTransaction()) {
      CompletableFuture<Void> watch = transaction.watch(store.key("a"));
      transaction.set(store.key("b"), new byte[0]);
      put("a", 1);
      assertFails(1020, transaction.commit());
      assertFails(1020, watch);
    }
  }

  @Test
  void laterWriteOfTheSameTransactionFiresTheWatch() {
    put("a", 1);
    try (Transaction transaction = database.createTransaction()) {
      CompletableFuture<Void> watch = transaction.watch(store.key("a"));
      transaction.set(store.key("a"), new byte[] {1});
      assertThat(watch).isNotDone();
      transaction.set(store.key("a"), new byte[] {2});
      assertThat(watch).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void watchesCountFromTheirCallOn() {
    database.options().setMaxWatches(1);
    try (Transaction transaction = database.createTransaction()) {
      CompletableFuture<Void> first = transaction.watch(store.key("a"));
      assertFails(1032, transaction.watch(store.key("b")));
      first.cancel(true);
      assertThat(transaction.watch(store.key("b"))).isNotDone();
    }
  }

  @Test
  void iterationReadsItsFirstPageAtOnce() {
    put(1, 1);
    try (Transaction transaction = database.createTransaction()) {
      AsyncIterator<?> iterator = transaction.getRange(store.subspace().range()).iterator();
      transaction.clear(store.subspace().range());
      assertThat(iterator.hasNext()).isTrue();
    }
  }

  @Test
  void limitsOfRangesAreChecked() {
    try (Transaction transaction = database.createTransaction()) {
      byte[] begin = store.key(0);
      byte[] end = store.key(9);
      assertFails(2210, transaction.getRange(begin, end, 0, false, StreamingMode.EXACT).asList());
      assertFails(2012, transaction.getRange(begin, end, -7).asList());
      assertThat(transaction.getRange(end, begin).asList().join()).isEmpty();
      assertFails(2004, transaction.getRange(begin, new byte[] {-1, 1}).asList());
    }
  }

  @Test
  void failedReadFailsTheCommitToo() {
    byte[] key = store.subspace().packWithVersionstamp(Tuple.from(Versionstamp.incomplete()));
    try (Transaction transaction = database.createTransaction()) {
      transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, key, new byte[0]);
      assertFails(1036, transaction.getRange(store.subspace().range()).asList());
      assertFails(1036, transaction.commit());
    }
  }

  @Test
  void stampedValueStaysUnreadableUntilItIsCleared() {
    byte[] operand = Tuple.from(Versionstamp.incomplete()).packWithVersionstamp();
    try (Transaction transaction = database.createTransaction()) {
      transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, store.key("a"), operand);
      transaction.set(store.key("a"), new byte[] {1});
      assertFails(1036, transaction.get(store.key("a")));
    }
    try (Transaction transaction = database.createTransaction()) {
      transaction.options().setBypassUnreadable();
      transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, store.key("a"), operand);
      assertThat(transaction.get(store.key("a")).join()).isEqualTo(operand);
      transaction.clear(store.key("a"));
      assertThat(transaction.get(store.key("a")).join()).isNull();
    }
  }

  @Test
  void optionsOfTheDatabaseAndOfTheTransactionOutliveOnError() {
    database.options().setTransactionRetryLimit(1);
    Transaction first = database.createTransaction();
    Transaction second = first.onError(new FDBException("a conflict", 1020)).join();
    assertFails(1020, second.onError(new FDBException("a conflict", 1020)));
    assertThatThrownBy(() -> second.get(store.key("a"))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void promisesOfOptionsAreKept() {
    try (Transaction transaction = database.createTransaction()) {
      transaction.options().setReadLockAware();
      transaction.set(store.key("a"), new byte[0]);
      assertFails(2023, transaction.commit());
    }
    try (Transaction transaction = database.createTransaction()) {
      transaction.get(store.key("a")).join();
      transaction.options().setReadYourWritesDisable();
      assertFails(2000, transaction.commit());
    }
    try (Transaction transaction = database.createTransaction()) {
      transaction.options().setSizeLimit(200);
      transaction.set(store.key("a"), new byte[200]);
      assertFails(2101, transaction.commit());
    }
  }

  @Test
  void closingACommitLeavesItsOutcomeUnknown() {
    Transaction transaction = database.createTransaction();
    transaction.set(store.key("a"), new byte[0]);
    CompletableFuture<Void> commit = transaction.commit();
    transaction.close();
    try {
      commit.join();
    } catch (RuntimeException closedFirst) {
      assertFails(1025, commit);
    }
    assertThatThrownBy(transaction::commit).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sizesAreCountedAsTheNativeClientCounts() {
    try (Transaction transaction = database.createTransaction()) {
      transaction.set(new byte[10], new byte[20]);
      assertThat(transaction.getApproximateSize().join()).isEqualTo(10 + 20 + 44 + 24 + 21);
      transaction.addReadConflictKey(new byte[] {7});
      assertThat(transaction.getApproximateSize().join()).isEqualTo(119 + 24 + 3);
    }
  }

  @Test
  void localityAnswersWithoutServers() {
    try (var boundaries = LocalityUtil.getBoundaryKeys(database, new byte[0], new byte[] {-1})) {
      assertThat(boundaries.hasNext()).isFalse();
    }
    try (Transaction transaction = database.createTransaction()) {
      assertFails(1033, LocalityUtil.getAddressesForKey(transaction, new byte[] {1}));
    }
  }
}
