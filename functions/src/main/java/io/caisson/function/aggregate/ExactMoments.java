package io.caisson.function.aggregate;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What variances, covariances and regressions need of pairs of numbers: their count, sums, and sums
 * of squares and products, all without rounding. So the results depend neither on the order in
 * which pairs come nor on pairs that came and went. Of one variable x is y. Where a number is not
 * finite, what depends on squares is NaN, as in PostgreSQL. For one thread.
 */
public final class ExactMoments {
  private final DoubleSum x = new DoubleSum();
  private final ProductSum squaresX = new ProductSum();
  private final @Nullable Second second;

  /** What is known of the second variable. */
  private static final class Second {
    private final DoubleSum y = new DoubleSum();
    private final ProductSum squaresY = new ProductSum();
    private final ProductSum products = new ProductSum();
  }

  /** The moments of nothing yet, of pairs or of single numbers. */
  public ExactMoments(boolean ofPairs) {
    second = ofPairs ? new Second() : null;
  }

  /** Makes them the moments of nothing. */
  public void clear() {
    x.clear();
    squaresX.clear();
    if (second != null) {
      second.y.clear();
      second.squaresY.clear();
      second.products.clear();
    }
  }

  /** Adds a pair, weight times. */
  public void add(double newY, double newX, long weight) {
    x.add(newX, weight);
    boolean finite = Double.isFinite(newX) && Double.isFinite(newY);
    if (finite) {
      squaresX.add(newX, newX, weight);
    }
    if (second != null) {
      second.y.add(newY, weight);
      if (finite) {
        second.squaresY.add(newY, newY, weight);
        second.products.add(newX, newY, weight);
      }
    }
  }

  /** The sum of the x. */
  public DoubleSum x() {
    return x;
  }

  /** The sum of their squares. */
  public ProductSum squaresX() {
    return squaresX;
  }

  /** The sum of the y. */
  public DoubleSum y() {
    return second == null ? x : second.y;
  }

  /** The sum of their squares. */
  public ProductSum squaresY() {
    return second == null ? squaresX : second.squaresY;
  }

  /** The sum of the products. */
  public ProductSum products() {
    return second == null ? squaresX : second.products;
  }

  /** How many pairs there are. */
  public long count() {
    return x.count();
  }

  /** The sum of the products of the distances from the averages, divided by something. */
  private double aboutAverages(DoubleSum a, DoubleSum b, ProductSum ofBoth, BigInteger divisor) {
    if (!x.isFinite() || !y().isFinite()) {
      return Double.NaN;
    }
    BinaryNumber sums = BinaryNumber.of(a.finite()).times(BinaryNumber.of(b.finite()));
    double result = ofBoth.exact().times(count()).minus(sums).dividedBy(divisor);
    // Squares of numbers below 1e-154 lose digits, and must not leave less than nothing.
    return a == b ? Math.max(0.0, result) : result + 0.0;
  }

  private BigInteger big(long factor) {
    return BigInteger.valueOf(count()).multiply(BigInteger.valueOf(factor));
  }

  private @Nullable Double ofAny(double value) {
    return count() == 0 ? null : (Double) value;
  }

  /** The average of the x, or null of nothing. */
  public @Nullable Double averageX() {
    return count() == 0 ? null : (Double) x.average();
  }

  /** The average of the y, or null of nothing. */
  public @Nullable Double averageY() {
    return count() == 0 ? null : (Double) y().average();
  }

  private double rawSxx() {
    return aboutAverages(x, x, squaresX, big(1));
  }

  private double rawSyy() {
    return aboutAverages(y(), y(), squaresY(), big(1));
  }

  private double rawSxy() {
    return aboutAverages(x, y(), products(), big(1));
  }

  /** The sum of the squares of the x's distances from their average. */
  public @Nullable Double sxx() {
    return count() == 0 ? null : ofAny(rawSxx());
  }

  /** The sum of the squares of the y's distances from their average. */
  public @Nullable Double syy() {
    return count() == 0 ? null : ofAny(rawSyy());
  }

  /** The sum of the products of the distances. */
  public @Nullable Double sxy() {
    return count() == 0 ? null : ofAny(rawSxy());
  }

  /** VAR_POP. */
  public @Nullable Double varianceOfAll() {
    return count() == 0 ? null : (Double) aboutAverages(x, x, squaresX, big(count()));
  }

  /** VAR_SAMP. */
  public @Nullable Double varianceOfSample() {
    return count() < 2 ? null : (Double) aboutAverages(x, x, squaresX, big(count() - 1));
  }

  /** STDDEV_POP. */
  public @Nullable Double deviationOfAll() {
    return root(varianceOfAll());
  }

  /** STDDEV_SAMP. */
  public @Nullable Double deviationOfSample() {
    return root(varianceOfSample());
  }

  private static @Nullable Double root(@Nullable Double variance) {
    return variance == null ? null : (Double) Math.sqrt(variance);
  }

  /** COVAR_POP. */
  public @Nullable Double covarianceOfAll() {
    return count() == 0 ? null : (Double) aboutAverages(x, y(), products(), big(count()));
  }

  /** COVAR_SAMP. */
  public @Nullable Double covarianceOfSample() {
    return count() < 2 ? null : (Double) aboutAverages(x, y(), products(), big(count() - 1));
  }

  /** CORR. */
  public @Nullable Double correlation() {
    if (count() == 0) {
      return null;
    }
    double squares = rawSxx();
    double otherSquares = rawSyy();
    return squares == 0 || otherSquares == 0
        ? null
        : (Double) (rawSxy() / (Math.sqrt(squares) * Math.sqrt(otherSquares)));
  }

  /** REGR_SLOPE. */
  public @Nullable Double slope() {
    if (count() == 0) {
      return null;
    }
    double squares = rawSxx();
    return squares == 0 ? null : (Double) (rawSxy() / squares);
  }

  /** REGR_INTERCEPT. */
  public @Nullable Double intercept() {
    Double slope = slope();
    return slope == null ? null : (Double) ((y().sum() - x.sum() * slope) / count());
  }

  /** REGR_R2. */
  public @Nullable Double determination() {
    if (count() == 0) {
      return null;
    }
    double squares = rawSxx();
    if (squares == 0) {
      return null;
    }
    double otherSquares = rawSyy();
    if (otherSquares == 0) {
      return 1.0;
    }
    double products = rawSxy();
    return products * products / (squares * otherSquares);
  }
}
