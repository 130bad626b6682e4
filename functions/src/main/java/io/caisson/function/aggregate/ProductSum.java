package io.caisson.function.aggregate;

/**
 * A sum of products of doubles, kept so that it does not depend on the order of the additions. A
 * product of two doubles is the sum of two: the rounded product and its rounding error. Products
 * near or beyond the largest double are added up apart, in a larger unit. For one thread.
 */
public final class ProductSum {
  /** Products from here on are counted in units of 2^1100. */
  public static final double LARGE = 0x1p1000;

  static final int LARGE_EXPONENT = 1100;

  private final ExactSum sum = new ExactSum();
  private final ExactSum large = new ExactSum();

  /** Makes it the sum of nothing. */
  public void clear() {
    sum.clear();
    large.clear();
  }

  /** Adds a product of finite numbers, weight times. */
  public void add(double a, double b, long weight) {
    double product = a * b;
    if (Math.abs(product) < LARGE) {
      sum.add(product, weight);
      sum.add(Math.fma(a, b, -product), weight);
    } else {
      double scaled = scaled(a) * scaled(b);
      large.add(scaled, weight);
      large.add(Math.fma(scaled(a), scaled(b), -scaled), weight);
    }
  }

  /** A factor of a large product in the unit that large products are counted in. */
  public static double scaled(double factor) {
    return Math.scalb(factor, -LARGE_EXPONENT / 2);
  }

  /** The sum of the products that are not large. */
  public ExactSum sum() {
    return sum;
  }

  /** The sum of the large products, in their unit. */
  public ExactSum large() {
    return large;
  }

  /** The sum. */
  BinaryNumber exact() {
    BinaryNumber small = BinaryNumber.of(sum);
    return small.plus(new BinaryNumber(large.scaled(), large.exponent() + LARGE_EXPONENT));
  }
}
