package io.caisson.fdb.embedded.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.GetOp;
import org.lmdbjava.SeekOp;

/**
 * A position among the user's keys of one LMDB transaction, in the order of the whole keys. One
 * thread at a time.
 */
public final class TreeCursor {
  /** A walk of so many steps is taken for a long one, whose pages are worth copying. */
  private static final int LONG_WALK = 8;

  /** Larger values leave so few entries on a page that each is better copied by itself. */
  private static final int SMALL_VALUE = 256;

  private final Cursor<NativeSlice> cursor;
  private final NativeSlice search = new NativeSlice(KeyLayout.TREE_KEY_LIMIT);
  private final @Nullable PageCopy page;
  private int steps;

  /** Creates a cursor over what may be written between its steps. */
  TreeCursor(Cursor<NativeSlice> cursor) {
    this(cursor, null);
  }

  /** Creates a cursor over a snapshot, whose pages may be copied where that helps. */
  TreeCursor(Cursor<NativeSlice> cursor, @Nullable PageCopy page) {
    this.cursor = cursor;
    this.page = page;
  }

  /** Begins a walk; the snapshot may be another one than that of the walk before. */
  private void beginWalk() {
    steps = 0;
    if (page != null) {
      page.forget();
    }
  }

  /** Moves to the first key that is not below the given one. */
  public boolean seekCeiling(byte[] key) {
    beginWalk();
    if (KeyLayout.isLong(key)) {
      return seekLong(key);
    }
    KeyLayout.shortKey(search, key);
    return cursor.get(search, GetOp.MDB_SET_RANGE);
  }

  /** Moves to the last key below the given one. */
  public boolean seekBelow(byte[] key) {
    return seekCeiling(key) ? previous() : cursor.seek(SeekOp.MDB_LAST) && onUserKey();
  }

  /** Moves to the very key. */
  public boolean seekExact(byte[] key) {
    beginWalk();
    if (KeyLayout.isLong(key)) {
      return seekLong(key) && inBucketOf(key) && compareRest(key) == 0;
    }
    KeyLayout.shortKey(search, key);
    return cursor.get(search, GetOp.MDB_SET_KEY);
  }

  /** Moves to the following key. */
  public boolean next() {
    steps++;
    return cursor.seek(SeekOp.MDB_NEXT);
  }

  /** Moves to the preceding key. */
  public boolean previous() {
    steps++;
    return cursor.seek(SeekOp.MDB_PREV) && onUserKey();
  }

  /** The key here. */
  public byte[] key() {
    NativeSlice tree = cursor.key();
    if (tree.size() != KeyLayout.TREE_KEY_LIMIT) {
      return copy(tree, 1, tree.size() - 1);
    }
    int rest = restLength();
    byte[] key = new byte[KeyLayout.SHORT_KEY_LIMIT + rest];
    tree.read(1, key, 0, KeyLayout.SHORT_KEY_LIMIT);
    cursor.val().read(KeyLayout.REST_LENGTH_BYTES, key, KeyLayout.SHORT_KEY_LIMIT, rest);
    return key;
  }

  /** The value here. */
  public byte[] value() {
    NativeSlice value = cursor.val();
    if (cursor.key().size() != KeyLayout.TREE_KEY_LIMIT) {
      return copy(value, 0, value.size());
    }
    int skip = KeyLayout.REST_LENGTH_BYTES + restLength();
    return value.copy(skip, value.size() - skip);
  }

  private byte[] copy(NativeSlice slice, int index, int length) {
    return page != null && steps >= LONG_WALK && cursor.val().size() <= SMALL_VALUE
        ? page.copy(slice, index, length)
        : slice.copy(index, length);
  }

  /** How many bytes the value here has. */
  public int valueSize() {
    int size = cursor.val().size();
    return cursor.key().size() == KeyLayout.TREE_KEY_LIMIT
        ? size - KeyLayout.REST_LENGTH_BYTES - restLength()
        : size;
  }

  boolean onUserKey() {
    return cursor.key().byteAt(0) == KeyLayout.USER;
  }

  /** Whether the entry here is a long key that shares the first bytes of the given long key. */
  boolean inBucketOf(byte[] key) {
    NativeSlice tree = cursor.key();
    return tree.size() == KeyLayout.TREE_KEY_LIMIT
        && Arrays.equals(
            tree.copy(1, KeyLayout.SHORT_KEY_LIMIT),
            0,
            KeyLayout.SHORT_KEY_LIMIT,
            key,
            0,
            KeyLayout.SHORT_KEY_LIMIT);
  }

  long label() {
    return cursor.key().longAt(1 + KeyLayout.SHORT_KEY_LIMIT);
  }

  /**
   * Moves to the first entry of the bucket whose label is not below the given one, or past the
   * bucket.
   */
  boolean seekLabel(byte[] key, long label) {
    KeyLayout.longKey(search, key, label);
    return cursor.get(search, GetOp.MDB_SET_RANGE);
  }

  int compareRest(byte[] key) {
    byte[] rest = cursor.val().copy(KeyLayout.REST_LENGTH_BYTES, restLength());
    return Arrays.compareUnsigned(rest, 0, rest.length, key, KeyLayout.SHORT_KEY_LIMIT, key.length);
  }

  private boolean seekLong(byte[] key) {
    long low = 0;
    long high = -1L; // unsigned: the largest label, which is never given out
    while (low != high) {
      long middle = low + ((high - low) >>> 1);
      if (!seekLabel(key, middle) || !inBucketOf(key)) {
        high = middle;
      } else if (compareRest(key) < 0) {
        low = label() + 1;
      } else {
        // Nothing between the middle and this entry: the answer is this entry or lies below the
        // middle.
        high = middle;
      }
    }
    return seekLabel(key, low);
  }

  private int restLength() {
    NativeSlice value = cursor.val();
    return ((value.byteAt(0) & 0xff) << 8) | (value.byteAt(1) & 0xff);
  }
}
