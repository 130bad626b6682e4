package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.function.aggregate.ExactSum;
import io.caisson.function.aggregate.ProductSum;

/**
 * For each group of a step an exact sum of products; and how such a sum stands in a group's state.
 * For one thread.
 */
final class StepProducts {
  private final StepSums products = new StepSums();

  /** Products near or beyond the largest double, which are rare. */
  private final StepSums large = new StepSums();

  /** Makes room for groups. */
  void grow(int groups) {
    products.grow(groups);
  }

  /** Adds a product of finite numbers to the sum of a group, weight times. */
  void add(int group, double a, double b, long weight) {
    double product = a * b;
    if (Math.abs(product) < ProductSum.LARGE) {
      products.add(group, product, weight);
      double error = Math.fma(a, b, -product);
      if (error != 0) {
        products.add(group, error, weight);
      }
      return;
    }
    large.grow(group + 1);
    double scaledA = ProductSum.scaled(a);
    double scaledB = ProductSum.scaled(b);
    double scaled = scaledA * scaledB;
    large.add(group, scaled, weight);
    large.add(group, Math.fma(scaledA, scaledB, -scaled), weight);
  }

  /** Adds the sum of a group to another sum. */
  void addTo(int group, ProductSum target) {
    products.addTo(group, target.sum());
    large.addTo(group, target.large());
  }

  /** Forgets all sums. */
  void clear() {
    products.clear();
    large.clear();
  }

  /** Makes a sum the one that {@link #write} wrote. */
  static void read(RowReader state, ProductSum target) {
    read(state, target.sum());
    read(state, target.large());
  }

  private static void read(RowReader state, ExactSum target) {
    state.takeBytes();
    target.decode(state.value(), state.valueStart(), state.valueLength());
  }

  /** Writes a sum. */
  static void write(ProductSum sum, RowBuffer state) {
    write(sum.sum(), state);
    write(sum.large(), state);
  }

  private static void write(ExactSum sum, RowBuffer state) {
    int length = sum.encode();
    state.appendBytes(sum.encoded(), 0, length);
  }
}
