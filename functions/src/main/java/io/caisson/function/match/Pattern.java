package io.caisson.function.match;

import java.util.ArrayList;
import java.util.List;

/** A row pattern, as it was written. Immutable. */
public sealed interface Pattern {
  /**
   * One row.
   *
   * @param number which variable the row is mapped to
   * @param excluded whether the row is left out of the output
   */
  record Variable(int number, boolean excluded) implements Pattern {}

  /**
   * One part behind the other; without parts no row at all.
   *
   * @param parts the parts
   */
  record Sequence(List<Pattern> parts) implements Pattern {
    /** Copies the list. */
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /**
   * One of several, the earlier ones preferred.
   *
   * @param parts at least one
   */
  record Alternation(List<Pattern> parts) implements Pattern {
    /** Copies the list. */
    public Alternation {
      parts = List.copyOf(parts);
      if (parts.isEmpty()) {
        throw new IllegalArgumentException("an alternation of nothing");
      }
    }
  }

  /**
   * Several times. Once it is there as often as it must be, each further time has a row at least.
   *
   * @param body what is repeated
   * @param least how often at least
   * @param most how often at most; {@link #UNBOUNDED} for any number
   * @param reluctant whether few times are preferred to many
   */
  record Quantified(Pattern body, int least, int most, boolean reluctant) implements Pattern {
    /** Without end. */
    public static final int UNBOUNDED = -1;

    /** Checks the bounds. */
    public Quantified {
      if (least < 0 || (most != UNBOUNDED && most < least)) {
        throw new IllegalArgumentException("{" + least + "," + most + "}");
      }
    }
  }

  /**
   * All parts, each once, in any order; orders are preferred as dictionaries sort them.
   *
   * @param parts the parts, {@value #MOST_PERMUTED} at most
   */
  static Pattern permutation(List<Pattern> parts) {
    if (parts.size() > MOST_PERMUTED) {
      throw new IllegalArgumentException(parts.size() + " parts in any order");
    }
    var orders = new ArrayList<Pattern>();
    permute(List.of(), parts, orders);
    return new Alternation(orders);
  }

  /** How many parts may be permuted. */
  int MOST_PERMUTED = 6;

  private static void permute(List<Pattern> chosen, List<Pattern> left, List<Pattern> orders) {
    if (left.isEmpty()) {
      orders.add(new Sequence(chosen));
      return;
    }
    for (int i = 0; i < left.size(); i++) {
      var more = new ArrayList<>(chosen);
      more.add(left.get(i));
      var rest = new ArrayList<>(left);
      rest.remove(i);
      permute(more, rest, orders);
    }
  }
}
