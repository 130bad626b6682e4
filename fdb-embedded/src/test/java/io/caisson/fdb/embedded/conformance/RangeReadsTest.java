package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.hex;
import static io.caisson.fdb.embedded.conformance.Bytes.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncIterator;
import com.apple.foundationdb.async.AsyncUtil;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Range reads: bounds, limits, directions, streaming modes, iteration. */
final class RangeReadsTest extends ConformanceTest {
  private void putNumbers(int count, int valueSize) {
    int batch = 90;
    for (int from = 0; from < count; from += batch) {
      int first = from;
      commit(
          transaction -> {
            for (int i = first; i < Math.min(count, first + batch); i++) {
              transaction.set(key(digits(i)), new byte[valueSize]);
            }
          });
    }
  }

  private static String digits(int number) {
    return String.format(Locale.ROOT, "%05d", number);
  }

  private static List<String> numbers(int from, int to) {
    List<String> numbers = new ArrayList<>();
    for (int i = from; i < to; i++) {
      numbers.add(digits(i));
    }
    return numbers;
  }

  private static List<KeyValue> drain(AsyncIterator<KeyValue> iterator) {
    List<KeyValue> rows = new ArrayList<>();
    while (iterator.hasNext()) {
      rows.add(iterator.next());
    }
    return rows;
  }

  @Test
  void beginIsInsideAndEndIsOutside() {
    putAll("a", "b", "c", "d");
    List<KeyValue> rows = database().read(read -> range(read, "b", "d"));
    assertThat(names(rows)).containsExactly("b", "c");
  }

  @Test
  void limitAndDirectionChooseTheRows() {
    putAll("a", "b", "c", "d", "e");
    Transaction transaction = begin();
    byte[] begin = key("a");
    byte[] end = key("z");
    assertThat(names(transaction.getRange(begin, end, 2).asList().join()))
        .containsExactly("a", "b");
    assertThat(names(transaction.getRange(begin, end, 2, true).asList().join()))
        .containsExactly("e", "d");
    assertThat(names(transaction.getRange(begin, end, 0, true).asList().join()))
        .containsExactly("e", "d", "c", "b", "a");
    assertThat(names(transaction.getRange(begin, end, 9).asList().join())).hasSize(5);
    assertThat(ReadTransaction.ROW_LIMIT_UNLIMITED).isZero();
  }

  @Test
  void boundsMayBeSelectors() {
    putNumbers(10, 1);
    Transaction transaction = begin();
    List<KeyValue> rows =
        transaction
            .getRange(
                KeySelector.lastLessThan(key(digits(5))),
                KeySelector.firstGreaterOrEqual(key(digits(5))).add(2))
            .asList()
            .join();
    assertThat(names(rows)).isEqualTo(numbers(4, 7));
    rows =
        transaction
            .getRange(
                KeySelector.firstGreaterThan(key(digits(2))),
                KeySelector.lastLessOrEqual(key(digits(7))),
                3,
                true)
            .asList()
            .join();
    assertThat(names(rows)).containsExactly(digits(6), digits(5), digits(4));
  }

  @Test
  void selectorsOfARangeMayCross() {
    putNumbers(10, 1);
    Transaction transaction = begin();
    assertThat(
            transaction
                .getRange(
                    KeySelector.firstGreaterOrEqual(key(digits(3))).add(4),
                    KeySelector.firstGreaterOrEqual(key(digits(6))))
                .asList()
                .join())
        .isEmpty();
    assertThat(
            names(
                transaction
                    .getRange(
                        KeySelector.firstGreaterOrEqual(key(digits(6))).add(-4),
                        KeySelector.firstGreaterOrEqual(key(digits(3))).add(1))
                    .asList()
                    .join()))
        .isEqualTo(numbers(2, 4));
  }

  @Test
  void invertedRangeIsEmpty() {
    putAll("a", "b", "c");
    Transaction transaction = begin();
    assertThat(range(transaction, "c", "a")).isEmpty();
    assertThat(range(transaction, "b", "b")).isEmpty();
    assertThat(transaction.getRange(key("c"), key("a"), 5, true).asList().join()).isEmpty();
    assertThat(transaction.getRange(key("c"), key("a")).iterator().hasNext()).isFalse();
  }

  @Test
  void rangeEndsAtTheEndOfTheUsersKeySpace() {
    putAll("a");
    Transaction transaction = begin();
    List<KeyValue> rows = transaction.getRange(key("a"), hex("ff"), 1).asList().join();
    assertThat(names(rows)).containsExactly("a");
    assertFails(2004, () -> transaction.getRange(key("a"), hex("ff00")).asList().join());
    assertFails(2004, () -> transaction.getRange(hex("ff00"), hex("ff01")).asList().join());
    assertFails(2004, () -> transaction.getRange(key("a"), hex("ff00")).iterator().hasNext());
  }

  @ParameterizedTest
  @EnumSource(StreamingMode.class)
  void everyModeReadsTheSameRows(StreamingMode mode) {
    putNumbers(900, 500);
    int limit = mode == StreamingMode.EXACT ? 2_000 : 0;
    Transaction transaction = begin();
    byte[] begin = key("");
    byte[] end = key("z");
    assertThat(names(transaction.getRange(begin, end, limit, false, mode).asList().join()))
        .isEqualTo(numbers(0, 900));
    List<String> backwards = new ArrayList<>(numbers(0, 900));
    Collections.reverse(backwards);
    assertThat(names(drain(transaction.getRange(begin, end, limit, true, mode).iterator())))
        .isEqualTo(backwards);
    assertThat(names(drain(transaction.getRange(begin, end, 700, false, mode).iterator())))
        .isEqualTo(numbers(0, 700));
    assertThat(names(transaction.getRange(begin, end, 13, true, mode).asList().join()))
        .isEqualTo(backwards.subList(0, 13));
  }

  @Test
  void rangesLargerThanAPageAreReadWithOwnWrites() {
    putNumbers(1_000, 1_000);
    Transaction transaction = begin();
    List<String> expected = new ArrayList<>(numbers(0, 1_000));
    for (int i = 0; i < 1_000; i += 7) {
      transaction.clear(key(digits(i)));
      expected.remove(digits(i));
      transaction.set(key(digits(i) + "x"), bytes("x"));
      expected.add(digits(i) + "x");
    }
    Collections.sort(expected);
    transaction.clear(key("00500"), key("00600"));
    expected.removeIf(name -> name.startsWith("005"));
    assertThat(names(drain(transaction.getRange(key(""), key("z")).iterator())))
        .isEqualTo(expected);
    Collections.reverse(expected);
    assertThat(names(drain(transaction.getRange(key(""), key("z"), 0, true).iterator())))
        .isEqualTo(expected);
  }

  @Test
  void modeExactNeedsALimit() {
    Transaction transaction = begin();
    assertFails(
        2210,
        () ->
            transaction
                .getRange(key("a"), key("b"), 0, false, StreamingMode.EXACT)
                .asList()
                .join());
  }

  @Test
  void limitBelowZeroIsRefused() {
    Transaction transaction = begin();
    assertFails(2012, () -> transaction.getRange(key("a"), key("b"), -5).asList().join());
    assertFails(2012, () -> transaction.getRange(key("a"), key("b"), -5).iterator().hasNext());
  }

  @Test
  void iterationIsAsynchronous() {
    putNumbers(500, 100);
    Transaction transaction = begin();
    AsyncIterator<KeyValue> iterator = transaction.getRange(key(""), key("z")).iterator();
    List<KeyValue> rows = new ArrayList<>();
    AsyncUtil.whileTrue(
            () ->
                iterator
                    .onHasNext()
                    .thenApply(
                        more -> {
                          if (more) {
                            rows.add(iterator.next());
                          }
                          return more;
                        }))
        .join();
    assertThat(names(rows)).isEqualTo(numbers(0, 500));
    assertThat(
            AsyncUtil.collect(
                    transaction.getRange(key(""), key("z"), 300), database().getExecutor())
                .join())
        .hasSize(300);
    List<String> mapped =
        AsyncUtil.collect(
                AsyncUtil.mapIterable(
                    transaction.getRange(key(""), key("z"), 2),
                    row -> String.valueOf(name(row.getKey()))))
            .join();
    assertThat(mapped).isEqualTo(numbers(0, 2));
  }

  @Test
  void iterableMayBeReadTwice() {
    putAll("a", "b");
    Transaction transaction = begin();
    Iterable<KeyValue> rows = transaction.getRange(key("a"), key("z"));
    List<KeyValue> first = new ArrayList<>();
    rows.forEach(first::add);
    List<KeyValue> second = new ArrayList<>();
    rows.forEach(second::add);
    assertThat(names(first)).isEqualTo(names(second)).containsExactly("a", "b");
  }

  @Test
  void listIsReadWhenItIsAskedForAndNotWhenTheRangeIsMade() {
    putAll("a");
    Transaction transaction = begin();
    var range = transaction.getRange(key("a"), key("z"));
    transaction.set(key("b"), bytes(""));
    assertThat(names(range.asList().join())).containsExactly("a", "b");
  }

  @Test
  void iterationBeginsToReadWhenItIsMade() {
    putAll("a", "b");
    Transaction transaction = begin();
    AsyncIterator<KeyValue> iterator = transaction.getRange(key("a"), key("z")).iterator();
    transaction.set(key("c"), bytes("later"));
    transaction.clear(key("b"));
    assertThat(names(drain(iterator))).containsExactly("a", "b");
    assertThat(names(range(transaction, "a", "z"))).containsExactly("a", "c");
  }

  @Test
  void writesBetweenPagesAreSeenByLaterPagesOnly() {
    putNumbers(2_000, 200);
    Transaction transaction = begin();
    AsyncIterator<KeyValue> iterator = transaction.getRange(key(""), key("z")).iterator();
    assertThat(iterator.hasNext()).isTrue();
    assertThat(name(iterator.next().getKey())).isEqualTo(digits(0));
    transaction.set(key(digits(0) + "behind"), bytes(""));
    transaction.set(key("01999x"), bytes("ahead"));
    transaction.clear(key("01990"));
    List<String> rest = new ArrayList<>();
    drain(iterator).forEach(row -> rest.add(String.valueOf(name(row.getKey()))));
    List<String> expected = new ArrayList<>(numbers(1, 2_000));
    expected.remove("01990");
    expected.add("01999x");
    assertThat(rest).isEqualTo(expected);
  }

  @Test
  void removeClearsTheRowJustRead() {
    putAll("a", "b", "c");
    Transaction transaction = begin();
    AsyncIterator<KeyValue> iterator = transaction.getRange(key("a"), key("z")).iterator();
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
    iterator.next();
    iterator.next();
    iterator.remove();
    assertThat(names(range(transaction, "a", "z"))).containsExactly("a", "c");
  }

  @Test
  void iterationEndsWithNoSuchElement() {
    putAll("a");
    Transaction transaction = begin();
    AsyncIterator<KeyValue> iterator = transaction.getRange(key("a"), key("z")).iterator();
    iterator.next();
    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next)
        .satisfies(
            failure -> assertThat(unwrapped(failure)).isInstanceOf(NoSuchElementException.class));
  }

  @Test
  void cancelledIterationGivesNothingMore() {
    putAll("a", "b");
    Transaction transaction = begin();
    AsyncIterator<KeyValue> iterator = transaction.getRange(key("a"), key("z")).iterator();
    iterator.next();
    iterator.cancel();
    assertThatThrownBy(iterator::onHasNext).isInstanceOf(CancellationException.class);
    assertThatThrownBy(iterator::next).isInstanceOf(CancellationException.class);
    assertThat(names(range(transaction, "a", "z"))).as("the transaction goes on").hasSize(2);
  }

  @Test
  void keysAreOrderedAsUnsignedBytes() {
    byte[][] ordered = {
      hex("00"), hex("0000"), hex("01"), hex("7f"), hex("7fff"), hex("80"), hex("fe"), hex("feff"),
    };
    commit(
        transaction -> {
          for (int i = ordered.length - 1; i >= 0; i--) {
            transaction.set(Bytes.join(prefix(), ordered[i]), bytes(String.valueOf(i)));
          }
        });
    List<KeyValue> rows =
        database()
            .read(read -> read.getRange(prefix(), Bytes.join(prefix(), hex("ff"))).asList().join());
    assertThat(values(rows)).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
  }

  @Test
  void rowsEqualByKeyAndValue() {
    putAll("a");
    Transaction transaction = begin();
    KeyValue once = range(transaction, "a", "b").get(0);
    KeyValue again = range(transaction, "a", "b").get(0);
    assertThat(once).isEqualTo(again).hasSameHashCodeAs(again);
  }
}
