package io.caisson.function.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  private static final long SEED = Long.getLong("caisson.seed", 3L);

  @Test
  void sumIsTheNearestDoubleOfTheExactSumInAnyForm() {
    for (int round = 0; round < 3_000; round++) {
      var random = new SplittableRandom(SEED + round);
      var sum = new ExactSum();
      BigDecimal exact = BigDecimal.ZERO;
      int range = 1 << random.nextInt(12);
      for (int i = random.nextInt(12); i >= 0; i--) {
        double value = value(random, range);
        long weight = weight(random);
        sum.add(value, weight);
        exact = exact.add(new BigDecimal(value).multiply(BigDecimal.valueOf(weight)));
        if (random.nextInt(3) == 0) {
          assertThat(sum.toDouble()).isEqualTo(exact.doubleValue());
        }
        if (random.nextInt(3) == 0) {
          int length = sum.encode();
          byte[] bytes = Arrays.copyOf(sum.encoded(), length);
          sum = new ExactSum();
          sum.decode(bytes, 0, bytes.length);
        }
      }
      assertThat(sum.toDouble())
          .as("-Dcaisson.seed=%d", SEED + round)
          .isEqualTo(exact.doubleValue());
    }
  }

  private static double value(SplittableRandom random, int range) {
    if (random.nextInt(50) == 0) {
      return random.nextBoolean() ? Double.MAX_VALUE : -Double.MIN_VALUE;
    }
    long exponent = Math.floorMod(1023 + random.nextInt(-range, range), 2047);
    long bits = exponent << 52 | random.nextLong() >>> 12;
    if (random.nextInt(4) == 0) {
      bits &= -1L << random.nextInt(53);
    }
    return Double.longBitsToDouble(random.nextBoolean() ? bits : bits | Long.MIN_VALUE);
  }

  private static long weight(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt(-5, 6);
      case 2 -> Long.MIN_VALUE;
      default -> random.nextBoolean() ? 1 : -1;
    };
  }

  @Test
  void takingEverythingBackLeavesNothing() {
    var sum = new ExactSum();
    double[] values = {1e300, 0.1, -7e-310, 3, 1e-20, -1e300};
    for (double value : values) {
      sum.add(value, 3);
    }
    for (double value : values) {
      sum.add(value, -3);
    }
    assertThat(sum.toDouble()).isEqualTo(0.0);
    assertThat(sum.encode()).isZero();
  }

  @Test
  void everydayNumbersTakeFewBytes() {
    var sum = new ExactSum();
    for (int i = 0; i < 1_000_000; i++) {
      sum.add(19.99, 1);
    }
    assertThat(sum.encode()).isLessThanOrEqualTo(17);
    assertThat(sum.toDouble()).isEqualTo(1_000_000 * 19.99);
  }
}
