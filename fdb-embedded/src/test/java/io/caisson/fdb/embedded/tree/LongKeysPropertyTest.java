package io.caisson.fdb.embedded.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lmdbjava.EnvFlags;

/** Keys of every length keep their order in a tree whose own keys are short. */
final class LongKeysPropertyTest {
  private final long seed = Long.getLong("caisson.seed", System.nanoTime());

  @TempDir private Path directory;

  private static byte[] key(SplittableRandom random) {
    int[] lengths = {0, 1, 501, 502, 503, 504, 505, 511, 600, 1_003, 10_000};
    byte[] key = new byte[lengths[random.nextInt(lengths.length)]];
    if (key.length > 0 && random.nextInt(3) == 0) {
      key[key.length - 1] = (byte) random.nextInt(3);
    }
    if (key.length > 502 && random.nextBoolean()) {
      key[502] = (byte) random.nextInt(256);
    }
    return key;
  }

  @Test
  void randomKeysAgreeWithASortedMap() {
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    try (TreeStore store = open()) {
      for (int round = 0; round < 40; round++) {
        try (TreeWriter writer = store.writer()) {
          for (int i = 0; i < 50; i++) {
            byte[] key = key(random);
            if (random.nextInt(4) == 0) {
              writer.delete(key);
              model.remove(key);
            } else {
              byte[] value = new byte[random.nextInt(20)];
              random.nextBytes(value);
              writer.put(key, value);
              model.put(key, value);
            }
          }
          writer.commit();
          store.committed();
        }
        assertSame(store, model, random);
      }
    } catch (AssertionError failure) {
      throw new AssertionError("Run again with -Dcaisson.seed=" + seed, failure);
    }
  }

  @Test
  void keysWithoutRoomBetweenThemAreRelabelled() {
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      byte[] key = new byte[700];
      key[600] = (byte) (i >>> 8);
      key[601] = (byte) i;
      keys.add(key);
    }
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    try (TreeStore store = open();
        TreeWriter writer = store.writer()) {
      byte[] last = new byte[700];
      Arrays.fill(last, 600, 700, (byte) 0xff);
      keys.add(0, last); // everything after it is pressed into the gap below it
      for (byte[] key : keys) {
        writer.put(key, new byte[] {7});
        model.put(key, new byte[] {7});
      }
      writer.commit();
      store.committed();
      assertSame(store, model, new SplittableRandom(1));
    }
  }

  private TreeStore open() {
    return TreeStore.open(
        directory.resolve("tree"), 1 << 26, 1 << 26, List.of(EnvFlags.MDB_NOSYNC));
  }

  private static void assertSame(
      TreeStore store, NavigableMap<byte[], byte[]> model, SplittableRandom random) {
    try (TreeReader reader = store.reader()) {
      TreeCursor cursor = reader.cursor();
      boolean more = cursor.seekCeiling(new byte[0]);
      for (Map.Entry<byte[], byte[]> row : model.entrySet()) {
        assertThat(more).isTrue();
        assertThat(cursor.key()).isEqualTo(row.getKey());
        assertThat(cursor.value()).isEqualTo(row.getValue());
        assertThat(cursor.valueSize()).isEqualTo(row.getValue().length);
        more = cursor.next();
      }
      assertThat(more).isFalse();
      for (int i = 0; i < 50; i++) {
        byte[] key = key(random);
        assertThat(reader.get(key)).isEqualTo(model.get(key));
        assertThat(at(cursor, cursor.seekCeiling(key))).isEqualTo(model.ceilingKey(key));
        assertThat(at(cursor, cursor.seekBelow(key))).isEqualTo(model.lowerKey(key));
      }
    }
  }

  private static byte @Nullable [] at(TreeCursor cursor, boolean found) {
    return found ? cursor.key() : null;
  }
}
