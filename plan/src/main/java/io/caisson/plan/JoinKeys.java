package io.caisson.plan;

import java.util.List;

/**
 * The columns of two inputs that a join compares, pair by pair. Immutable.
 *
 * @param left positions in the left input
 * @param right as many positions in the right input, of columns with the same types
 * @param nullsMatch whether NULLs match each other, as with IS NOT DISTINCT FROM
 */
public record JoinKeys(List<Integer> left, List<Integer> right, boolean nullsMatch) {
  /** Copies the lists and checks that they match. */
  public JoinKeys {
    left = List.copyOf(left);
    right = List.copyOf(right);
    if (left.size() != right.size()) {
      throw new IllegalArgumentException(left.size() + " columns against " + right.size());
    }
  }
}
