package io.caisson.fdb.embedded.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Sets of ranges agree with sets of bits. */
final class KeyRangesPropertyTest {
  private static final int KEYS = 40;

  private static byte[] key(int number) {
    return new byte[] {(byte) number};
  }

  @Test
  void addingAndRemovingAgreesWithBits() {
    long seed = Long.getLong("caisson.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    KeyRanges ranges = new KeyRanges();
    BitSet bits = new BitSet();
    for (int step = 0; step < 20_000; step++) {
      int begin = random.nextInt(KEYS);
      int end = begin + random.nextInt(6);
      if (random.nextBoolean()) {
        ranges.add(key(begin), key(end));
        bits.set(begin, end);
      } else {
        ranges.remove(key(begin), key(end));
        bits.clear(begin, end);
      }
      for (int key = 0; key < KEYS + 6; key++) {
        assertThat(ranges.contains(key(key)))
            .as("key %s after step %s, -Dcaisson.seed=%s", key, step, seed)
            .isEqualTo(bits.get(key));
      }
      int probe = random.nextInt(KEYS);
      assertThat(ranges.intersects(key(probe), key(probe + 3)))
          .as("-Dcaisson.seed=%s", seed)
          .isEqualTo(!bits.get(probe, probe + 3).isEmpty());
    }
  }
}
