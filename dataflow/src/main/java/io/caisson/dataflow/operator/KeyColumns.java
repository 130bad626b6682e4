package io.caisson.dataflow.operator;

import java.util.List;

/**
 * The columns of two relations that are compared. Immutable.
 *
 * @param left positions in the left relation, in key order
 * @param right as many positions in the right one, of columns of the same physical forms
 * @param equality when two keys are the same
 */
public record KeyColumns(List<Integer> left, List<Integer> right, KeyEquality equality) {
  /** Copies the lists and checks that they match. */
  public KeyColumns {
    left = List.copyOf(left);
    right = List.copyOf(right);
    if (left.size() != right.size()) {
      throw new IllegalArgumentException(left.size() + " columns against " + right.size());
    }
  }

  /** The same with the relations the other way round. */
  KeyColumns reversed() {
    return new KeyColumns(right, left, equality);
  }
}
