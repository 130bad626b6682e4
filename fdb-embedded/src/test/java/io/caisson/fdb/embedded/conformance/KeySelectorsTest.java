package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key selectors: which key a base, "or equal" and an offset stand for. */
final class KeySelectorsTest extends ConformanceTest {
  private static final byte[] FIRST = {};
  private static final byte[] END = hex("ff");

  /** Above every key that programs commonly use, the directory layer's nodes included. */
  private static final byte[] ABOVE_ALL = hex("fefffffffe");

  private byte[] select(KeySelector selector) {
    return database().read(read -> read.getKey(selector).join());
  }

  /** The keys are b, d and f; what is expected outside of them lies at the test's own bounds. */
  @ParameterizedTest
  @CsvSource({
    "a, false, 1, b", "a, true, 1, b", "b, false, 1, b", "b, true, 1, d", "c, false, 1, d",
    "c, true, 1, d", "b, false, 2, d", "b, true, 2, f", "a, false, 3, f", "b, false, 0, <",
    "b, true, 0, b", "c, false, 0, b", "c, true, 0, b", "d, false, 0, b", "d, true, 0, d",
    "g, false, 0, f", "g, true, 0, f", "g, false, -1, d", "g, false, -2, b", "g, false, -3, <",
    "f, true, -1, d", "f, false, -1, b", "f, true, 1, >", "f, false, 2, >", "e, true, 2, >",
    "d, true, -1, b", "d, true, -2, <", "b, false, 4, >", "a, true, 4, >"
  })
  void selectorNamesAKey(String base, boolean orEqual, int offset, String expected) {
    putAll("<", "b", "d", "f", "~");
    String end = expected.equals(">") ? "~" : expected;
    assertThat(name(select(new KeySelector(key(base), orEqual, offset)))).isEqualTo(end);
  }

  @Test
  void selectorsAgreeWithTheirDefinition() {
    String[] keys = {"b", "d", "dd", "f", "h", "i"};
    TreeSet<String> all = new TreeSet<>(Arrays.asList(keys));
    // Sentinels: so many keys on either side that no offset below leaves the test's own keys.
    for (int i = 0; i < 10; i++) {
      all.add("0" + i);
      all.add("z" + i);
    }
    putAll(all.toArray(new String[0]));
    List<String> sorted = List.copyOf(all);
    Transaction transaction = begin();
    for (String base : List.of("a", "b", "bb", "c", "d", "dd", "ddd", "e", "f", "h", "i", "j")) {
      for (boolean orEqual : new boolean[] {false, true}) {
        for (int offset = -6; offset <= 6; offset++) {
          String limit = base;
          int index = (int) sorted.stream().filter(key -> key.compareTo(limit) < 0).count() - 1;
          if (orEqual && all.contains(base)) {
            index++;
          }
          assertThat(name(transaction.getKey(new KeySelector(key(base), orEqual, offset)).join()))
              .as("%s %s %s", base, orEqual, offset)
              .isEqualTo(sorted.get(index + offset));
        }
      }
    }
  }

  @Test
  void selectorThatLeavesTheKeySpaceStopsAtItsEnds() {
    putAll("a");
    assertThat(select(KeySelector.lastLessThan(FIRST))).isEqualTo(FIRST);
    assertThat(select(KeySelector.lastLessThan(FIRST).add(-100))).isEqualTo(FIRST);
    assertThat(select(KeySelector.lastLessOrEqual(FIRST).add(-1))).isEqualTo(FIRST);
    assertThat(select(KeySelector.firstGreaterOrEqual(END))).isEqualTo(END);
    assertThat(select(KeySelector.firstGreaterThan(END))).isEqualTo(END);
    assertThat(select(KeySelector.firstGreaterOrEqual(END).add(100))).isEqualTo(END);
    assertThat(select(KeySelector.firstGreaterOrEqual(ABOVE_ALL))).isEqualTo(END);
    assertThat(select(KeySelector.firstGreaterOrEqual(ABOVE_ALL).add(1_000))).isEqualTo(END);
    assertThat(select(KeySelector.lastLessThan(hex("00")).add(-1_000))).isEqualTo(FIRST);
  }

  @Test
  void selectorFromBeyondTheEndComesBack() {
    putAll("a");
    byte[] last = select(KeySelector.lastLessThan(END));
    Transaction transaction = begin();
    transaction.set(ABOVE_ALL, bytes("1"));
    assertThat(transaction.getKey(KeySelector.lastLessThan(END)).join()).isEqualTo(ABOVE_ALL);
    assertThat(transaction.getKey(KeySelector.lastLessThan(END).add(-1)).join()).isEqualTo(last);
    assertThat(transaction.getKey(KeySelector.firstGreaterOrEqual(last).add(1)).join())
        .isEqualTo(ABOVE_ALL);
    assertThat(transaction.getKey(KeySelector.firstGreaterOrEqual(last).add(2)).join())
        .isEqualTo(END);
  }

  @Test
  void selectorsSkipClearedKeys() {
    putAll("a", "b", "c", "d", "e");
    Transaction transaction = begin();
    transaction.clear(key("b"), key("d"));
    assertThat(name(transaction.getKey(KeySelector.firstGreaterThan(key("a"))).join()))
        .isEqualTo("d");
    assertThat(name(transaction.getKey(KeySelector.firstGreaterThan(key("a")).add(1)).join()))
        .isEqualTo("e");
    assertThat(name(transaction.getKey(KeySelector.lastLessThan(key("d"))).join())).isEqualTo("a");
    assertThat(name(transaction.getKey(KeySelector.lastLessOrEqual(key("c"))).join()))
        .isEqualTo("a");
  }

  @Test
  void selectorsBelongToTheUsersKeySpace() {
    Transaction transaction = begin();
    assertFails(
        2004, () -> transaction.getKey(KeySelector.firstGreaterOrEqual(hex("ff00"))).join());
    assertFails(2004, () -> transaction.getKey(KeySelector.lastLessThan(hex("ff01"))).join());
  }

  @Test
  void largeOffsetsAreFollowed() {
    commit(
        transaction -> {
          for (int i = 0; i < 3_000; i++) {
            transaction.set(key(String.valueOf(10_000 + i)), bytes(""));
          }
        });
    assertThat(name(select(KeySelector.firstGreaterOrEqual(key("1")).add(2_500))))
        .isEqualTo("12500");
    assertThat(name(select(KeySelector.lastLessThan(key("2")).add(-2_500)))).isEqualTo("10499");
    Transaction transaction = begin();
    transaction.clear(key("10500"), key("12000"));
    transaction.set(key("11000"), bytes(""));
    assertThat(name(transaction.getKey(KeySelector.firstGreaterOrEqual(key("1")).add(501)).join()))
        .isEqualTo("12000");
    assertThat(name(transaction.getKey(KeySelector.lastLessThan(key("2")).add(-1_000)).join()))
        .isEqualTo("11000");
  }
}
