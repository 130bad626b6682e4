package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.hex;
import static io.caisson.fdb.embedded.conformance.Bytes.littleEndian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.TransactionOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of transactions, and the defaults that a database gives them. */
final class OptionsTest extends ConformanceTest {
  private static FDBException conflict() {
    return new FDBException("Transaction not committed due to conflict", 1020);
  }

  private static void option(Transaction transaction, int code, byte @Nullable [] value) {
    transaction.options().getOptionConsumer().setOption(code, value);
  }

  @Test
  void timeoutEndsTheTransaction() throws Exception {
    Transaction transaction = begin();
    transaction.options().setTimeout(50);
    get(transaction, "a");
    TimeUnit.MILLISECONDS.sleep(200);
    assertFails(1031, () -> transaction.get(key("a")).join());
    assertFails(1031, () -> transaction.getRange(key("a"), key("b")).asList().join());
    assertFails(1031, () -> transaction.getReadVersion().join());
    transaction.set(key("a"), bytes("1"));
    assertFails(1031, () -> transaction.commit().join());
    assertFails(1031, () -> transaction.onError(conflict()).join());
    assertThat(get("a")).isNull();
  }

  @Test
  void timeoutEndsWhatIsOutstandingThoughNobodyCalls() {
    Transaction transaction = begin();
    CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
    transaction.options().setTimeout(50);
    assertFails(1031, () -> stamp.get(10, TimeUnit.SECONDS));
  }

  /** A cluster's client leaves a watch that has its value pending until the transaction ends. */
  @Test
  void watchDoesNotOutliveATransactionThatTimedOut() throws Exception {
    Transaction transaction = database().createTransaction();
    CompletableFuture<Void> watch = transaction.watch(key("a"));
    get(transaction, "a");
    transaction.options().setTimeout(50);
    TimeUnit.MILLISECONDS.sleep(200);
    transaction.close();
    assertThatThrownBy(() -> watch.get(10, TimeUnit.SECONDS))
        .satisfies(
            ended -> assertThat(((FDBException) unwrapped(ended)).getCode()).isIn(1025, 1031));
  }

  @Test
  void timeoutCountsFromTheBeginOfTheTransaction() throws Exception {
    Transaction transaction = begin();
    get(transaction, "a");
    TimeUnit.MILLISECONDS.sleep(100);
    transaction.options().setTimeout(50);
    TimeUnit.MILLISECONDS.sleep(50);
    assertFails(1031, () -> transaction.get(key("a")).join());
  }

  @Test
  void timeoutOfZeroIsNone() throws Exception {
    Transaction transaction = begin();
    transaction.options().setTimeout(300);
    transaction.options().setTimeout(0);
    TimeUnit.MILLISECONDS.sleep(400);
    assertThat(get(transaction, "a")).isNull();
  }

  @Test
  void timeoutCountsOnOverRetries() throws Exception {
    Transaction transaction = database().createTransaction();
    transaction.options().setTimeout(300);
    transaction.options().setMaxRetryDelay(0);
    try (Transaction again = transaction.onError(conflict()).join()) {
      get(again, "a");
      TimeUnit.MILLISECONDS.sleep(450);
      assertFails(1031, () -> again.get(key("a")).join());
    }
  }

  @Test
  void timeoutDoesNotEndAWatchThatIsSet() throws Exception {
    Transaction transaction = begin();
    transaction.options().setTimeout(200);
    CompletableFuture<Void> watch = transaction.watch(key("a"));
    transaction.commit().join();
    TimeUnit.MILLISECONDS.sleep(400);
    assertThat(watch).isNotDone();
    put("a", "1");
    watch.get(10, TimeUnit.SECONDS);
  }

  @Test
  void retryLimitEndsTheTries() {
    put("a", "0");
    AtomicInteger tries = new AtomicInteger();
    assertFails(
        1020,
        () ->
            commit(
                transaction -> {
                  transaction.options().setRetryLimit(2);
                  get(transaction, "a");
                  put("a", String.valueOf(tries.incrementAndGet()));
                  transaction.set(key("b"), bytes("1"));
                }));
    assertThat(tries).hasValue(3);
  }

  @Test
  void retryLimitCountsOnOverRetries() {
    Transaction transaction = database().createTransaction();
    transaction.options().setRetryLimit(1);
    Transaction second = transaction.onError(conflict()).join();
    assertFails(1020, () -> second.onError(conflict()).join());
    Transaction unlimited = database().createTransaction();
    unlimited.options().setRetryLimit(0);
    unlimited.options().setRetryLimit(-1);
    unlimited.onError(conflict()).join().close();
    Transaction none = database().createTransaction();
    none.options().setRetryLimit(0);
    assertFails(1020, () -> none.onError(conflict()).join());
  }

  @Test
  void delaysOfRetriesGrowAndAreLimited() {
    Transaction transaction = database().createTransaction();
    transaction.options().setMaxRetryDelay(2);
    long started = System.nanoTime();
    for (int i = 0; i < 40; i++) {
      transaction = transaction.onError(conflict()).join();
    }
    transaction.close();
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)).isLessThan(1_000);
    Transaction growing = database().createTransaction();
    started = System.nanoTime();
    for (int i = 0; i < 9; i++) {
      growing = growing.onError(conflict()).join();
    }
    growing.close();
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)).isBetween(100L, 6_000L);
  }

  @Test
  void sizeLimitIsCheckedByTheCommit() {
    Transaction transaction = begin();
    transaction.options().setSizeLimit(1_000);
    transaction.set(key("a"), new byte[2_000]);
    assertThat(transaction.get(key("a")).join()).hasSize(2_000);
    assertFails(2101, () -> transaction.commit().join());
    Transaction small = begin();
    small.options().setSizeLimit(1_000);
    small.set(key("a"), new byte[100]);
    small.commit().join();
  }

  @Test
  void ownWritesAreNotReadWhereThatIsDisabled() {
    put("a", "old");
    put("n", "n");
    Transaction transaction = begin();
    transaction.options().setReadYourWritesDisable();
    transaction.set(key("a"), bytes("new"));
    transaction.set(key("b"), bytes("new"));
    transaction.mutate(MutationType.APPEND_IF_FITS, key("n"), bytes("+"));
    assertThat(get(transaction, "a")).isEqualTo("old");
    assertThat(get(transaction, "b")).isNull();
    assertThat(get(transaction.snapshot(), "a")).isEqualTo("old");
    assertThat(names(range(transaction, "a", "z"))).containsExactly("a", "n");
    transaction.commit().join();
    assertThat(get("a")).isEqualTo("new");
    assertThat(get("n")).isEqualTo("n+");
  }

  @Test
  void readsOfOwnKeysConflictWhereReadingOwnWritesIsDisabled() {
    Transaction transaction = beginNow();
    transaction.options().setReadYourWritesDisable();
    transaction.set(key("a"), bytes("mine"));
    get(transaction, "a");
    put("a", "theirs");
    assertFails(1020, () -> transaction.commit().join());
  }

  @Test
  void orderOfWritesIsKeptWhereReadingOwnWritesIsDisabled() {
    put("a", "1");
    Transaction transaction = begin();
    transaction.options().setReadYourWritesDisable();
    transaction.set(key("a"), bytes("2"));
    transaction.clear(key("a"), key("c"));
    transaction.set(key("b"), bytes("3"));
    transaction.mutate(MutationType.ADD, key("c"), littleEndian(1, 1));
    transaction.mutate(MutationType.ADD, key("c"), littleEndian(1, 1));
    transaction.commit().join();
    assertThat(get("a")).isNull();
    assertThat(get("b")).isEqualTo("3");
    assertThat(get("c")).isEqualTo("\u0002");
  }

  @Test
  void readingOwnWritesIsDisabledBeforeTheFirstOperation() {
    Transaction transaction = begin();
    get(transaction, "a");
    transaction.options().setReadYourWritesDisable();
    assertFails(2000, () -> transaction.get(key("a")).join());
    Transaction writer = begin();
    writer.set(key("a"), bytes("1"));
    writer.options().setReadYourWritesDisable();
    assertFails(2000, () -> writer.commit().join());
    Transaction third = beginNow();
    third.options().setReadYourWritesDisable();
    assertThat(get(third, "a")).isNull();
  }

  @Test
  void snapshotReadsMaySkipOwnWrites() {
    put("a", "old");
    Transaction transaction = begin();
    transaction.options().setSnapshotRywDisable();
    transaction.set(key("a"), bytes("new"));
    assertThat(get(transaction.snapshot(), "a")).isEqualTo("old");
    assertThat(Bytes.values(range(transaction.snapshot(), "a", "b"))).containsExactly("old");
    assertThat(get(transaction, "a")).isEqualTo("new");
    transaction.options().setSnapshotRywEnable();
    assertThat(get(transaction.snapshot(), "a")).isEqualTo("new");
  }

  @Test
  void snapshotReadsCountHowOftenTheyWereDisabled() {
    Transaction transaction = begin();
    transaction.set(key("a"), bytes("new"));
    transaction.options().setSnapshotRywDisable();
    transaction.options().setSnapshotRywDisable();
    transaction.options().setSnapshotRywEnable();
    assertThat(get(transaction.snapshot(), "a")).isNull();
    transaction.options().setSnapshotRywEnable();
    assertThat(get(transaction.snapshot(), "a")).isEqualTo("new");
  }

  @Test
  void optionsButTheLimitsOfTimeAreForgottenByARetry() {
    Transaction transaction = database().createTransaction();
    TransactionOptions options = transaction.options();
    options.setReadYourWritesDisable();
    options.setSizeLimit(32);
    options.setReadSystemKeys();
    options.setNextWriteNoWriteConflictRange();
    try (Transaction again = transaction.onError(conflict()).join()) {
      Transaction reader = begin();
      get(reader, "a");
      again.set(key("a"), new byte[1_000]);
      assertThat(again.get(key("a")).join()).hasSize(1_000);
      assertFails(2004, () -> again.get(hex("ff00")).join());
      again.commit().join();
      assertConflicts(reader);
    }
  }

  @Test
  void unknownOptionIsRefusedAtOnce() {
    Transaction transaction = begin();
    for (int code : new int[] {0, 77, 499, 99_999}) {
      assertFails(2007, () -> option(transaction, code, null));
    }
    assertThat(get(transaction, "a")).isNull();
  }

  @Test
  void wrongValueIsReportedByTheNextRead() {
    Consumer<Transaction> noLimit = transaction -> transaction.options().setSizeLimit(31);
    Consumer<Transaction> tooLarge = transaction -> transaction.options().setSizeLimit(10_000_001);
    Consumer<Transaction> negative = transaction -> transaction.options().setTimeout(-1);
    Consumer<Transaction> belowAll = transaction -> transaction.options().setRetryLimit(-2);
    Consumer<Transaction> absent = transaction -> option(transaction, 500, null);
    Consumer<Transaction> tooShort = transaction -> option(transaction, 501, new byte[4]);
    Consumer<Transaction> unwanted = transaction -> option(transaction, 51, bytes("x"));
    for (Consumer<Transaction> wrong :
        List.of(noLimit, tooLarge, negative, belowAll, absent, tooShort, unwanted)) {
      Transaction transaction = begin();
      wrong.accept(transaction);
      assertFails(2006, () -> transaction.get(key("a")).join());
    }
  }

  @Test
  @SuppressWarnings("deprecation") // they are still there
  void optionsThatSayHowAClusterShouldWorkAreAccepted() {
    Transaction transaction = begin();
    TransactionOptions options = transaction.options();
    options.setCausalReadRisky();
    options.setCausalWriteRisky();
    options.setPriorityBatch();
    options.setPrioritySystemImmediate();
    options.setReadPriorityLow();
    options.setReadPriorityNormal();
    options.setReadPriorityHigh();
    options.setReadServerSideCacheDisable();
    options.setReadServerSideCacheEnable();
    options.setReadAheadDisable();
    options.setIncludePortInAddress();
    options.setDebugTransactionIdentifier("conformance");
    options.setLogTransaction();
    options.setTransactionLoggingMaxFieldLength(100);
    options.setServerRequestTracing();
    options.setLockAware();
    options.setTag("tag");
    options.setUsedDuringCommitProtectionDisable();
    options.setReportConflictingKeys();
    options.setSpecialKeySpaceRelaxed();
    options.setExpensiveClearCostEstimationEnable();
    options.setBypassUnreadable();
    transaction.set(key("a"), bytes("1"));
    assertThat(get(transaction, "a")).isEqualTo("1");
    transaction.commit().join();
    assertThat(get("a")).isEqualTo("1");
  }

  @Test
  void transactionThatIsLockAwareForReadsOnlyDoesNotCommitWrites() {
    Transaction transaction = begin();
    transaction.options().setReadLockAware();
    assertThat(get(transaction, "a")).isNull();
    transaction.set(key("a"), bytes("1"));
    assertFails(2023, () -> transaction.commit().join());
  }

  @Test
  void databaseGivesItsTransactionsATimeout() throws Exception {
    Database other = another();
    other.options().setTransactionTimeout(50);
    try (Transaction transaction = other.createTransaction();
        Transaction longer = other.createTransaction()) {
      longer.options().setTimeout(60_000);
      TimeUnit.MILLISECONDS.sleep(200);
      assertFails(1031, () -> transaction.get(key("a")).join());
      longer.get(key("a")).join();
    }
  }

  @Test
  void databaseGivesItsTransactionsARetryLimitAndASizeLimit() {
    Database other = another();
    other.options().setTransactionRetryLimit(1);
    other.options().setTransactionMaxRetryDelay(0);
    other.options().setTransactionSizeLimit(1_000);
    AtomicInteger tries = new AtomicInteger();
    assertFails(
        1020,
        () ->
            other.run(
                transaction -> {
                  tries.incrementAndGet();
                  throw conflict();
                }));
    assertThat(tries).hasValue(2);
    try (Transaction transaction = other.createTransaction()) {
      transaction.set(key("a"), new byte[2_000]);
      assertFails(2101, () -> transaction.commit().join());
    }
  }

  @Test
  void databaseDecidesWhetherSnapshotReadsSeeOwnWrites() {
    Database other = another();
    other.options().setSnapshotRywDisable();
    try (Transaction transaction = other.createTransaction()) {
      transaction.set(key("a"), bytes("new"));
      assertThat(transaction.snapshot().get(key("a")).join()).isNull();
      assertThat(transaction.get(key("a")).join()).isEqualTo(bytes("new"));
      transaction.options().setSnapshotRywEnable();
      assertThat(transaction.snapshot().get(key("a")).join()).isEqualTo(bytes("new"));
    }
  }

  @Test
  void databaseLetsItsTransactionsReadUnreadableKeys() {
    Database other = another();
    other.options().setTransactionBypassUnreadable();
    try (Transaction transaction = other.createTransaction()) {
      transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key("a"), new byte[14]);
      transaction.get(key("a")).join();
    }
  }

  @Test
  @SuppressWarnings("deprecation") // they are still there
  void databaseOptionsThatSayHowAClusterShouldWorkAreAccepted() {
    Database other = another();
    other.options().setLocationCacheSize(1_000);
    other.options().setMachineId("machine");
    other.options().setDatacenterId("centre");
    other.options().setTransactionCausalReadRisky();
    other.options().setTransactionIncludePortInAddress();
    other.options().setTransactionLoggingMaxFieldLength(10);
    other.options().setTransactionReportConflictingKeys();
    other.options().setTransactionUsedDuringCommitProtectionDisable();
    byte[] absent = other.read(read -> read.get(key("a")).join());
    assertThat(absent).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 77, 99_999})
  void unknownDatabaseOptionIsRefused(int code) {
    Database other = another();
    assertFails(2007, () -> other.options().getOptionConsumer().setOption(code, null));
  }
}
