package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.hex;
import static io.caisson.fdb.embedded.conformance.Bytes.littleEndian;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Watches: when they fire, when they do not, and how they end. */
final class WatchesTest extends ConformanceTest {
  private CompletableFuture<Void> watch(String name) {
    return database().run(transaction -> transaction.watch(key(name)));
  }

  private static void assertFires(CompletableFuture<Void> watch) throws Exception {
    watch.get(20, TimeUnit.SECONDS);
  }

  @Test
  void watchFiresWhenTheValueChanges() throws Exception {
    put("a", "1");
    CompletableFuture<Void> watch = watch("a");
    assertThat(watch).isNotDone();
    put("a", "2");
    assertFires(watch);
  }

  @Test
  void watchFiresWhenTheKeyComesAndGoes() throws Exception {
    CompletableFuture<Void> created = watch("a");
    put("a", "1");
    assertFires(created);
    CompletableFuture<Void> cleared = watch("a");
    clear("a");
    assertFires(cleared);
    put("a", "1");
    CompletableFuture<Void> clearedWithOthers = watch("a");
    commit(transaction -> transaction.clear(key("0"), key("z")));
    assertFires(clearedWithOthers);
  }

  @Test
  void watchFiresForAtomicOperations() throws Exception {
    CompletableFuture<Void> watch = watch("n");
    commit(transaction -> transaction.mutate(MutationType.ADD, key("n"), littleEndian(1, 8)));
    assertFires(watch);
  }

  @Test
  void watchDoesNotFireForOtherKeysNorForTheSameValue() throws Exception {
    put("a", "1");
    CompletableFuture<Void> watch = watch("a");
    put("b", "1");
    put("a", "1");
    put("a\u0000", "1");
    commit(transaction -> transaction.addWriteConflictKey(key("a")));
    TimeUnit.MILLISECONDS.sleep(300);
    assertThat(watch).isNotDone();
    put("a", "2");
    assertFires(watch);
  }

  /** That the value went and came back may be seen or not; that it is another now is seen. */
  @Test
  void watchFiresAfterAValueThatCameBackAtLatestWithTheNextOther() throws Exception {
    put("a", "1");
    CompletableFuture<Void> watch = watch("a");
    put("a", "2");
    put("a", "1");
    put("a", "3");
    assertFires(watch);
  }

  @Test
  void watchFiresForAChangeBetweenItsReadAndItsCommit() throws Exception {
    put("a", "1");
    Transaction transaction = begin();
    CompletableFuture<Void> watch = transaction.watch(key("a"));
    transaction.getReadVersion().join();
    get(transaction, "a");
    put("a", "2");
    transaction.commit().join();
    assertFires(watch);
  }

  @Test
  void watchCountsFromTheOwnTransactionsWrite() throws Exception {
    put("a", "0");
    CompletableFuture<Void> watch =
        database()
            .run(
                transaction -> {
                  transaction.set(key("a"), bytes("1"));
                  return transaction.watch(key("a"));
                });
    TimeUnit.MILLISECONDS.sleep(300);
    assertThat(watch).isNotDone();
    put("a", "2");
    assertFires(watch);
  }

  @Test
  void watchFiresForTheOwnTransactionsLaterWrite() throws Exception {
    put("a", "0");
    CompletableFuture<Void> watch =
        database()
            .run(
                transaction -> {
                  CompletableFuture<Void> early = transaction.watch(key("a"));
                  transaction.set(key("a"), bytes("1"));
                  return early;
                });
    assertFires(watch);
  }

  @Test
  void watchSurvivesItsTransaction() throws Exception {
    Transaction transaction = database().createTransaction();
    CompletableFuture<Void> watch = transaction.watch(key("a"));
    transaction.commit().join();
    transaction.close();
    TimeUnit.MILLISECONDS.sleep(100);
    assertThat(watch).isNotDone();
    put("a", "1");
    assertFires(watch);
  }

  @Test
  void watchSurvivesTheCancellationOfItsCommittedTransaction() throws Exception {
    Transaction transaction = database().createTransaction();
    CompletableFuture<Void> watch = transaction.watch(key("a"));
    transaction.commit().join();
    transaction.cancel();
    transaction.close();
    put("a", "1");
    assertFires(watch);
  }

  @Test
  void watchEndsWithATransactionThatDoesNotCommit() {
    Transaction cancelled = database().createTransaction();
    CompletableFuture<Void> first = cancelled.watch(key("a"));
    get(cancelled, "b");
    cancelled.cancel();
    cancelled.close(); // a cluster's client ends a watch only here if it has its value
    assertFails(1025, () -> first.get(5, TimeUnit.SECONDS));
    Transaction closed = database().createTransaction();
    CompletableFuture<Void> second = closed.watch(key("a"));
    closed.get(key("b")).join();
    closed.close();
    assertFails(1025, () -> second.get(5, TimeUnit.SECONDS));
    Transaction retried = database().createTransaction();
    CompletableFuture<Void> third = retried.watch(key("a"));
    retried.get(key("b")).join();
    retried.onError(new FDBException("conflict", 1020)).join().close();
    assertFails(1025, () -> third.get(5, TimeUnit.SECONDS));
  }

  @Test
  void watchOfARefusedCommitFailsLikeIt() {
    Transaction transaction = begin();
    get(transaction, "b");
    CompletableFuture<Void> watch = transaction.watch(key("a"));
    get(transaction, "a");
    put("b", "1");
    assertConflicts(transaction);
    assertFails(1020, () -> watch.get(5, TimeUnit.SECONDS));
  }

  @Test
  void manyWatchesOnOneKeyAllFire() throws Exception {
    List<CompletableFuture<Void>> watches = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      watches.add(watch("a"));
    }
    put("a", "1");
    for (CompletableFuture<Void> watch : watches) {
      assertFires(watch);
    }
  }

  @Test
  void manyKeysMayBeWatchedByOneTransaction() throws Exception {
    List<CompletableFuture<Void>> watches =
        database()
            .run(
                transaction -> {
                  List<CompletableFuture<Void>> all = new ArrayList<>();
                  for (int i = 0; i < 1_000; i++) {
                    all.add(transaction.watch(key("k" + i)));
                  }
                  return all;
                });
    commit(
        transaction -> {
          for (int i = 0; i < 1_000; i += 2) {
            transaction.set(key("k" + i), bytes("1"));
          }
        });
    for (int i = 0; i < 1_000; i += 2) {
      assertFires(watches.get(i));
    }
    for (int i = 1; i < 1_000; i += 2) {
      assertThat(watches.get(i)).isNotDone();
      watches.get(i).cancel(true);
    }
  }

  @Test
  void watchesAreLimited() throws Exception {
    Database other = another();
    other.options().setMaxWatches(2);
    CompletableFuture<Void> first = other.run(transaction -> transaction.watch(key("a")));
    CompletableFuture<Void> second = other.run(transaction -> transaction.watch(key("b")));
    assertFails(
        1032, () -> other.run(transaction -> transaction.watch(key("c"))).get(5, TimeUnit.SECONDS));
    other.run(
        transaction -> {
          transaction.set(key("a"), bytes("1"));
          return 0;
        });
    assertFires(first);
    CompletableFuture<Void> third = other.run(transaction -> transaction.watch(key("c")));
    TimeUnit.MILLISECONDS.sleep(100);
    assertThat(third).isNotDone();
    second.cancel(true);
    other.run(
        transaction -> {
          transaction.clear(key("a"));
          return 0;
        });
  }

  @Test
  void watchesNeedOwnWritesToBeRead() {
    Transaction transaction = begin();
    transaction.options().setReadYourWritesDisable();
    assertFails(1034, () -> transaction.watch(key("a")).get(5, TimeUnit.SECONDS));
  }

  @Test
  void watchedKeysHaveTheirLimits() {
    Transaction transaction = begin();
    assertFails(2004, () -> transaction.watch(hex("ff00")).get(5, TimeUnit.SECONDS));
    assertFails(2102, () -> transaction.watch(new byte[10_001]).get(5, TimeUnit.SECONDS));
  }

  @Test
  void watchDoesNotFireBeforeTheChangeCanBeRead() throws Exception {
    for (int i = 0; i < 30; i++) {
      CompletableFuture<Void> watch = watch("a");
      String value = "v" + i;
      CompletableFuture<String> seen = watch.thenApply(fired -> String.valueOf(get("a")));
      put("a", value);
      assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(value);
    }
  }
}
