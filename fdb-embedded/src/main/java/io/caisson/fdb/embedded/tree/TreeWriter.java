package io.caisson.fdb.embedded.tree;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.LmdbException;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/**
 * One write transaction on the tree; not closed by {@link #commit}, it leaves nothing behind. The
 * writer thread's.
 */
public final class TreeWriter implements AutoCloseable {
  private static final PutFlags[] PLAIN = {};
  private static final int PAGE_BITS = 12;
  private static final int PAGES_OF_A_COMMIT = 6;

  private final Txn<NativeSlice> transaction;
  private final Dbi<NativeSlice> dbi;
  private final RangeSample sample;
  private long samples;
  private final Cursor<NativeSlice> cursor;
  private final TreeCursor position;
  private final NativeSlice treeKey = new NativeSlice(KeyLayout.TREE_KEY_LIMIT);
  private long touchedPages;
  private long lastPage;

  TreeWriter(Txn<NativeSlice> transaction, Dbi<NativeSlice> dbi, RangeSample sample) {
    this.sample = sample;
    this.samples = sample.count();
    this.transaction = transaction;
    this.dbi = dbi;
    this.cursor = dbi.openCursor(transaction);
    this.position = new TreeCursor(cursor);
  }

  /** The value as this transaction sees it. */
  public byte @Nullable [] get(byte[] key) {
    return position.seekExact(key) ? position.value() : null;
  }

  /** A cursor that sees this transaction's writes; {@link #delete()} removes what it stands on. */
  public TreeCursor cursor() {
    return position;
  }

  /**
   * Removes the entry under the cursor; {@link TreeCursor#next()} then moves to the one that
   * followed it.
   */
  public void delete() {
    touch(cursor.key().address(), 0);
    cursor.delete(PLAIN);
  }

  /** Counts a page of leaves when the writes move to another one. */
  private void touch(long address, int bytes) {
    long page = address >>> PAGE_BITS;
    if (page != lastPage) {
      lastPage = page;
      touchedPages++;
    }
    touchedPages += bytes >>> PAGE_BITS;
  }

  /**
   * About how many bytes of pages the commit writes. LMDB does not tell; this counts the leaves by
   * the addresses of what is written, adds half as many for the branches above, and some for the
   * root and the list of free pages.
   */
  public long writtenBytes() {
    return (touchedPages + touchedPages / 2 + PAGES_OF_A_COMMIT) << PAGE_BITS;
  }

  /** Stores a value. */
  public void put(byte[] key, byte[] value) {
    if (KeyLayout.isLong(key)) {
      putLong(key, value);
      return;
    }
    KeyLayout.shortKey(treeKey, key);
    NativeSlice target = cursor.reserve(treeKey, value.length, PLAIN);
    touch(target.address(), value.length);
    target.write(0, value, 0, value.length);
  }

  /** Removes a key, if it is there. */
  public void delete(byte[] key) {
    if (position.seekExact(key)) {
      delete();
    }
  }

  /**
   * Keeps the sample up to date; to be called for every entry that is written or removed.
   *
   * @param before bytes of the value that the key had, or -1 if it was not there
   * @param after bytes of the value that the key has, or -1 if it is removed
   */
  public void sizeChanged(byte[] key, int before, int after) {
    samples += sample.change(transaction, treeKey, key, before, after);
  }

  /** Samples all keys, for a file that was written without a sample. */
  void sampleAll() {
    boolean found = position.seekCeiling(new byte[0]);
    while (found) {
      byte[] key = position.key();
      sizeChanged(key, -1, position.valueSize());
      found = position.seekCeiling(key) && position.next();
    }
    countSamples();
  }

  private void countSamples() {
    byte[] count = ByteBuffer.allocate(Long.BYTES).putLong(samples).array();
    putMeta(RangeSample.COUNT, count);
  }

  byte @Nullable [] getMeta(byte[] name) {
    KeyLayout.metaKey(treeKey, name);
    NativeSlice value = dbi.get(transaction, treeKey);
    return value == null ? null : value.copy(0, value.size());
  }

  /** Stores one of the engine's own notes. */
  public void putMeta(byte[] name, byte[] value) {
    KeyLayout.metaKey(treeKey, name);
    cursor.reserve(treeKey, value.length, PLAIN).write(0, value, 0, value.length);
  }

  /** Makes everything durable and visible, as the store's durability says. */
  public void commit() {
    try {
      if (samples != sample.count()) {
        countSamples();
      }
      cursor.close();
      transaction.commit();
      sample.count(samples);
    } catch (LmdbException | IllegalArgumentException failure) {
      throw TreeFailure.of(failure);
    }
  }

  @Override
  public void close() {
    transaction.close();
  }

  private void putLong(byte[] key, byte[] value) {
    boolean found = position.seekCeiling(key) && position.inBucketOf(key);
    if (found && position.compareRest(key) == 0) {
      writeRecord(key, position.label(), value);
      return;
    }
    long above = found ? position.label() : -1L;
    boolean isLast = !found;
    boolean isFirst = !position.seekBelow(key) || !position.inBucketOf(key);
    long below = isFirst ? 0 : position.label();
    long room = above - below;
    if (room == 1 || room == 0) {
      relabel(key);
      putLong(key, value);
      return;
    }
    writeRecord(key, labelBetween(below, above, isFirst, isLast), value);
  }

  private static long labelBetween(long below, long above, boolean isFirst, boolean isLast) {
    long half = (above - below) >>> 1;
    long step = Long.compareUnsigned(half, 1L << 32) < 0 ? half : 1L << 32;
    if (isFirst == isLast) {
      return below + half;
    }
    return isLast ? below + step : above - step;
  }

  private void writeRecord(byte[] key, long label, byte[] value) {
    int rest = key.length - KeyLayout.SHORT_KEY_LIMIT;
    KeyLayout.longKey(treeKey, key, label);
    NativeSlice target =
        cursor.reserve(treeKey, KeyLayout.REST_LENGTH_BYTES + rest + value.length, PLAIN);
    touch(target.address(), KeyLayout.REST_LENGTH_BYTES + rest + value.length);
    target.writeByte(0, rest >>> 8);
    target.writeByte(1, rest);
    target.write(KeyLayout.REST_LENGTH_BYTES, key, KeyLayout.SHORT_KEY_LIMIT, rest);
    target.write(KeyLayout.REST_LENGTH_BYTES + rest, value, 0, value.length);
  }

  /** Spreads the labels of all keys that share the given key's first bytes evenly again. */
  private void relabel(byte[] key) {
    List<byte[]> keys = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    boolean more = position.seekLabel(key, 0);
    while (more && position.inBucketOf(key)) {
      keys.add(position.key());
      values.add(position.value());
      delete();
      more = position.next();
    }
    long step = Long.divideUnsigned(-1L, keys.size() + 1L);
    for (int i = 0; i < keys.size(); i++) {
      writeRecord(keys.get(i), step * (i + 1), values.get(i));
    }
  }
}
