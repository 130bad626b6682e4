package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.Transaction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Transactions from their creation to their commit, cancellation, reset and close. */
final class LifeCycleTest extends ConformanceTest {
  private static FDBException conflict() {
    return new FDBException("Transaction not committed due to conflict", 1020);
  }

  @Test
  void uncommittedWritesAreLost() {
    try (Transaction transaction = database().createTransaction()) {
      transaction.set(key("a"), bytes("1"));
    }
    assertThat(get("a")).isNull();
  }

  @Test
  void committedTransactionCannotBeUsed() {
    Transaction transaction = begin();
    long version = transaction.getReadVersion().join();
    transaction.set(key("a"), bytes("1"));
    transaction.commit().join();
    assertFails(2017, () -> transaction.get(key("a")).join());
    assertFails(2017, () -> transaction.getKey(KeySelector.firstGreaterThan(key("a"))).join());
    assertFails(2017, () -> transaction.getRange(key("a"), key("b")).asList().join());
    assertFails(2017, () -> transaction.watch(key("a")).join());
    assertFails(2017, () -> transaction.commit().join());
    assertThat(transaction.getReadVersion().join()).isEqualTo(version);
    assertThat(transaction.getCommittedVersion()).isGreaterThan(version);
  }

  @Test
  void transactionCannotBeUsedWhileItCommits() {
    Transaction transaction = begin();
    transaction.set(key("a"), bytes("1"));
    CompletableFuture<Void> commit = transaction.commit();
    assertFails(2017, () -> transaction.get(key("a")).join());
    commit.join();
    assertThat(get("a")).isEqualTo("1");
  }

  @Test
  void writeAfterTheCommitIsReportedByTheNextRead() {
    Transaction transaction = begin();
    transaction.set(key("a"), bytes("1"));
    transaction.commit().join();
    transaction.set(key("a"), bytes("2"));
    assertFails(2017, () -> transaction.get(key("a")).join());
    assertThat(get("a")).isEqualTo("1");
  }

  @Test
  void readOnlyTransactionThatWasCommittedCannotBeUsedEither() {
    Transaction transaction = begin();
    get(transaction, "a");
    transaction.commit().join();
    assertFails(2017, () -> transaction.get(key("a")).join());
  }

  @Test
  void committedTransactionMayBeUsedAgainAfterOnError() {
    Transaction transaction = begin();
    transaction.set(key("a"), bytes("1"));
    transaction.commit().join();
    try (Transaction again = transaction.onError(conflict()).join()) {
      assertThat(get(again, "a")).isEqualTo("1");
      again.set(key("a"), bytes("2"));
      again.commit().join();
    }
    assertThat(get("a")).isEqualTo("2");
  }

  @Test
  void cancelledTransactionCannotBeUsed() {
    Transaction transaction = begin();
    transaction.set(key("a"), bytes("1"));
    transaction.cancel();
    assertFails(1025, () -> transaction.get(key("a")).join());
    assertFails(1025, () -> transaction.getReadVersion().join());
    assertFails(1025, () -> transaction.getRange(key("a"), key("b")).asList().join());
    assertFails(1025, () -> transaction.getKey(KeySelector.lastLessThan(key("a"))).join());
    assertFails(1025, () -> transaction.watch(key("a")).join());
    assertFails(1025, () -> transaction.commit().join());
    assertFails(1025, () -> transaction.onError(conflict()).join());
    assertThat(get("a")).isNull();
  }

  @Test
  void cancelEndsWhatIsOutstanding() {
    Transaction transaction = begin();
    CompletableFuture<Void> watch = transaction.watch(key("a"));
    CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
    transaction.cancel();
    transaction.cancel();
    assertFails(1025, watch::join);
    assertFails(1025, stamp::join);
  }

  @Test
  void closedTransactionCannotBeUsed() {
    Transaction transaction = database().createTransaction();
    transaction.close();
    transaction.close();
    assertThatThrownBy(() -> transaction.get(key("a")).join())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> transaction.set(key("a"), bytes("1")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> transaction.clear(key("a"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> transaction.commit().join()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(transaction::getCommittedVersion).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(transaction::cancel).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> transaction.onError(conflict()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> transaction.options().setTimeout(5))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closeEndsWhatIsOutstanding() {
    Transaction transaction = database().createTransaction();
    CompletableFuture<Void> watch = transaction.watch(key("a"));
    CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
    transaction.get(key("b")).join();
    transaction.close();
    assertFails(1025, watch::join);
    assertFails(1025, stamp::join);
  }

  @Test
  void onErrorOfARetryableErrorBeginsAnew() {
    put("a", "old");
    Transaction transaction = begin();
    long version = transaction.getReadVersion().join();
    transaction.set(key("a"), bytes("mine"));
    put("a", "theirs");
    try (Transaction again = transaction.onError(conflict()).join()) {
      assertThat(get(again, "a")).isEqualTo("theirs");
      assertThat(again.getReadVersion().join()).isGreaterThan(version);
      again.commit().join();
    }
    assertThat(get("a")).isEqualTo("theirs");
  }

  @Test
  void onErrorForgetsConflictsAndFailures() {
    Transaction transaction = begin();
    get(transaction, "a");
    transaction.addReadConflictKey(key("b"));
    transaction.set(Bytes.hex("ff00"), bytes("illegal"));
    assertFails(2004, () -> transaction.get(key("a")).join());
    try (Transaction again = transaction.onError(conflict()).join()) {
      again.getReadVersion().join();
      put("a", "1");
      put("b", "1");
      again.set(key("c"), bytes("1"));
      again.commit().join();
    }
  }

  @Test
  void transactionIsHandedOverByOnError() {
    Transaction transaction = database().createTransaction();
    try (Transaction again = transaction.onError(conflict()).join()) {
      assertThatThrownBy(() -> transaction.get(key("a"))).isInstanceOf(IllegalStateException.class);
      transaction.close();
      assertThat(get(again, "a")).isNull();
    }
  }

  @Test
  void onErrorOfAnErrorThatIsFinalFailsWithIt() {
    for (int code : new int[] {1025, 1031, 2000, 2004, 2101, 2102, 2103}) {
      Transaction transaction = database().createTransaction();
      assertFails(code, () -> transaction.onError(new FDBException("final", code)).join());
      transaction.close();
    }
  }

  @Test
  void onErrorOfAnotherExceptionFailsWithIt() {
    Transaction transaction = begin();
    IllegalArgumentException mine = new IllegalArgumentException("mine");
    assertThatThrownBy(() -> transaction.onError(mine).join()).hasCause(mine);
    assertThatThrownBy(() -> transaction.onError(new CompletionException(mine)).join())
        .hasCause(mine);
    assertThat(get(transaction, "a")).as("the transaction goes on").isNull();
  }

  @Test
  void onErrorLooksIntoTheExceptionsOfFutures() {
    Transaction transaction = database().createTransaction();
    Transaction second = transaction.onError(new CompletionException(conflict())).join();
    Transaction third = second.onError(new ExecutionException(conflict())).join();
    third.close();
  }

  @Test
  void conflictMakesTheTransactionWaitForOnError() {
    put("a", "1");
    Transaction transaction = begin();
    get(transaction, "a");
    put("a", "2");
    assertConflicts(transaction);
    assertFails(2017, () -> transaction.commit().join());
    assertFails(2017, () -> transaction.get(key("a")).join());
    try (Transaction again = transaction.onError(conflict()).join()) {
      assertThat(get(again, "a")).isEqualTo("2");
    }
  }

  @Test
  void emptyTransactionCommits() {
    Transaction transaction = begin();
    transaction.commit().join();
    assertThat(transaction.getCommittedVersion()).isEqualTo(-1);
  }

  @Test
  void transactionKnowsWhereItBelongs() {
    Executor mine = Runnable::run;
    try (Transaction transaction = database().createTransaction(mine)) {
      assertThat(transaction.getDatabase()).isSameAs(database());
      assertThat(transaction.getExecutor()).isSameAs(mine);
      assertThat(transaction.snapshot().getExecutor()).isSameAs(mine);
    }
    try (Transaction transaction = database().createTransaction()) {
      assertThat(transaction.getExecutor()).isSameAs(database().getExecutor());
    }
  }

  @Test
  void continuationsRunOnTheTransactionsExecutor() {
    put("a", "1");
    ExecutorService mine = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
    try (Transaction transaction = database().createTransaction(mine)) {
      CompletableFuture<String> thread = new CompletableFuture<>();
      CompletableFuture<Void> watch = transaction.watch(key("a"));
      CompletableFuture<Void> unused =
          watch.thenAccept(fired -> thread.complete(Thread.currentThread().getName()));
      transaction.commit().join();
      put("a", "2");
      assertThat(thread.join()).isEqualTo("mine");
    } finally {
      mine.shutdownNow();
    }
  }

  @Test
  void closedDatabaseOpensNoTransactions() {
    Database other = store.open();
    Transaction transaction = other.createTransaction();
    transaction.close();
    Store.close(other);
    assertThatThrownBy(other::createTransaction).isInstanceOf(IllegalStateException.class);
    other.close();
  }
}
