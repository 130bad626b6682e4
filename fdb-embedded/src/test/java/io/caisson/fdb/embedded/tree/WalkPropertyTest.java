package io.caisson.fdb.embedded.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lmdbjava.EnvFlags;

/** Walks, long enough for pages to be copied as a whole, see what was committed last. */
final class WalkPropertyTest {
  private static final int[] VALUE_BYTES = {0, 7, 100, 255, 256, 257, 1_000, 2_100, 4_080, 9_000};

  private final long seed = Long.getLong("caisson.seed", System.nanoTime());

  @TempDir private Path directory;

  @Test
  void walksInBothDirectionsAgreeWithASortedMap() {
    SplittableRandom random = new SplittableRandom(seed);
    NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    try (TreeStore store =
        TreeStore.open(directory.resolve("tree"), 1 << 26, 1 << 26, List.of(EnvFlags.MDB_NOSYNC))) {
      for (int round = 0; round < 30; round++) {
        try (TreeWriter writer = store.writer()) {
          for (int i = 0; i < 100; i++) {
            byte[] key = new byte[random.nextInt(1, 40)];
            random.nextBytes(key);
            // Mostly small values, as only those are copied with their page.
            int kinds = random.nextInt(8) == 0 ? VALUE_BYTES.length : 4;
            byte[] value = new byte[VALUE_BYTES[random.nextInt(kinds)]];
            random.nextBytes(value);
            writer.put(key, value);
            model.put(key, value);
          }
          for (byte[] key : model.keySet().stream().skip(random.nextInt(10)).limit(9).toList()) {
            byte[] value = {(byte) random.nextInt()};
            writer.put(key, value); // where it was, in the page that was copied the last time
            model.put(key, value);
          }
          writer.commit();
          store.committed();
        }
        try (TreeReader reader = store.reader()) {
          assertWalks(reader, model);
        }
      }
    } catch (AssertionError failure) {
      throw new AssertionError("Run again with -Dcaisson.seed=" + seed, failure);
    }
  }

  private static void assertWalks(TreeReader reader, NavigableMap<byte[], byte[]> model) {
    TreeCursor cursor = reader.cursor();
    boolean found = cursor.seekCeiling(new byte[0]);
    for (Map.Entry<byte[], byte[]> entry : model.entrySet()) {
      assertThat(found).isTrue();
      assertThat(cursor.key()).isEqualTo(entry.getKey());
      assertThat(cursor.value()).isEqualTo(entry.getValue());
      assertThat(reader.get(entry.getKey())).isEqualTo(entry.getValue());
      found = cursor.next();
    }
    assertThat(found).isFalse();
    byte[] aboveAll = new byte[40];
    Arrays.fill(aboveAll, (byte) 0xff);
    found = cursor.seekBelow(aboveAll);
    for (Map.Entry<byte[], byte[]> entry : model.descendingMap().entrySet()) {
      assertThat(found).isTrue();
      assertThat(cursor.value()).isEqualTo(entry.getValue());
      assertThat(cursor.key()).isEqualTo(entry.getKey());
      found = cursor.previous();
    }
    assertThat(found).isFalse();
  }
}
