package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.hex;
import static io.caisson.fdb.embedded.conformance.Bytes.littleEndian;
import static io.caisson.fdb.embedded.conformance.Bytes.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What atomic operations make of absent, short, long and empty values. */
final class AtomicOperationsTest extends ConformanceTest {
  private static @Nullable String hexOf(byte @Nullable [] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }

  /** The value that is there, the operand, and the value that results; "-" is no value. */
  @ParameterizedTest
  @CsvSource({
    "ADD, -, 0102, 0102",
    "ADD, '', 0102, 0102",
    "ADD, 01, '', ''",
    "ADD, ff, 01, 00",
    "ADD, ff, 0100, 0001",
    "ADD, ffff, 01, 00",
    "ADD, 010203, 01, 02",
    "ADD, 01, 010203, 020203",
    "ADD, ffffffffffffffff, 0100000000000000, 0000000000000000",
    "ADD, 0500000000000000, feffffffffffffff, 0300000000000000",
    "BIT_AND, -, 0f, 0f",
    "BIT_AND, '', 0f, 00",
    "BIT_AND, ff, '', ''",
    "BIT_AND, fc, 0f, 0c",
    "BIT_AND, fc, 0fff, 0c00",
    "BIT_AND, fcfc, 0f, 0c",
    "AND, -, 0f, 0f",
    "AND, fc, 0fff, 0c00",
    "BIT_OR, -, 0f, 0f",
    "BIT_OR, '', 0f, 0f",
    "BIT_OR, f0, '', ''",
    "BIT_OR, f0, 0f, ff",
    "BIT_OR, f0, 0f01, ff01",
    "BIT_OR, f0f0, 0f, ff",
    "OR, f0, 0f, ff",
    "BIT_XOR, -, 0f, 0f",
    "BIT_XOR, '', 0f, 0f",
    "BIT_XOR, f0, '', ''",
    "BIT_XOR, ff, 0f, f0",
    "BIT_XOR, ff, 0f01, f001",
    "BIT_XOR, ffff, 0f, f0",
    "XOR, ff, 0f, f0",
    "MAX, -, 05, 05",
    "MAX, '', 05, 05",
    "MAX, 05, '', ''",
    "MAX, 05, 07, 07",
    "MAX, 07, 05, 07",
    "MAX, 0001, ff00, 0001",
    "MAX, ff, 0001, 0001",
    "MAX, ff, 0100, ff00",
    "MAX, 0100ff, 02, 02",
    "MAX, 05ff, 03, 05",
    "MAX, 05, 05, 05",
    "MAX, 0000, 00, 00",
    "MIN, -, 05, 05",
    "MIN, '', 05, 00",
    "MIN, 05, '', ''",
    "MIN, 05, 07, 05",
    "MIN, 07, 05, 05",
    "MIN, 0001, ff00, ff00",
    "MIN, ff, 0001, ff00",
    "MIN, ff, 0100, 0100",
    "MIN, 01ff, 02, 01",
    "MIN, 05, 05, 05",
    "MIN, '', 0000, 0000",
    "BYTE_MIN, -, 05, 05",
    "BYTE_MIN, '', 05, ''",
    "BYTE_MIN, 05, '', ''",
    "BYTE_MIN, 05, 0500, 05",
    "BYTE_MIN, 0500, 05, 05",
    "BYTE_MIN, 80, 7f, 7f",
    "BYTE_MIN, 0001, ff00, 0001",
    "BYTE_MAX, -, 05, 05",
    "BYTE_MAX, '', 05, 05",
    "BYTE_MAX, 05, '', 05",
    "BYTE_MAX, 05, 0500, 0500",
    "BYTE_MAX, 0500, 05, 0500",
    "BYTE_MAX, 80, 7f, 80",
    "BYTE_MAX, 0001, ff00, ff00",
    "BYTE_MAX, -, '', ''",
    "APPEND_IF_FITS, -, 0102, 0102",
    "APPEND_IF_FITS, '', 0102, 0102",
    "APPEND_IF_FITS, 01, '', 01",
    "APPEND_IF_FITS, 01, 0203, 010203",
    "COMPARE_AND_CLEAR, -, 01, -",
    "COMPARE_AND_CLEAR, 01, 01, -",
    "COMPARE_AND_CLEAR, 01, 02, 01",
    "COMPARE_AND_CLEAR, '', '', -",
    "COMPARE_AND_CLEAR, 01, '', 01",
    "COMPARE_AND_CLEAR, -, '', -",
    "COMPARE_AND_CLEAR, 0100, 01, 0100"
  })
  @SuppressWarnings("deprecation") // the old names are still there
  void operationGives(MutationType type, String there, String operand, String expected) {
    byte[] value = there.equals("-") ? null : hex(there);
    String result = expected.equals("-") ? null : expected;
    if (value != null) {
      commit(transaction -> transaction.set(key("stored"), value));
      commit(transaction -> transaction.set(key("read first"), value));
    }
    commit(
        transaction -> {
          transaction.get(key("read first")).join();
          for (String name : new String[] {"stored", "read first"}) {
            transaction.mutate(type, key(name), hex(operand));
          }
          if (value != null) {
            transaction.set(key("own"), value);
          } else {
            transaction.clear(key("own"));
          }
          transaction.mutate(type, key("own"), hex(operand));
          for (String name : new String[] {"stored", "read first", "own"}) {
            assertThat(hexOf(transaction.get(key(name)).join()))
                .as("%s, before the commit", name)
                .isEqualTo(result);
          }
        });
    for (String name : new String[] {"stored", "read first", "own"}) {
      byte[] committed = database().read(read -> read.get(key(name)).join());
      assertThat(hexOf(committed)).as("%s, committed", name).isEqualTo(result);
    }
  }

  @Test
  void blindOperationGivesWhatTheReadOneGave() {
    commit(transaction -> transaction.set(key("n"), hex("fffe")));
    commit(transaction -> transaction.mutate(MutationType.ADD, key("n"), hex("010000")));
    byte[] sum = database().read(read -> read.get(key("n")).join());
    assertThat(sum).isEqualTo(hex("00ff00"));
  }

  @Test
  void appendStopsAtTheLargestValue() {
    commit(transaction -> transaction.set(key("a"), new byte[99_990]));
    commit(
        transaction ->
            transaction.mutate(MutationType.APPEND_IF_FITS, key("a"), bytes("0123456789")));
    commit(transaction -> transaction.mutate(MutationType.APPEND_IF_FITS, key("a"), bytes("x")));
    byte[] stored = database().read(read -> read.get(key("a")).join());
    assertThat(stored).hasSize(100_000).endsWith(bytes("0123456789"));
    Transaction transaction = begin();
    transaction.mutate(MutationType.APPEND_IF_FITS, key("a"), bytes("x"));
    assertThat(transaction.get(key("a")).join()).hasSize(100_000);
    transaction.set(key("b"), new byte[60_000]);
    transaction.mutate(MutationType.APPEND_IF_FITS, key("b"), new byte[60_000]);
    assertThat(transaction.get(key("b")).join()).hasSize(60_000);
    transaction.commit().join();
    byte[] kept = database().read(read -> read.get(key("b")).join());
    assertThat(kept).hasSize(60_000);
  }

  @Test
  void operationsOfManyTransactionsAddUp() {
    CompletableFuture<?>[] all = new CompletableFuture<?>[200];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          database()
              .runAsync(
                  transaction -> {
                    transaction.mutate(MutationType.ADD, key("sum"), littleEndian(3, 8));
                    return CompletableFuture.completedFuture(0);
                  });
    }
    CompletableFuture.allOf(all).join();
    byte[] sum = database().read(read -> read.get(key("sum")).join());
    assertThat(number(sum)).isEqualTo(600);
  }

  @Test
  void operationsNeverConflictWithEachOther() {
    Transaction first = beginNow();
    Transaction second = beginNow();
    for (Transaction transaction : new Transaction[] {first, second}) {
      transaction.mutate(MutationType.ADD, key("n"), littleEndian(1, 4));
      transaction.mutate(MutationType.BYTE_MAX, key("m"), bytes("x"));
    }
    first.commit().join();
    second.commit().join();
    assertThat(get("m")).isEqualTo("x");
    byte[] sum = database().read(read -> read.get(key("n")).join());
    assertThat(number(sum)).isEqualTo(2);
  }

  @Test
  void rowThatACompareAndClearRemovesIsGoneFromRangesToo() {
    putAll("a", "b", "c");
    Transaction transaction = begin();
    transaction.mutate(MutationType.COMPARE_AND_CLEAR, key("b"), bytes("-"));
    transaction.mutate(MutationType.COMPARE_AND_CLEAR, key("c"), bytes("+"));
    assertThat(names(range(transaction, "a", "z"))).containsExactly("a", "c");
    assertThat(names(transaction.getRange(key("a"), key("z"), 2, true).asList().join()))
        .containsExactly("c", "a");
    transaction.commit().join();
    assertThat(names(database().read(read -> range(read, "a", "z")))).containsExactly("a", "c");
  }

  /** Chains of operations must give the same however the engine puts them together. */
  @Test
  void chainsGiveTheSameBeforeAndAfterTheCommit() {
    long seed = Long.getLong("caisson.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 60; round++) {
      String name = "chain" + round;
      if (random.nextBoolean()) {
        commit(transaction -> transaction.set(key(name), AtomicModel.operand(random)));
      }
      Transaction transaction = begin();
      byte[] expected = database().read(read -> read.get(key(name)).join());
      if (random.nextBoolean()) {
        transaction.get(key(name)).join();
      }
      StringBuilder trace = new StringBuilder(String.valueOf(hexOf(expected)));
      for (int i = random.nextInt(6); i >= 0; i--) {
        MutationType type = AtomicModel.TYPES[random.nextInt(AtomicModel.TYPES.length)];
        byte[] operand = AtomicModel.operand(random);
        transaction.mutate(type, key(name), operand);
        expected = AtomicModel.apply(type, expected, operand);
        trace.append(' ').append(type).append(' ').append(hexOf(operand));
      }
      if (random.nextBoolean()) {
        assertThat(transaction.get(key(name)).join())
            .as("%s, seed %s", trace, seed)
            .isEqualTo(expected);
      }
      transaction.commit().join();
      byte[] committed = database().read(read -> read.get(key(name)).join());
      assertThat(Arrays.equals(committed, expected))
          .as("%s gives %s, seed %s", trace, hexOf(committed), seed)
          .isTrue();
    }
  }
}
