package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.littleEndian;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncIterator;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which reads conflict with which writes, and which do not. */
final class ConflictsTest extends ConformanceTest {
  @Test
  void readOfAKeyThatWasWrittenSinceConflicts() {
    put("a", "1");
    Transaction transaction = begin();
    get(transaction, "a");
    put("a", "2");
    assertConflicts(transaction);
  }

  @Test
  void readOfAnAbsentKeyThatWasCreatedSinceConflicts() {
    Transaction transaction = begin();
    get(transaction, "a");
    put("a", "1");
    assertConflicts(transaction);
  }

  @Test
  void readOfAKeyThatWasClearedSinceConflicts() {
    put("a", "1");
    Transaction transaction = begin();
    get(transaction, "a");
    clear("a");
    assertConflicts(transaction);
  }

  @Test
  void writeOfTheSameValueConflictsToo() {
    put("a", "1");
    Transaction transaction = begin();
    get(transaction, "a");
    put("a", "1");
    assertConflicts(transaction);
  }

  @Test
  void clearOfNothingConflictsToo() {
    Transaction transaction = begin();
    get(transaction, "b");
    commit(other -> other.clear(key("a"), key("c")));
    assertConflicts(transaction);
  }

  @Test
  void atomicOperationOfAnotherConflictsWithAReader() {
    Transaction transaction = begin();
    get(transaction, "n");
    commit(other -> other.mutate(MutationType.ADD, key("n"), littleEndian(0, 8)));
    assertConflicts(transaction);
  }

  @Test
  void writesBeforeTheReadVersionDoNotConflict() {
    put("a", "1");
    Transaction transaction = begin();
    get(transaction, "a");
    assertCommits(transaction);
  }

  @Test
  void neighboursDoNotConflict() {
    putAll("a", "b", "c");
    Transaction transaction = begin();
    get(transaction, "b");
    put("a", "x");
    put("c", "x");
    put("b\u0000", "x");
    commit(other -> other.clear(key("b\u0000"), key("z")));
    commit(other -> other.clear(key("0"), key("b")));
    assertCommits(transaction);
  }

  @Test
  void phantomInARangeConflicts() {
    putAll("a", "c");
    Transaction transaction = begin();
    range(transaction, "a", "d");
    put("b", "1");
    assertConflicts(transaction);
  }

  @Test
  void phantomInAnEmptyRangeConflicts() {
    Transaction transaction = begin();
    assertThat(range(transaction, "a", "d")).isEmpty();
    put("b", "1");
    assertConflicts(transaction);
  }

  @Test
  void rangeReadsConflictInTheirRangeOnly() {
    putAll("b", "c");
    Transaction transaction = begin();
    range(transaction, "b", "d");
    put("a", "1");
    put("d", "1");
    assertCommits(transaction);
  }

  @Test
  void limitedRangeConflictsUpToItsLastRow() {
    putAll("a", "c", "e");
    Transaction transaction = begin();
    transaction.getRange(key("a"), key("z"), 2).asList().join();
    put("d", "1");
    assertCommits(transaction);
    Transaction second = begin();
    second.getRange(key("a"), key("z"), 2).asList().join();
    put("b", "1");
    assertConflicts(second);
  }

  @Test
  void limitedReverseRangeConflictsDownToItsLastRow() {
    putAll("a", "c", "e");
    Transaction transaction = begin();
    transaction.getRange(key("a"), key("z"), 2, true).asList().join();
    put("b", "1");
    assertCommits(transaction);
    Transaction second = begin();
    second.getRange(key("a"), key("z"), 2, true).asList().join();
    put("f", "1");
    assertConflicts(second);
  }

  @Test
  void lastRowOfALimitedRangeConflicts() {
    putAll("a", "c", "e");
    for (boolean reverse : new boolean[] {false, true}) {
      Transaction transaction = begin();
      transaction.getRange(key("a"), key("z"), 2, reverse).asList().join();
      put("c", "changed");
      assertConflicts(transaction);
    }
  }

  @Test
  void iterationConflictsInWhatItHasFetched() {
    putAll("a", "b", "c");
    Transaction transaction = begin();
    AsyncIterator<?> iterator = transaction.getRange(key("a"), key("z")).iterator();
    while (iterator.hasNext()) {
      iterator.next();
    }
    put("bb", "1");
    assertConflicts(transaction);
  }

  @Test
  void selectorConflictsBetweenItsKeyAndItsResult() {
    putAll("a", "d", "g");
    Transaction transaction = begin();
    assertThat(name(transaction.getKey(KeySelector.firstGreaterThan(key("b"))).join()))
        .isEqualTo("d");
    put("c", "1");
    assertConflicts(transaction);
  }

  @Test
  void selectorConflictsNowhereElse() {
    putAll("a", "d", "g");
    Transaction transaction = begin();
    transaction.getKey(KeySelector.firstGreaterOrEqual(key("b"))).join();
    put("a", "1");
    put("e", "1");
    clear("g");
    assertCommits(transaction);
  }

  @Test
  void selectorConflictsWithTheLossOfItsResult() {
    putAll("a", "d", "g");
    Transaction transaction = begin();
    transaction.getKey(KeySelector.firstGreaterOrEqual(key("b"))).join();
    clear("d");
    assertConflicts(transaction);
  }

  @Test
  void selectorThatLooksDownConflictsBelow() {
    putAll("a", "d", "g");
    Transaction transaction = begin();
    assertThat(name(transaction.getKey(KeySelector.lastLessThan(key("f"))).join())).isEqualTo("d");
    put("e", "1");
    assertConflicts(transaction);
    Transaction second = begin();
    assertThat(name(second.getKey(KeySelector.lastLessThan(key("d"))).join())).isEqualTo("a");
    put("d", "1");
    put("0", "1");
    assertCommits(second);
  }

  @Test
  void offsetsWidenTheConflict() {
    putAll("a", "c", "e", "g");
    Transaction transaction = begin();
    transaction.getKey(KeySelector.firstGreaterOrEqual(key("a")).add(2)).join();
    put("b", "1");
    assertConflicts(transaction);
  }

  @Test
  void rangeWithSelectorsConflictsWhereTheyLooked() {
    putAll("a", "c", "e", "g");
    Transaction transaction = begin();
    transaction
        .getRange(
            KeySelector.lastLessThan(key("e")), KeySelector.firstGreaterOrEqual(key("e")).add(1))
        .asList()
        .join();
    put("d", "1");
    assertConflicts(transaction);
  }

  @Test
  void snapshotReadsDoNotConflict() {
    putAll("a", "b");
    Transaction transaction = begin();
    get(transaction.snapshot(), "a");
    range(transaction.snapshot(), "a", "z");
    transaction.snapshot().getKey(KeySelector.firstGreaterThan(key("a"))).join();
    put("a", "2");
    put("aa", "2");
    assertCommits(transaction);
  }

  @Test
  void blindWritesDoNotConflict() {
    Transaction transaction = beginNow();
    transaction.set(key("a"), bytes("mine"));
    transaction.clear(key("b"));
    transaction.clear(key("c"), key("e"));
    put("a", "theirs");
    put("b", "theirs");
    put("d", "theirs");
    transaction.commit().join();
    assertThat(get("a")).isEqualTo("mine");
    assertThat(get("b")).isNull();
    assertThat(get("d")).isNull();
  }

  @Test
  void readOnlyTransactionsNeverConflict() {
    put("a", "1");
    Transaction transaction = begin();
    get(transaction, "a");
    put("a", "2");
    transaction.commit().join();
    assertThat(transaction.getCommittedVersion()).isEqualTo(-1);
  }

  @Test
  void readingOwnWritesAddsNoConflict() {
    Transaction transaction = beginNow();
    transaction.set(key("a"), bytes("1"));
    transaction.clear(key("b"), key("d"));
    get(transaction, "a");
    get(transaction, "c");
    range(transaction, "b", "d");
    put("a", "2");
    put("c", "2");
    assertCommits(transaction);
  }

  @Test
  void rangeWithOwnWritesConflictsBetweenThem() {
    Transaction transaction = beginNow();
    transaction.set(key("b"), bytes("1"));
    range(transaction, "a", "d");
    put("b", "2");
    assertCommits(transaction);
    Transaction second = beginNow();
    second.set(key("b"), bytes("1"));
    range(second, "a", "d");
    put("c", "2");
    assertConflicts(second);
  }

  @Test
  void readingAnOwnAtomicOperationConflicts() {
    Transaction transaction = beginNow();
    transaction.mutate(MutationType.ADD, key("n"), littleEndian(1, 8));
    get(transaction, "n");
    put("n", "12345678");
    assertConflicts(transaction);
  }

  @Test
  void readingAnAtomicOperationOnAnOwnValueDoesNotConflict() {
    Transaction transaction = beginNow();
    transaction.set(key("n"), littleEndian(1, 8));
    transaction.mutate(MutationType.ADD, key("n"), littleEndian(1, 8));
    get(transaction, "n");
    put("n", "12345678");
    assertCommits(transaction);
  }

  @Test
  void explicitReadConflictsCount() {
    Transaction transaction = beginNow();
    transaction.addReadConflictKey(key("a"));
    put("a", "1");
    assertConflicts(transaction);
    Transaction second = beginNow();
    second.addReadConflictRange(key("a"), key("c"));
    put("b", "1");
    assertConflicts(second);
    Transaction third = beginNow();
    third.addReadConflictRange(key("a"), key("c"));
    put("c", "1");
    assertCommits(third);
  }

  @Test
  void explicitWriteConflictsCount() {
    Transaction reader = begin();
    get(reader, "a");
    range(reader, "m", "p");
    commit(transaction -> transaction.addWriteConflictKey(key("a")));
    assertConflicts(reader);
    Transaction second = begin();
    range(second, "m", "p");
    commit(transaction -> transaction.addWriteConflictRange(key("o"), key("q")));
    assertConflicts(second);
    assertThat(get("a")).as("nothing was written").isNull();
  }

  @Test
  void emptyConflictRangesAreIgnored() {
    Transaction transaction = beginNow();
    transaction.addReadConflictRange(key("a"), key("a"));
    transaction.addWriteConflictRange(key("a"), key("a"));
    put("a", "1");
    assertCommits(transaction);
  }

  @Test
  void transactionOfWriteConflictsAloneHasACommitVersion() {
    Transaction transaction = begin();
    transaction.addWriteConflictKey(key("a"));
    transaction.commit().join();
    assertThat(transaction.getCommittedVersion()).isPositive();
  }

  @Test
  void invertedConflictRangesAreRefusedAtOnce() {
    Transaction transaction = begin();
    assertFails(2005, () -> transaction.addReadConflictRange(key("b"), key("a")));
    assertFails(2005, () -> transaction.addWriteConflictRange(key("b"), key("a")));
    transaction.get(key("a")).join();
  }

  @Test
  void conflictRangesBelongToTheUsersKeySpace() {
    for (boolean read : new boolean[] {true, false}) {
      Transaction transaction = begin();
      if (read) {
        transaction.addReadConflictRange(key("a"), Bytes.hex("ff00"));
      } else {
        transaction.addWriteConflictRange(key("a"), Bytes.hex("ff00"));
      }
      assertFails(2004, () -> transaction.commit().join());
    }
  }

  @Test
  void readConflictOfAnOwnValueIsNone() {
    Transaction transaction = beginNow();
    transaction.set(key("a"), bytes("1"));
    transaction.addReadConflictKey(key("a"));
    put("a", "2");
    assertCommits(transaction);
  }

  @Test
  void readConflictStaysWhenTheKeyIsWrittenLater() {
    Transaction transaction = beginNow();
    transaction.addReadConflictKey(key("a"));
    transaction.set(key("a"), bytes("1"));
    put("a", "2");
    assertConflicts(transaction);
  }

  @Test
  void conditionalConflictsDependOnTheKindOfRead() {
    Transaction transaction = beginNow();
    assertThat(transaction.snapshot().addReadConflictKeyIfNotSnapshot(key("a"))).isFalse();
    assertThat(transaction.snapshot().addReadConflictRangeIfNotSnapshot(key("a"), key("b")))
        .isFalse();
    put("a", "1");
    assertCommits(transaction);
    Transaction second = beginNow();
    assertThat(second.addReadConflictKeyIfNotSnapshot(key("a"))).isTrue();
    put("a", "1");
    assertConflicts(second);
    Transaction third = beginNow();
    assertThat(third.addReadConflictRangeIfNotSnapshot(key("a"), key("b"))).isTrue();
    put("a", "1");
    assertConflicts(third);
  }

  @Test
  void writeWithoutConflictRangeConflictsWithNobody() {
    Transaction reader = begin();
    get(reader, "a");
    get(reader, "b");
    commit(
        transaction -> {
          transaction.options().setNextWriteNoWriteConflictRange();
          transaction.set(key("a"), bytes("1"));
        });
    assertCommits(reader);
    assertThat(get("a")).isEqualTo("1");
  }

  @Test
  void onlyTheNextWriteIsWithoutConflictRange() {
    Transaction reader = begin();
    get(reader, "b");
    commit(
        transaction -> {
          transaction.options().setNextWriteNoWriteConflictRange();
          transaction.clear(key("a"));
          transaction.set(key("b"), bytes("1"));
        });
    assertConflicts(reader);
  }

  @Test
  void clearWithoutConflictRangeConflictsWithNobody() {
    putAll("a", "b");
    Transaction reader = begin();
    range(reader, "a", "c");
    commit(
        transaction -> {
          transaction.options().setNextWriteNoWriteConflictRange();
          transaction.clear(key("a"), key("c"));
        });
    assertCommits(reader);
    assertThat(get("a")).isNull();
  }

  @Test
  void watchIsARead() {
    Transaction transaction = begin();
    CompletableFuture<Void> unused = transaction.watch(key("a"));
    get(transaction, "b");
    put("a", "1");
    assertConflicts(transaction);
  }

  @Test
  void longestKeysConflictToo() {
    byte[] longest = Arrays.copyOf(key("long"), 10_000);
    Transaction transaction = begin();
    transaction.get(longest).join();
    commit(other -> other.set(longest, bytes("1")));
    assertConflicts(transaction);
  }

  @Test
  void firstCommitterWins() {
    put("a", "0");
    Transaction first = begin();
    Transaction second = begin();
    get(first, "a");
    get(second, "a");
    first.set(key("a"), bytes("first"));
    second.set(key("a"), bytes("second"));
    second.commit().join();
    assertFails(1020, () -> first.commit().join());
    assertThat(get("a")).isEqualTo("second");
  }
}
