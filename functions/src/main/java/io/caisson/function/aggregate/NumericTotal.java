package io.caisson.function.aggregate;

import io.caisson.function.operator.DecimalArithmetic;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * NUMERIC values added up exactly, and their squares where they are asked for. Results have as many
 * digits behind the point as the value that has most asks for, so that it must be known how many
 * values have how many. For one thread.
 */
public final class NumericTotal {
  private final boolean withSquares;
  private long count;
  private BigDecimal sum = BigDecimal.ZERO;
  private BigDecimal squares = BigDecimal.ZERO;

  /** How many values have so many digits behind the point; no entry is zero. */
  private final TreeMap<Integer, Long> scales = new TreeMap<>();

  /** The total of nothing yet, with or without the squares. */
  public NumericTotal(boolean withSquares) {
    this.withSquares = withSquares;
  }

  /**
   * A total that was written down.
   *
   * @param count how many values it is of
   * @param sum their sum
   * @param squares the sum of their squares, or null without
   * @param scales how many of them have so many digits behind the point
   */
  public NumericTotal(
      long count, BigDecimal sum, @Nullable BigDecimal squares, Map<Integer, Long> scales) {
    this(squares != null);
    this.count = count;
    this.sum = sum;
    this.squares = squares == null ? BigDecimal.ZERO : squares;
    this.scales.putAll(scales);
  }

  /** Adds a value, weight times. */
  public void add(BigDecimal value, long weight) {
    count += weight;
    sum = sum.add(times(value, weight));
    if (withSquares) {
      squares = squares.add(times(value.multiply(value), weight));
    }
    addScale(value.scale(), weight);
  }

  private static BigDecimal times(BigDecimal value, long weight) {
    return weight == 1 ? value : value.multiply(BigDecimal.valueOf(weight));
  }

  /** Adds another total. */
  public void add(NumericTotal other) {
    count += other.count;
    sum = sum.add(other.sum);
    squares = squares.add(other.squares);
    other.scales.forEach(this::addScale);
  }

  private void addScale(int scale, long weight) {
    scales.merge(scale, weight, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
  }

  /** How many values there are. */
  public long count() {
    return count;
  }

  /** How many values have so many digits behind the point. */
  public Map<Integer, Long> scales() {
    return scales;
  }

  /** The sum as it is written: what its digits were for may have been taken back. */
  public BigDecimal sum() {
    int scale = scales.isEmpty() ? 0 : scales.lastKey();
    return written(sum, scale);
  }

  /** The sum of the squares as it is written. */
  public BigDecimal squares() {
    int scale = scales.isEmpty() ? 0 : scales.lastKey();
    return written(squares, 2 * scale);
  }

  private static BigDecimal written(BigDecimal value, int scale) {
    return value.scale() == scale ? value : DecimalArithmetic.key(value).setScale(scale);
  }

  /** The average, or null of nothing. */
  public @Nullable BigDecimal average() {
    return count == 0 ? null : DecimalArithmetic.divide(sum(), BigDecimal.valueOf(count));
  }

  /** VAR_POP, or null of nothing. */
  public @Nullable BigDecimal varianceOfAll() {
    return count == 0 ? null : variance(count);
  }

  /** VAR_SAMP, or null of less than two values. */
  public @Nullable BigDecimal varianceOfSample() {
    return count < 2 ? null : variance(count - 1);
  }

  /** STDDEV_POP, or null of nothing. */
  public @Nullable BigDecimal deviationOfAll() {
    return root(varianceOfAll());
  }

  /** STDDEV_SAMP, or null of less than two values. */
  public @Nullable BigDecimal deviationOfSample() {
    return root(varianceOfSample());
  }

  private BigDecimal variance(long divisor) {
    BigDecimal distance =
        squares().multiply(BigDecimal.valueOf(count)).subtract(sum().multiply(sum()));
    return distance.signum() <= 0
        ? BigDecimal.ZERO
        : DecimalArithmetic.divide(
            distance, BigDecimal.valueOf(count).multiply(BigDecimal.valueOf(divisor)));
  }

  private static @Nullable BigDecimal root(@Nullable BigDecimal variance) {
    if (variance == null || variance.signum() == 0) {
      return variance;
    }
    int scale = variance.scale();
    int digits = Math.max(1, (variance.precision() - scale) / 2 + 1) + scale + 2;
    return variance.sqrt(new MathContext(digits)).setScale(scale, RoundingMode.HALF_UP);
  }
}
