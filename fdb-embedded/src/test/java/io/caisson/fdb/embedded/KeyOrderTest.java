package io.caisson.fdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The inner loop of a scan orders keys as everything else does. */
final class KeyOrderTest {
  @Test
  void isThatOfUnsignedBytes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] key = new byte[random.nextInt(20)];
      byte[] bound = new byte[random.nextInt(20)]; // equal as far as they go, but for one byte
      if (key.length > 0) {
        key[random.nextInt(key.length)] = (byte) random.nextInt();
      }
      assertThat(KeyOrder.isBelow(key, bound)).isEqualTo(Arrays.compareUnsigned(key, bound) < 0);
      assertThat(KeyOrder.isBelow(bound, key)).isEqualTo(Arrays.compareUnsigned(bound, key) < 0);
      assertThat(KeyOrder.isBelow(key, key.clone())).isFalse();
    }
  }
}
