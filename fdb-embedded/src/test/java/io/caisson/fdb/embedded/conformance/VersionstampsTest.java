package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bigEndian;
import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.join;
import static io.caisson.fdb.embedded.conformance.Bytes.littleEndian;
import static io.caisson.fdb.embedded.conformance.Bytes.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Versionstamps in keys, in values, and of the transaction itself. */
final class VersionstampsTest extends ConformanceTest {
  private static final byte[] ROOM = new byte[10];

  private byte[] stampedKey(int userVersion) {
    return subspace().packWithVersionstamp(Tuple.from(Versionstamp.incomplete(userVersion)));
  }

  private List<KeyValue> rows() {
    return database().read(read -> read.getRange(subspace().range()).asList().join());
  }

  /** A key with ten bytes for the stamp between two names. */
  private byte[] template(String before, String after, int offset) {
    return join(key(before), ROOM, bytes(after), littleEndian(offset, 4));
  }

  @Test
  void stampedKeysAreInTheOrderOfTheCommits() {
    for (int i = 0; i < 5; i++) {
      String value = "v" + i;
      commit(
          transaction ->
              transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, stampedKey(0), bytes(value)));
    }
    assertThat(values(rows())).containsExactly("v0", "v1", "v2", "v3", "v4");
  }

  @Test
  void keysOfOneTransactionAreOrderedByTheirUserVersion() {
    commit(
        transaction -> {
          for (int i = 3; i >= 0; i--) {
            transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, stampedKey(i), bytes("v" + i));
          }
        });
    List<KeyValue> rows = rows();
    assertThat(values(rows)).containsExactly("v0", "v1", "v2", "v3");
    List<Versionstamp> stamps = new ArrayList<>();
    rows.forEach(row -> stamps.add(subspace().unpack(row.getKey()).getVersionstamp(0)));
    assertThat(stamps).allMatch(Versionstamp::isComplete).isSorted();
    assertThat(stamps.get(3).getUserVersion()).isEqualTo(3);
    assertThat(stamps.get(3).getTransactionVersion())
        .isEqualTo(stamps.get(0).getTransactionVersion());
  }

  @Test
  void stampOfTheTransactionIsTheOneInItsKeysAndValues() {
    Transaction transaction = begin();
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, stampedKey(0), bytes("v"));
    transaction.mutate(
        MutationType.SET_VERSIONSTAMPED_VALUE,
        key("value"),
        join(bytes("<"), ROOM, bytes(">"), littleEndian(1, 4)));
    CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
    transaction.commit().join();
    assertThat(stamp.join()).hasSize(10);
    assertThat(bigEndian(stamp.join(), 0)).isEqualTo(transaction.getCommittedVersion());
    byte[] expected = subspace().pack(Tuple.from(Versionstamp.complete(stamp.join())));
    byte[] atKey = database().read(read -> read.get(expected).join());
    byte[] inValue = database().read(read -> read.get(key("value")).join());
    assertThat(atKey).isEqualTo(bytes("v"));
    assertThat(inValue).isEqualTo(join(bytes("<"), stamp.join(), bytes(">")));
  }

  @Test
  void stampMayStandAnywhereInTheKey() {
    int length = prefix().length;
    Transaction transaction = begin();
    transaction.mutate(
        MutationType.SET_VERSIONSTAMPED_KEY, template("a", "z", length + 1), bytes("1"));
    transaction.mutate(
        MutationType.SET_VERSIONSTAMPED_KEY, template("b", "", length + 1), bytes("2"));
    CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
    transaction.commit().join();
    assertThat(rows())
        .extracting(KeyValue::getKey)
        .containsExactly(join(key("a"), stamp.join(), bytes("z")), join(key("b"), stamp.join()));
  }

  @Test
  void stampThatDoesNotFitIsRefused() {
    int length = prefix().length;
    for (int offset : new int[] {length + 3, length + 1_000, -1, 1_000_000_000}) {
      Transaction transaction = begin();
      transaction.mutate(
          MutationType.SET_VERSIONSTAMPED_KEY, template("a", "z", offset), bytes("1"));
      assertFails(2000, () -> transaction.commit().join());
      Transaction other = begin();
      other.mutate(
          MutationType.SET_VERSIONSTAMPED_VALUE, key("a"), join(ROOM, littleEndian(offset, 4)));
      assertFails(2000, () -> other.commit().join());
    }
    Transaction shortValue = begin();
    shortValue.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key("a"), bytes("abc"));
    assertFails(2000, () -> shortValue.commit().join());
    Transaction noRoom = begin();
    noRoom.mutate(
        MutationType.SET_VERSIONSTAMPED_VALUE, key("a"), join(new byte[9], littleEndian(0, 4)));
    assertFails(2000, () -> noRoom.commit().join());
  }

  @Test
  void stampedValueCannotBeReadBeforeTheCommit() {
    Transaction transaction = begin();
    transaction.set(key("b"), bytes("readable"));
    transaction.mutate(
        MutationType.SET_VERSIONSTAMPED_VALUE, key("a"), join(ROOM, littleEndian(0, 4)));
    assertFails(1036, () -> transaction.get(key("a")).join());
    assertFails(1036, () -> transaction.getRange(key("a"), key("c")).asList().join());
    assertThat(get(transaction, "b")).isEqualTo("readable");
  }

  @Test
  void stampedValueIsReadableAgainOnceItIsOverwritten() {
    Transaction transaction = begin();
    transaction.mutate(
        MutationType.SET_VERSIONSTAMPED_VALUE, key("a"), join(ROOM, littleEndian(0, 4)));
    transaction.commit().join();
    Transaction second = begin();
    second.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key("a"), join(ROOM, littleEndian(0, 4)));
    second.clear(key("a"), key("b"));
    second.commit().join();
    assertThat(get("a")).isNull();
  }

  @Test
  void rangeOfPossibleStampedKeysCannotBeReadBeforeTheCommit() {
    Transaction transaction = beginNow();
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, stampedKey(0), bytes("v"));
    assertFails(1036, () -> transaction.getRange(subspace().range()).asList().join());
    byte[] possible =
        subspace()
            .pack(Tuple.from(Versionstamp.complete(join(bytes("\u00fe"), Arrays.copyOf(ROOM, 9)))));
    assertFails(1036, () -> transaction.get(possible).join());
    assertThat(get(transaction, "elsewhere")).isNull();
  }

  @Test
  void optionLetsUnreadableKeysBeRead() {
    put("a", "old");
    Transaction transaction = begin();
    transaction.options().setBypassUnreadable();
    transaction.mutate(
        MutationType.SET_VERSIONSTAMPED_VALUE, key("a"), join(ROOM, littleEndian(0, 4)));
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, stampedKey(0), bytes("v"));
    transaction.get(key("a")).join();
    assertThat(range(transaction, "b", "c")).isEmpty();
    transaction.commit().join();
    assertThat(rows()).hasSize(2);
  }

  @Test
  void readOnlyTransactionHasNoStamp() {
    Transaction transaction = begin();
    transaction.get(key("a")).join();
    CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
    transaction.commit().join();
    assertFails(2021, stamp::join);
    assertThat(transaction.getCommittedVersion()).isEqualTo(-1);
  }

  @Test
  void stampIsAskedForBeforeTheCommit() {
    Transaction transaction = begin();
    transaction.set(key("a"), bytes("1"));
    CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
    assertThat(stamp).isNotDone();
    transaction.commit().join();
    assertFails(2017, () -> transaction.getVersionstamp().join());
    assertThat(stamp.join()).hasSize(10);
  }

  @Test
  void refusedCommitHasNoStamp() {
    Transaction transaction = begin();
    transaction.get(key("a")).join();
    CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
    put("a", "1");
    assertConflicts(transaction);
    assertFails(2020, stamp::join);
  }

  @Test
  void cancelledTransactionHasNoStamp() {
    Transaction transaction = begin();
    CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
    transaction.cancel();
    assertFails(1025, stamp::join);
  }

  @Test
  void stampsGrowWithTheCommitsOfManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<byte[]>>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String name = "t" + i;
        runs.add(threads.submit(() -> stampsOf(name)));
      }
      List<byte[]> all = new ArrayList<>();
      for (Future<List<byte[]>> run : runs) {
        List<byte[]> stamps = run.get();
        assertThat(stamps).isSortedAccordingTo(Arrays::compareUnsigned);
        all.addAll(stamps);
      }
      assertThat(all.stream().map(Arrays::toString).distinct()).hasSize(all.size());
    } finally {
      threads.shutdownNow();
    }
  }

  private List<byte[]> stampsOf(String name) {
    List<byte[]> stamps = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      stamps.add(
          database()
              .run(
                  transaction -> {
                    transaction.set(key(name), bytes("1"));
                    return transaction.getVersionstamp();
                  })
              .join());
    }
    return stamps;
  }

  @Test
  void readerOfTheRangeConflictsWithAStampedKey() {
    Transaction reader = begin();
    reader.getRange(subspace().range()).asList().join();
    commit(
        transaction ->
            transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, stampedKey(0), bytes("v")));
    assertConflicts(reader);
  }

  @Test
  void writersOfStampedKeysDoNotConflict() {
    Transaction first = beginNow();
    Transaction second = beginNow();
    first.mutate(MutationType.SET_VERSIONSTAMPED_KEY, stampedKey(0), bytes("1"));
    second.mutate(MutationType.SET_VERSIONSTAMPED_KEY, stampedKey(0), bytes("2"));
    first.commit().join();
    second.commit().join();
    assertThat(values(rows())).containsExactly("1", "2");
  }

  @Test
  void tupleWithTwoOrNoIncompleteStampsIsNotPacked() {
    assertThat(Tuple.from(Versionstamp.incomplete()).hasIncompleteVersionstamp()).isTrue();
    assertThatThrownBy(() -> Tuple.from(1).packWithVersionstamp())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                Tuple.from(Versionstamp.incomplete(1), Versionstamp.incomplete(2))
                    .packWithVersionstamp())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
