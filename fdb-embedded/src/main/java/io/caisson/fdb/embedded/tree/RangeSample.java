package io.caisson.fdb.embedded.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.PutFlags;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Txn;

/**
 * A sample of the keys, kept beside them in the same tree and in the same transactions, so that the
 * size of a range can be told without visiting it. It is FoundationDB's byte sample: an entry is in
 * it with a probability of its bytes over {@link #INTERVAL}, decided by a hash of the key, and
 * stands for that many bytes.
 *
 * <pre>
 *   kind    key in the tree                               value in the tree
 *   ------  --------------------------------------------  -------------------------
 *   short   00 01 | key                                   bytes it stands for (4)
 *   long    00 01 | first 502 bytes | hash of it (4)      likewise
 * </pre>
 *
 * <p>The estimate of a range of n bytes has a standard deviation of √(n · INTERVAL): 0.8 MB of 10
 * MB, 8 MB of 1 GB. How many samples there are is one of the engine's notes. The writer thread
 * changes it; any thread reads.
 */
final class RangeSample {
  /** About one entry is sampled for each so many bytes. */
  static final int INTERVAL = 64 << 10;

  static final byte[] COUNT = "samples".getBytes(StandardCharsets.US_ASCII);

  private static final PutFlags[] PLAIN = {};
  private static final int SAMPLE = 0x01;
  private static final int PREFIX_BYTES = 2;
  private static final int HASH_BYTES = 4;

  private final Dbi<NativeSlice> dbi;
  private volatile long count;

  RangeSample(Dbi<NativeSlice> dbi) {
    this.dbi = dbi;
  }

  /** How many samples there are. */
  long count() {
    return count;
  }

  /** Notes how many samples a commit has left. */
  void count(long newCount) {
    count = newCount;
  }

  /** Whether an entry of so many bytes of key and value is in the sample. */
  private static boolean holds(int hash, long bytes) {
    return bytes >= INTERVAL || (hash & 0xffffffffL) * INTERVAL < bytes << 32;
  }

  private static int hash(byte[] key) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : key) {
      hash = (hash ^ b) * 0x100000001b3L;
    }
    hash ^= hash >>> 29;
    hash *= 0xbf58476d1ce4e5b9L;
    return (int) (hash >>> 32);
  }

  /**
   * Changes the sample with an entry that was written or removed.
   *
   * @param before bytes of the value that it had, or -1 if it was not there
   * @param after bytes of the value that it has, or -1 if it is there no longer
   * @return how many samples there are more
   */
  int change(Txn<NativeSlice> transaction, NativeSlice scratch, byte[] key, int before, int after) {
    if (before == after) {
      return 0;
    }
    int hash = hash(key);
    boolean was = before >= 0 && holds(hash, (long) key.length + before);
    boolean is = after >= 0 && holds(hash, (long) key.length + after);
    if (!was && !is) {
      return 0;
    }
    sampleKey(scratch, key, hash);
    if (!is) {
      return dbi.delete(transaction, scratch) ? -1 : 0;
    }
    int added = was ? 0 : dbi.get(transaction, scratch) == null ? 1 : 0;
    sampleKey(scratch, key, hash);
    int weight = Math.max(INTERVAL, key.length + after);
    NativeSlice target = dbi.reserve(transaction, scratch, Integer.BYTES, PLAIN);
    for (int i = 0; i < Integer.BYTES; i++) {
      target.writeByte(i, weight >>> (24 - 8 * i));
    }
    return added;
  }

  private static void sampleKey(NativeSlice slice, byte[] key, int hash) {
    boolean isLong = KeyLayout.isLong(key);
    int length = isLong ? KeyLayout.SHORT_KEY_LIMIT : key.length;
    slice.useScratch(PREFIX_BYTES + length + (isLong ? HASH_BYTES : 0));
    slice.writeByte(0, KeyLayout.META);
    slice.writeByte(1, SAMPLE);
    slice.write(PREFIX_BYTES, key, 0, length);
    for (int i = 0; isLong && i < HASH_BYTES; i++) {
      slice.writeByte(PREFIX_BYTES + length + i, hash >>> (24 - 8 * i));
    }
  }

  /** A walk through the sample from a key on. One thread at a time. */
  final class Walk implements AutoCloseable {
    private final Cursor<NativeSlice> cursor;
    private boolean found;

    Walk(Txn<NativeSlice> transaction, NativeSlice scratch, byte[] begin) {
      this.cursor = dbi.openCursor(transaction);
      int length = Math.min(begin.length, KeyLayout.SHORT_KEY_LIMIT);
      sampleKey(scratch, Arrays.copyOf(begin, length), 0);
      this.found = cursor.get(scratch, GetOp.MDB_SET_RANGE) && onSample();
    }

    private boolean onSample() {
      NativeSlice key = cursor.key();
      return key.size() >= PREFIX_BYTES
          && key.byteAt(0) == KeyLayout.META
          && key.byteAt(1) == SAMPLE;
    }

    /** The key here, its first bytes if it is a long one, or null at the end. */
    byte @Nullable [] key() {
      if (!found) {
        return null;
      }
      NativeSlice key = cursor.key();
      int length = Math.min(key.size() - PREFIX_BYTES, KeyLayout.SHORT_KEY_LIMIT);
      return key.copy(PREFIX_BYTES, length);
    }

    /** How many bytes the key here stands for. */
    int weight() {
      NativeSlice value = cursor.val();
      int weight = 0;
      for (int i = 0; i < Integer.BYTES; i++) {
        weight = (weight << 8) | (value.byteAt(i) & 0xff);
      }
      return weight;
    }

    void next() {
      found = cursor.seek(SeekOp.MDB_NEXT) && onSample();
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
