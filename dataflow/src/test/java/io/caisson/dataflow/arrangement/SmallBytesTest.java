package io.caisson.dataflow.arrangement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmallBytesTest {
  private static final long SEED = Long.getLong("caisson.seed", 5);
  private static final int[] NEAR_THE_EDGES = {0, 1, 2, 3, 0x7F, 0x80, 0x81, 0x82, 0xFF};

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void theFirstByteBelowTwoIsFoundWhereverItIs() {
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int at = 0; at < bytes.length; at++) {
        boolean rare = random.nextInt(6) == 0;
        int other = 2 + random.nextInt(254);
        bytes[at] = (byte) (rare ? NEAR_THE_EDGES[random.nextInt(NEAR_THE_EDGES.length)] : other);
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      int expected = from;
      while (expected < to && bytes[expected] != 0 && bytes[expected] != 1) {
        expected++;
      }
      assertThat(SmallBytes.find(bytes, from, to))
          .as("-Dcaisson.seed=%d: %s from %d to %d", SEED, Arrays.toString(bytes), from, to)
          .isEqualTo(expected);
    }
  }

  @Test
  void longsComeBackAlsoFromTheEndOfAnArray() {
    var reader = new RowReader();
    for (int i = 0; i < 20_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      var buffer = new RowBuffer();
      buffer.appendLong(value);
      buffer.endRow(1);
      reader.reset(buffer.bytes(), 0);
      assertThat(reader.takeLong()).as("-Dcaisson.seed=%d", SEED).isEqualTo(value);
      reader.reset(Arrays.copyOf(buffer.bytes(), buffer.end(0)), 0);
      assertThat(reader.takeLong()).as("-Dcaisson.seed=%d", SEED).isEqualTo(value);
      assertThat(reader.position()).isEqualTo(buffer.end(0));
    }
  }
}
