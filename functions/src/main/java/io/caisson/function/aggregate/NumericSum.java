package io.caisson.function.aggregate;

import io.caisson.function.operator.DecimalArithmetic;
import java.math.BigDecimal;

/**
 * A sum of NUMERIC values, which has as many digits behind the point as the value that has most.
 * For one thread.
 */
public final class NumericSum {
  private BigDecimal sum = BigDecimal.ZERO;
  private long count;

  /** Adds a number. */
  public void add(BigDecimal value) {
    sum = sum.add(value);
    count++;
  }

  /** The sum; 0 of nothing. */
  public BigDecimal sum() {
    return DecimalArithmetic.add(sum, BigDecimal.ZERO);
  }

  /** The sum divided by the count. */
  public BigDecimal average() {
    return DecimalArithmetic.divide(sum, BigDecimal.valueOf(count));
  }
}
