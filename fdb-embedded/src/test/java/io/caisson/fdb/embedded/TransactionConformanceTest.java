package io.caisson.fdb.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.directory.DirectoryLayer;
import com.apple.foundationdb.directory.DirectorySubspace;
import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client can rely on in one transaction and between two. */
final class TransactionConformanceTest {
  private final StoreUnderTest store = new StoreUnderTest();
  private final Database database = store.database();

  @AfterEach
  void closeStore() {
    store.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] number(long value) {
    byte[] bytes = new byte[8];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    return bytes;
  }

  private void put(Object name, String value) {
    database.run(
        transaction -> {
          transaction.set(store.key(name), bytes(value));
          return 0;
        });
  }

  private byte[] get(Object name) {
    return database.read(transaction -> transaction.get(store.key(name)).join());
  }

  private static void assertFails(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              assertThat(cause)
                  .isInstanceOfSatisfying(
                      FDBException.class, known -> assertThat(known.getCode()).isEqualTo(code));
            });
  }

  @Test
  void whatWasCommittedIsRead() {
    put("a", "1");
    assertThat(get("a")).isEqualTo(bytes("1"));
    assertThat(get("b")).isNull();
  }

  @Test
  void transactionSeesItsOwnWrites() {
    put("a", "1");
    put("b", "2");
    put("c", "3");
    try (Transaction transaction = database.createTransaction()) {
      transaction.clear(store.key("a"));
      transaction.set(store.key("bb"), bytes("22"));
      transaction.clear(store.key("c"), store.key("d"));
      transaction.mutate(MutationType.APPEND_IF_FITS, store.key("b"), bytes("+"));
      List<KeyValue> rows = transaction.getRange(store.subspace().range()).asList().join();
      assertThat(rows)
          .extracting(row -> new String(row.getValue(), UTF_8))
          .containsExactly("2+", "22");
      assertThat(transaction.get(store.key("a")).join()).isNull();
    }
  }

  @Test
  void rangesGoBothWaysAndStopAtTheirLimit() {
    for (int i = 0; i < 10; i++) {
      put(i, "v" + i);
    }
    try (Transaction transaction = database.createTransaction()) {
      assertThat(transaction.getRange(store.subspace().range(), 3).asList().join())
          .extracting(row -> new String(row.getValue(), UTF_8))
          .containsExactly("v0", "v1", "v2");
      assertThat(transaction.getRange(store.subspace().range(), 2, true).asList().join())
          .extracting(row -> new String(row.getValue(), UTF_8))
          .containsExactly("v9", "v8");
      assertThat(
              transaction
                  .getRange(
                      KeySelector.lastLessThan(store.key(5)),
                      KeySelector.firstGreaterOrEqual(store.key(5)).add(2))
                  .asList()
                  .join())
          .extracting(row -> new String(row.getValue(), UTF_8))
          .containsExactly("v4", "v5", "v6");
      assertThat(transaction.getKey(KeySelector.firstGreaterThan(store.key(3)).add(2)).join())
          .isEqualTo(store.key(6));
      assertThat(transaction.getKey(KeySelector.lastLessOrEqual(store.key(3)).add(-1)).join())
          .isEqualTo(store.key(2));
    }
  }

  @Test
  void readOfAKeyThatWasWrittenSinceConflicts() {
    put("a", "1");
    try (Transaction first = database.createTransaction()) {
      first.get(store.key("a")).join();
      put("a", "2");
      first.set(store.key("b"), bytes("x"));
      assertFails(1020, () -> first.commit().join());
    }
  }

  @Test
  void phantomInARangeConflicts() {
    put(1, "1");
    put(9, "9");
    try (Transaction first = database.createTransaction()) {
      first.getRange(store.subspace().range()).asList().join();
      put(5, "5");
      first.set(store.key("x"), bytes("x"));
      assertFails(1020, () -> first.commit().join());
    }
  }

  @Test
  void snapshotReadsAndBlindWritesDoNotConflict() {
    put("a", "1");
    try (Transaction first = database.createTransaction()) {
      first.snapshot().get(store.key("a")).join();
      put("a", "2");
      first.set(store.key("a"), bytes("3"));
      first.commit().join();
    }
    assertThat(get("a")).isEqualTo(bytes("3"));
  }

  @Test
  void clearedRangeConflictsWithReadersOfItsEmptyParts() {
    try (Transaction first = database.createTransaction()) {
      first.get(store.key("nothing")).join();
      database.run(
          transaction -> {
            transaction.clear(store.subspace().range());
            return 0;
          });
      first.set(store.key("b"), bytes("x"));
      assertFails(1020, () -> first.commit().join());
    }
  }

  @Test
  void readsStayAtTheirVersion() {
    put("a", "old");
    put("gone", "old");
    try (Transaction reader = database.createTransaction()) {
      reader.getReadVersion().join();
      put("a", "new");
      put("b", "new");
      database.run(
          transaction -> {
            transaction.clear(store.key("gone"));
            return 0;
          });
      assertThat(reader.get(store.key("a")).join()).isEqualTo(bytes("old"));
      assertThat(reader.get(store.key("b")).join()).isNull();
      assertThat(reader.getRange(store.subspace().range()).asList().join()).hasSize(2);
      assertThat(reader.getRange(store.subspace().range(), 1, true).asList().join().get(0).getKey())
          .isEqualTo(store.key("gone"));
    }
  }

  @Test
  void additionsOfManyThreadsAddUp() {
    CompletableFuture<?>[] all = new CompletableFuture<?>[200];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          database.runAsync(
              transaction -> {
                transaction.mutate(MutationType.ADD, store.key("sum"), number(3));
                return CompletableFuture.completedFuture(0);
              });
    }
    CompletableFuture.allOf(all).join();
    assertThat(get("sum")).isEqualTo(number(600));
  }

  @Test
  void versionstampedKeysAreInCommitOrder() {
    for (int i = 0; i < 3; i++) {
      int order = i;
      database.run(
          transaction -> {
            byte[] key =
                store.subspace().packWithVersionstamp(Tuple.from(Versionstamp.incomplete(order)));
            transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, key, bytes("v" + order));
            return 0;
          });
    }
    List<KeyValue> rows =
        database.read(
            transaction -> transaction.getRange(store.subspace().range()).asList().join());
    assertThat(rows)
        .extracting(row -> new String(row.getValue(), UTF_8))
        .containsExactly("v0", "v1", "v2");
    Versionstamp stamp = store.subspace().unpack(rows.get(2).getKey()).getVersionstamp(0);
    assertThat(stamp.isComplete()).isTrue();
    assertThat(stamp.getUserVersion()).isEqualTo(2);
  }

  @Test
  void versionstampOfTheTransactionIsTheOneInItsKeys() {
    Transaction transaction = database.createTransaction();
    byte[] key = store.subspace().packWithVersionstamp(Tuple.from(Versionstamp.incomplete()));
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, key, bytes("v"));
    CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
    transaction.commit().join();
    assertThat(transaction.getCommittedVersion()).isPositive();
    byte[] expected = store.subspace().pack(Tuple.from(Versionstamp.complete(stamp.join())));
    byte[] found = database.read(read -> read.get(expected).join());
    assertThat(found).isEqualTo(bytes("v"));
    transaction.close();
  }

  @Test
  void watchFiresWhenTheValueChanges() throws Exception {
    put("a", "1");
    CompletableFuture<Void> watch = database.run(transaction -> transaction.watch(store.key("a")));
    put("b", "1");
    put("a", "1");
    assertThat(watch.isDone()).isFalse();
    put("a", "2");
    watch.get(10, TimeUnit.SECONDS);
  }

  @Test
  void directoriesWork() {
    DirectorySubspace created =
        DirectoryLayer.getDefault()
            .createOrOpen(database, List.of("app-" + store.key("x").length, "users"))
            .join();
    assertThat(DirectoryLayer.getDefault().open(database, created.getPath()).join())
        .isEqualTo(created);
    database.run(
        transaction -> {
          transaction.set(created.pack(Tuple.from(1)), bytes("one"));
          return 0;
        });
    assertThat(created.removeIfExists(database).join()).isTrue();
    byte[] removed = database.read(read -> read.get(created.pack(Tuple.from(1))).join());
    assertThat(removed).isNull();
  }

  @Test
  void keysAndValuesHaveFoundationDbsLimits() {
    byte[] longest = java.util.Arrays.copyOf(store.key("long"), 10_000);
    database.run(
        transaction -> {
          transaction.set(longest, new byte[100_000]);
          return 0;
        });
    byte[] value = database.read(read -> read.get(longest).join());
    assertThat(value).hasSize(100_000);
    try (Transaction transaction = database.createTransaction()) {
      transaction.set(new byte[10_001], bytes("x"));
      assertFails(2102, () -> transaction.commit().join());
    }
    try (Transaction transaction = database.createTransaction()) {
      transaction.set(store.key("x"), new byte[100_001]);
      assertFails(2103, () -> transaction.commit().join());
    }
    try (Transaction transaction = database.createTransaction()) {
      transaction.set(new byte[] {(byte) 0xff, 1}, bytes("x"));
      assertFails(2004, () -> transaction.commit().join());
    }
  }

  @Test
  void transactionOfMoreThanTenMegabytesIsRefused() {
    try (Transaction transaction = database.createTransaction()) {
      for (int i = 0; i < 101; i++) {
        transaction.set(store.key(i), new byte[100_000]);
      }
      assertFails(2101, () -> transaction.commit().join());
    }
  }
}
