package io.caisson.function.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.function.SketchFunctions;
import org.junit.jupiter.api.Test;

class DistinctEstimateTest {
  private static final double THREE_STANDARD_ERRORS = 0.07;

  private static long count(long values) {
    var estimate = new DistinctEstimate();
    for (long value = 0; value < values; value++) {
      estimate.add(SketchFunctions.ofInteger(value * 31));
    }
    return estimate.count();
  }

  @Test
  void fewValuesAreCountedAlmostExactly() {
    for (int values = 0; values <= 30; values++) {
      assertThat(count(values)).isBetween((long) values - 1, (long) values + 1);
    }
  }

  @Test
  void manyValuesAreCountedWithinTheStatedError() {
    for (long values = 100; values <= 10_000_000; values *= 10) {
      double error = Math.abs(count(values) - values) / (double) values;
      assertThat(error).as("%d values", values).isLessThan(THREE_STANDARD_ERRORS);
    }
  }

  @Test
  void textsAreAsGoodAsNumbers() {
    var estimate = new DistinctEstimate();
    for (int i = 0; i < 100_000; i++) {
      estimate.add(SketchFunctions.ofText("user-" + i));
    }
    assertThat(estimate.count() / 100_000.0).isBetween(0.93, 1.07);
  }

  @Test
  void valuesThatAreThereTwiceCountOnce() {
    var estimate = new DistinctEstimate();
    for (int i = 0; i < 1_000; i++) {
      estimate.add(SketchFunctions.ofInteger(i % 10));
    }
    assertThat(estimate.count()).isEqualTo(10);
    estimate.clear();
    assertThat(estimate.count()).isZero();
  }

  @Test
  void roughValuesAreNear() {
    for (double value = 1e-300; value < 1e300; value *= 1.37) {
      double error = Math.abs(SketchFunctions.nearby(value) - value) / value;
      assertThat(error).isLessThan(0.008);
      assertThat(SketchFunctions.nearby(-value)).isEqualTo(-SketchFunctions.nearby(value));
    }
    assertThat(SketchFunctions.nearby(Double.NaN)).isNaN();
    assertThat(SketchFunctions.nearby(-0.0)).isEqualTo(0.0);
  }
}
