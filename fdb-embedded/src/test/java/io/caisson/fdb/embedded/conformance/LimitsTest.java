package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.hex;
import static io.caisson.fdb.embedded.conformance.Bytes.join;
import static io.caisson.fdb.embedded.conformance.Bytes.littleEndian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.Transaction;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The largest keys, values and transactions, and whose keys are whose. */
final class LimitsTest extends ConformanceTest {
  private static final int KEY = 10_000;
  private static final int VALUE = 100_000;

  private byte[] keyOfLength(int length) {
    byte[] key = Arrays.copyOf(key("long"), length);
    Arrays.fill(key, prefix().length + 4, length, (byte) 'x');
    return key;
  }

  @Test
  void longestKeyAndValueAreKept() {
    byte[] value = new byte[VALUE];
    Arrays.fill(value, (byte) 7);
    commit(transaction -> transaction.set(keyOfLength(KEY), value));
    byte[] stored = database().read(read -> read.get(keyOfLength(KEY)).join());
    assertThat(stored).isEqualTo(value);
    List<KeyValue> rows =
        database().read(read -> read.getRange(Range.startsWith(prefix())).asList().join());
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getKey()).isEqualTo(keyOfLength(KEY));
  }

  @Test
  void longerKeyIsRefused() {
    Transaction transaction = begin();
    transaction.set(keyOfLength(KEY + 1), bytes("1"));
    assertFails(2102, () -> transaction.get(key("a")).join());
    assertFails(2102, () -> transaction.commit().join());
    Transaction atomic = begin();
    atomic.mutate(MutationType.ADD, keyOfLength(KEY + 1), bytes("1"));
    assertFails(2102, () -> atomic.commit().join());
  }

  @Test
  void longerValueIsRefused() {
    Transaction transaction = begin();
    transaction.set(key("a"), new byte[VALUE + 1]);
    assertFails(2103, () -> transaction.commit().join());
    Transaction atomic = begin();
    atomic.mutate(MutationType.BIT_OR, key("a"), new byte[VALUE + 1]);
    assertFails(2103, () -> atomic.commit().join());
  }

  @Test
  void firstWrongWriteIsTheOneReported() {
    Transaction transaction = begin();
    transaction.set(key("a"), new byte[VALUE + 1]);
    transaction.set(keyOfLength(KEY + 1), bytes("1"));
    transaction.set(key("b"), bytes("fine"));
    assertFails(2103, () -> transaction.getReadVersion().join());
    assertFails(2103, () -> transaction.commit().join());
    assertThat(get("b")).isNull();
  }

  /** The offset at the end of the template counts as part of the key, and of the value. */
  @Test
  void templatesOfStampsCountWithTheirOffset() {
    byte[] longest = join(keyOfLength(KEY - 14), new byte[10], littleEndian(KEY - 14, 4));
    commit(
        transaction ->
            transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, longest, bytes("1")));
    Transaction transaction = begin();
    byte[] longer = join(keyOfLength(KEY - 13), new byte[10], littleEndian(KEY - 13, 4));
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, longer, bytes("1"));
    assertFails(2102, () -> transaction.commit().join());
    commit(write -> write.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key("v"), new byte[VALUE]));
    byte[] value = database().read(read -> read.get(key("v")).join());
    assertThat(value).hasSize(VALUE - 4);
    Transaction other = begin();
    other.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key("v"), new byte[VALUE + 1]);
    assertFails(2103, () -> other.commit().join());
  }

  @Test
  void keysTooLongToExistMayBeAskedForAndCleared() {
    putAll("a");
    Transaction transaction = begin();
    assertThat(transaction.get(keyOfLength(KEY + 1)).join()).isNull();
    assertThat(transaction.get(keyOfLength(30_000)).join()).isNull();
    transaction.clear(keyOfLength(KEY + 1));
    transaction.clear(keyOfLength(20_000), keyOfLength(30_000));
    transaction.addReadConflictKey(keyOfLength(20_000));
    transaction.addWriteConflictKey(keyOfLength(20_000));
    assertThat(transaction.getRange(keyOfLength(KEY + 1), keyOfLength(30_000)).asList().join())
        .isEmpty();
    assertThat(name(transaction.getKey(KeySelector.lastLessThan(keyOfLength(20_000))).join()))
        .isEqualTo("a");
    transaction.commit().join();
  }

  @Test
  void longKeysKeepTheirOrder() {
    byte[] base = keyOfLength(2_000);
    byte[][] ordered = {
      base,
      join(base, hex("00")),
      join(base, hex("0000")),
      join(base, hex("00ff")),
      join(base, hex("01")),
      join(base, hex("01"), new byte[7_000]),
      join(base, hex("ff"))
    };
    commit(
        transaction -> {
          for (byte[] key : ordered) {
            transaction.set(key, bytes("1"));
          }
        });
    List<KeyValue> rows =
        database().read(read -> read.getRange(Range.startsWith(prefix())).asList().join());
    assertThat(rows).extracting(KeyValue::getKey).containsExactly(ordered);
    byte[] third =
        database().read(read -> read.getKey(KeySelector.firstGreaterThan(ordered[1])).join());
    assertThat(third).isEqualTo(ordered[2]);
    byte[] fourth =
        database().read(read -> read.getKey(KeySelector.lastLessThan(ordered[4])).join());
    assertThat(fourth).isEqualTo(ordered[3]);
  }

  @Test
  void largestTransactionIsTenMillionBytes() {
    Transaction large = begin();
    for (int i = 0; i < 99; i++) {
      large.set(key(String.valueOf(i)), new byte[VALUE]);
    }
    large.commit().join();
    Transaction larger = begin();
    for (int i = 0; i < 100; i++) {
      larger.set(key(String.valueOf(i)), new byte[VALUE]);
    }
    assertThat(larger.get(key("50")).join()).hasSize(VALUE);
    assertFails(2101, () -> larger.commit().join());
  }

  @Test
  void conflictRangesCountTowardsTheSize() {
    Transaction transaction = begin();
    transaction.options().setSizeLimit(10_000);
    for (int i = 0; i < 20; i++) {
      transaction.addReadConflictKey(join(keyOfLength(500), bytes(String.valueOf(i))));
    }
    transaction.set(key("a"), bytes("1"));
    assertFails(2101, () -> transaction.commit().join());
  }

  @Test
  void approximateSizeGrowsWithTheTransaction() {
    Transaction transaction = begin();
    assertThat(transaction.getApproximateSize().join()).isZero();
    transaction.set(key("a"), new byte[1_000]);
    long first = transaction.getApproximateSize().join();
    assertThat(first).isBetween(1_000L, 1_500L);
    transaction.clear(key("b"), key("c"));
    long second = transaction.getApproximateSize().join();
    assertThat(second).isBetween(first + 1, first + 500);
    transaction.addReadConflictKey(key("d"));
    long third = transaction.getApproximateSize().join();
    assertThat(third).isBetween(second + 1, second + 300);
    get(transaction, "e");
    long fourth = transaction.getApproximateSize().join();
    assertThat(fourth).isBetween(third + 1, third + 300);
    transaction.mutate(MutationType.ADD, key("f"), new byte[100]);
    assertThat(transaction.getApproximateSize().join()).isBetween(fourth + 100, fourth + 500);
  }

  @Test
  void systemsKeysAreNotTheUsers() {
    byte[] system = hex("ff0001");
    assertFails(2004, () -> begin().get(system).join());
    assertFails(2004, () -> begin().get(hex("ff")).join());
    assertFails(2004, () -> begin().getRange(key("a"), system).asList().join());
    Transaction write = begin();
    write.set(hex("ff"), bytes("1"));
    assertFails(2004, () -> write.commit().join());
    Transaction clear = begin();
    clear.clear(key("a"), system);
    assertFails(2004, () -> clear.commit().join());
    Transaction atomic = begin();
    atomic.mutate(MutationType.ADD, system, bytes("1"));
    assertFails(2004, () -> atomic.commit().join());
    Transaction bound = begin();
    bound.clear(hex("fefffffffe"), hex("ff"));
    bound.addReadConflictRange(hex("fefffffffe"), hex("ff"));
    bound.addWriteConflictRange(hex("fefffffffe"), hex("ff"));
    bound.commit().join();
  }

  @Test
  void invertedClearIsReportedByTheNextRead() {
    Transaction transaction = begin();
    transaction.clear(key("b"), key("a"));
    assertFails(2005, () -> transaction.get(key("a")).join());
    assertFails(2005, () -> transaction.commit().join());
  }

  @Test
  void emptyKeyIsAKey() {
    Transaction transaction = begin();
    transaction.set(new byte[0], bytes("1"));
    assertThat(transaction.get(new byte[0]).join()).isEqualTo(bytes("1"));
    assertThat(transaction.getKey(KeySelector.firstGreaterOrEqual(new byte[0])).join()).isEmpty();
    List<KeyValue> rows = transaction.getRange(new byte[0], hex("ff"), 1).asList().join();
    assertThat(rows.get(0).getKey()).isEmpty();
  }

  @Test
  void transactionMayWriteManySmallRows() {
    commit(
        transaction -> {
          for (int i = 0; i < 20_000; i++) {
            transaction.set(key(String.valueOf(100_000 + i)), bytes("v" + i));
          }
        });
    List<KeyValue> rows =
        database().read(read -> read.getRange(Range.startsWith(prefix())).asList().join());
    assertThat(rows).hasSize(20_000);
    assertThat(name(rows.get(12_345).getKey())).isEqualTo("112345");
  }

  @Test
  @SuppressWarnings("NullAway") // that is the test
  void nullIsNoKeyAndNoValue() {
    Transaction transaction = begin();
    assertThatIllegalArgumentException().isThrownBy(() -> transaction.set(null, bytes("1")));
    assertThatIllegalArgumentException().isThrownBy(() -> transaction.set(key("a"), null));
    assertThatIllegalArgumentException().isThrownBy(() -> transaction.clear((byte[]) null));
    assertThat(get(transaction, "a")).isNull();
  }
}
