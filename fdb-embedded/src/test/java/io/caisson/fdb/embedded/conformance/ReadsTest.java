package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.after;
import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.littleEndian;
import static io.caisson.fdb.embedded.conformance.Bytes.number;
import static io.caisson.fdb.embedded.conformance.Bytes.values;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Point reads, and reads of what the transaction itself has written. */
final class ReadsTest extends ConformanceTest {
  @Test
  void whatWasCommittedIsRead() {
    put("a", "1");
    assertThat(get("a")).isEqualTo("1");
    assertThat(get("b")).isNull();
  }

  @Test
  void emptyValueIsNotAnAbsentOne() {
    put("a", "");
    assertThat(get("a")).isEmpty();
  }

  @Test
  void prefixOfAKeyIsAnotherKey() {
    put("a", "1");
    assertThat(database().<byte[]>read(read -> read.get(after(key("a"))).join())).isNull();
    assertThat(get("")).isNull();
  }

  @Test
  void laterCommitsAreNotSeen() {
    put("a", "old");
    put("gone", "old");
    Transaction reader = beginNow();
    put("a", "new");
    put("b", "new");
    clear("gone");
    assertThat(get(reader, "a")).isEqualTo("old");
    assertThat(get(reader, "b")).isNull();
    assertThat(names(range(reader, "a", "z"))).containsExactly("a", "gone");
    assertThat(reader.getKey(KeySelector.firstGreaterThan(key("a"))).join()).isEqualTo(key("gone"));
  }

  @Test
  void readsAreRepeatable() {
    put("a", "1");
    Transaction reader = begin();
    assertThat(get(reader, "a")).isEqualTo("1");
    put("a", "2");
    assertThat(get(reader, "a")).isEqualTo("1");
    assertThat(values(range(reader, "a", "b"))).containsExactly("1");
  }

  @Test
  void transactionThatBeginsAfterACommitSeesIt() {
    for (int i = 0; i < 50; i++) {
      put("a", "v" + i);
      assertThat(get("a")).isEqualTo("v" + i);
    }
  }

  @Test
  void ownWritesAreRead() {
    put("a", "1");
    put("b", "2");
    put("c", "3");
    Transaction transaction = begin();
    transaction.clear(key("a"));
    transaction.set(key("bb"), bytes("22"));
    transaction.clear(key("c"), key("d"));
    transaction.mutate(MutationType.APPEND_IF_FITS, key("b"), bytes("+"));
    assertThat(values(range(transaction, "a", "z"))).containsExactly("2+", "22");
    assertThat(get(transaction, "a")).isNull();
    assertThat(get(transaction, "c")).isNull();
    assertThat(get(transaction, "bb")).isEqualTo("22");
    assertThat(get("a")).as("not committed").isEqualTo("1");
  }

  @Test
  void lastOwnWriteCounts() {
    Transaction transaction = begin();
    transaction.set(key("a"), bytes("1"));
    transaction.set(key("a"), bytes("2"));
    assertThat(get(transaction, "a")).isEqualTo("2");
    transaction.clear(key("a"));
    assertThat(get(transaction, "a")).isNull();
    transaction.set(key("a"), bytes("3"));
    transaction.commit().join();
    assertThat(get("a")).isEqualTo("3");
  }

  @Test
  void keySetAfterItsRangeWasClearedStays() {
    putAll("a", "b", "c", "d");
    Transaction transaction = begin();
    transaction.clear(key("a"), key("d"));
    transaction.set(key("b"), bytes("new"));
    assertThat(names(range(transaction, "a", "z"))).containsExactly("b", "d");
    transaction.commit().join();
    assertThat(names(database().read(read -> range(read, "a", "z")))).containsExactly("b", "d");
  }

  @Test
  void keyClearedByALaterRangeIsGone() {
    Transaction transaction = begin();
    transaction.set(key("b"), bytes("1"));
    transaction.mutate(MutationType.ADD, key("c"), littleEndian(1, 8));
    transaction.clear(key("a"), key("d"));
    assertThat(range(transaction, "a", "z")).isEmpty();
    transaction.commit().join();
    assertThat(get("b")).isNull();
    assertThat(get("c")).isNull();
  }

  @Test
  void endOfAClearedRangeIsNotCleared() {
    putAll("a", "b");
    commit(transaction -> transaction.clear(key("a"), key("b")));
    assertThat(names(database().read(read -> range(read, "a", "z")))).containsExactly("b");
  }

  @Test
  void emptyRangeClearsNothing() {
    putAll("a");
    commit(transaction -> transaction.clear(key("a"), key("a")));
    assertThat(get("a")).isEqualTo("-");
  }

  @Test
  void atomicOperationsOnTopOfEachOtherAreRead() {
    commit(transaction -> transaction.set(key("n"), littleEndian(10, 8)));
    Transaction transaction = begin();
    transaction.mutate(MutationType.ADD, key("n"), littleEndian(1, 8));
    assertThat(number(transaction.get(key("n")).join())).isEqualTo(11);
    transaction.mutate(MutationType.ADD, key("n"), littleEndian(1, 8));
    transaction.mutate(MutationType.MAX, key("n"), littleEndian(5, 8));
    transaction.mutate(MutationType.BIT_XOR, key("n"), littleEndian(0xf0, 8));
    assertThat(number(transaction.get(key("n")).join())).isEqualTo(12 ^ 0xf0);
    assertThat(number(transaction.getRange(key("n"), key("o")).asList().join().get(0).getValue()))
        .isEqualTo(12 ^ 0xf0);
    transaction.commit().join();
    assertThat(database().<Long>read(read -> number(read.get(key("n")).join())))
        .isEqualTo(12 ^ 0xf0);
  }

  @Test
  void keySelectorsSeeOwnWrites() {
    putAll("a", "c", "e");
    Transaction transaction = begin();
    transaction.clear(key("c"));
    transaction.set(key("b"), bytes("1"));
    transaction.set(key("d"), bytes("1"));
    assertThat(transaction.getKey(KeySelector.firstGreaterThan(key("a")).add(1)).join())
        .isEqualTo(key("d"));
    assertThat(transaction.getKey(KeySelector.lastLessThan(key("e")).add(-1)).join())
        .isEqualTo(key("b"));
  }

  @Test
  void snapshotReadsSeeOwnWrites() {
    Transaction transaction = begin();
    transaction.set(key("a"), bytes("1"));
    assertThat(get(transaction.snapshot(), "a")).isEqualTo("1");
    assertThat(range(transaction.snapshot(), "a", "b")).hasSize(1);
    assertThat(transaction.snapshot().isSnapshot()).isTrue();
    assertThat(transaction.snapshot().snapshot().isSnapshot()).isTrue();
    assertThat(transaction.isSnapshot()).isFalse();
  }

  @Test
  void readThatWasAskedForBeforeAWriteDoesNotSeeIt() {
    put("a", "old");
    for (int i = 0; i < 20; i++) {
      Transaction transaction = begin();
      CompletableFuture<byte[]> before = transaction.get(key("a"));
      transaction.set(key("a"), bytes("new"));
      assertThat(before.join()).isEqualTo(bytes("old"));
    }
  }

  @Test
  void writtenArraysMayBeReused() {
    byte[] key = key("a");
    byte[] value = bytes("1");
    Transaction transaction = begin();
    transaction.set(key, value);
    value[0] = 'x';
    key[key.length - 1] = 'x';
    assertThat(get(transaction, "a")).isEqualTo("1");
    transaction.commit().join();
    assertThat(get("a")).isEqualTo("1");
  }

  @Test
  void readArraysMayBeChanged() {
    put("a", "1");
    Transaction transaction = begin();
    transaction.get(key("a")).join()[0] = 'x';
    assertThat(get(transaction, "a")).isEqualTo("1");
    transaction.set(key("b"), bytes("2"));
    transaction.get(key("b")).join()[0] = 'x';
    assertThat(get(transaction, "b")).isEqualTo("2");
    transaction.commit().join();
    assertThat(get("b")).isEqualTo("2");
  }

  @Test
  void manyReadsMayBeOutstanding() {
    commit(
        transaction -> {
          for (int i = 0; i < 500; i++) {
            transaction.set(key("k" + i), bytes("v" + i));
          }
        });
    Transaction transaction = begin();
    List<CompletableFuture<byte[]>> reads = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      reads.add(transaction.get(key("k" + i)));
    }
    for (int i = 0; i < 500; i++) {
      assertThat(reads.get(i).join()).isEqualTo(bytes("v" + i));
    }
  }
}
