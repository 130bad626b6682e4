package io.caisson.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows that should be there and rows that are, and how to tell a reader what is different.
 * Immutable.
 *
 * @param what where the rows are from
 * @param noun what one of them is called
 * @param expected what should be there
 * @param found what is there
 */
record Difference(String what, String noun, List<String> expected, List<String> found) {
  /** Fails unless both are the same, each as often, in any order. */
  void check() {
    List<String> missing = without(expected, found);
    List<String> surplus = without(found, expected);
    if (!missing.isEmpty() || !surplus.isEmpty()) {
      throw new AssertionError(message(missing, surplus));
    }
  }

  /** Fails unless both are the same in the same order. */
  void checkInOrder() {
    check();
    if (!expected.equals(found)) {
      throw new AssertionError(
          what + " has the " + noun + "s in another order" + lines("expected", expected) + all());
    }
  }

  /** Fails unless all that is expected is there. */
  void checkContained() {
    List<String> missing = without(expected, found);
    if (!missing.isEmpty()) {
      throw new AssertionError(message(missing, List.of()));
    }
  }

  private String message(List<String> missing, List<String> surplus) {
    var parts = new ArrayList<String>();
    if (!missing.isEmpty()) {
      parts.add(count(missing) + " missing");
    }
    if (!surplus.isEmpty()) {
      parts.add(count(surplus) + " not expected");
    }
    return what
        + ": "
        + String.join(", ", parts)
        + lines("missing", missing)
        + lines("not expected", surplus)
        + all();
  }

  private String all() {
    return found.isEmpty() ? "\n  there are no " + noun + "s" : lines("all " + noun + "s", found);
  }

  private String count(List<String> rows) {
    return rows.size() == 1 ? "1 " + noun + " is" : rows.size() + " " + noun + "s are";
  }

  private static String lines(String title, List<String> rows) {
    return rows.isEmpty() ? "" : "\n  " + title + ":\n    " + String.join("\n    ", rows);
  }

  private static List<String> without(List<String> rows, List<String> others) {
    var left = new ArrayList<>(rows);
    others.forEach(left::remove);
    return left;
  }
}
