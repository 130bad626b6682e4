package io.caisson.fdb.embedded.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the size of ranges and cuts them: a small range by walking through it, a large one by its
 * sample. Stateless.
 */
public final class RangeSize {
  /** How many entries are worth a walk. */
  private static final int WALK_ENTRIES = 4_000;

  private static final long WALK_BYTES = 1L << 20;

  private RangeSize() {}

  /** Where the bytes of a range lie: keys, and how many bytes from each to the next. */
  private interface Visitor {
    void visit(byte[] key, long bytes);
  }

  /** About how many bytes of keys and values a range holds. */
  public static long estimate(TreeReader reader, byte[] begin, byte[] end) {
    long[] sum = new long[1];
    if (!walk(reader, begin, end, (key, bytes) -> sum[0] += bytes)) {
      sum[0] = 0;
      sample(reader, begin, end, (key, bytes) -> sum[0] += bytes);
    }
    return sum[0];
  }

  /** Keys of a range between which lie about as many bytes as asked for. */
  public static List<byte[]> cut(TreeReader reader, byte[] begin, byte[] end, long chunkBytes) {
    Cutter exact = new Cutter(chunkBytes);
    if (walk(reader, begin, end, exact)) {
      return exact.points;
    }
    Cutter estimated = new Cutter(chunkBytes);
    sample(reader, begin, end, estimated);
    return estimated.points;
  }

  private static final class Cutter implements Visitor {
    private final List<byte[]> points = new ArrayList<>();
    private final long chunkBytes;
    private long bytes;
    private byte @Nullable [] last;

    Cutter(long chunkBytes) {
      this.chunkBytes = chunkBytes;
    }

    @Override
    public void visit(byte[] key, long keyBytes) {
      if (bytes >= chunkBytes && !Arrays.equals(key, last)) {
        points.add(key);
        last = key;
        bytes = 0;
      }
      bytes += keyBytes;
    }
  }

  /** Visits every entry of a range; gives up, and says false, when there are too many. */
  private static boolean walk(TreeReader reader, byte[] begin, byte[] end, Visitor visitor) {
    TreeCursor cursor = reader.cursor();
    boolean found = cursor.seekCeiling(begin);
    int entries = 0;
    long walked = 0;
    while (found) {
      byte[] key = cursor.key();
      if (Arrays.compareUnsigned(key, end) >= 0) {
        return true;
      }
      long bytes = (long) key.length + cursor.valueSize();
      walked += bytes;
      if (++entries > WALK_ENTRIES || walked > WALK_BYTES) {
        return false;
      }
      visitor.visit(key, bytes);
      found = cursor.next();
    }
    return true;
  }

  private static void sample(TreeReader reader, byte[] begin, byte[] end, Visitor visitor) {
    try (RangeSample.Walk walk = reader.sample(begin)) {
      byte[] key = walk.key();
      while (key != null && Arrays.compareUnsigned(key, end) < 0) {
        if (Arrays.compareUnsigned(key, begin) > 0) {
          visitor.visit(key, walk.weight());
        }
        walk.next();
        key = walk.key();
      }
    }
  }
}
