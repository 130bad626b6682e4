package io.caisson.fdb.embedded.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The step function says what a plain array says, also while the past is being forgotten, and
 * forgets all of it.
 */
final class RangeVersionsPropertyTest {
  private static final int KEYS = 60;

  private final long seed = Long.getLong("caisson.seed", System.nanoTime());

  private record Write(int begin, int end, long version) {}

  private static byte[] key(int number) {
    return new byte[] {(byte) number};
  }

  @Test
  void agreesWithAnArray() {
    SplittableRandom random = new SplittableRandom(seed);
    RangeVersions versions = new RangeVersions();
    long[] model = new long[KEYS];
    List<Write> writes = new ArrayList<>();
    long forgotten = 0;
    for (long version = 1; version < 3_000; version++) {
      int begin = random.nextInt(KEYS);
      int end = begin + random.nextInt(KEYS - begin);
      versions.add(key(begin), key(end), version);
      for (int i = begin; i < end; i++) {
        model[i] = version;
      }
      writes.add(new Write(begin, end, version));
      if (writes.size() > 20) {
        Write oldest = writes.remove(0);
        forgotten = oldest.version();
        versions.forget(key(oldest.begin()), key(oldest.end()), forgotten);
      }
      assertThat(versions.size()).isLessThanOrEqualTo(2 * writes.size() + 2);
      int from = random.nextInt(KEYS);
      int to = from + random.nextInt(KEYS - from);
      long since = forgotten + random.nextInt(25);
      boolean expected = false;
      for (int i = from; i < to; i++) {
        expected |= model[i] > since;
      }
      assertThat(from < to && versions.writtenAfter(key(from), key(to), since))
          .as("seed %s version %s", seed, version)
          .isEqualTo(expected);
    }
    for (Write write : writes) {
      versions.forget(key(write.begin()), key(write.end()), write.version());
    }
    assertThat(versions.size()).isZero();
  }
}
