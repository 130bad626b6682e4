package io.caisson.fdb.embedded.tree;

import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.Txn;

/**
 * A reusable read transaction with its cursor. It is taken from and given back to {@link
 * TreeStore}, and keeps its snapshot between uses for as long as nothing newer was committed. One
 * thread at a time.
 */
public final class TreeReader implements AutoCloseable {
  private final TreeStore store;
  private final RangeSample sample;
  private final Txn<NativeSlice> transaction;
  private final Dbi<NativeSlice> dbi;
  private final Cursor<NativeSlice> cursor;
  private final TreeCursor position;
  private final NativeSlice search = new NativeSlice(KeyLayout.TREE_KEY_LIMIT);
  private boolean active;
  private long commits;

  /** Set while a thread works with this reader; the writer waits for it before it moves the map. */
  volatile boolean inUse;

  TreeReader(
      TreeStore store,
      Txn<NativeSlice> transaction,
      Dbi<NativeSlice> dbi,
      RangeSample sample,
      long commits) {
    this.store = store;
    this.sample = sample;
    this.transaction = transaction;
    this.dbi = dbi;
    this.commits = commits;
    this.cursor = dbi.openCursor(transaction);
    this.position = new TreeCursor(cursor, new PageCopy());
    this.active = true;
  }

  /** The value of a key in this snapshot. */
  public byte @Nullable [] get(byte[] key) {
    if (KeyLayout.isLong(key)) {
      return position.seekExact(key) ? position.value() : null;
    }
    // Not by the cursor, which would look at the page that it is on before it looks for the right
    // one: two misses of the CPU's caches where keys are read in no order.
    KeyLayout.shortKey(search, key);
    NativeSlice value = dbi.get(transaction, search);
    return value == null ? null : value.copy(0, value.size());
  }

  /** The cursor over this snapshot. */
  public TreeCursor cursor() {
    return position;
  }

  /** Walks through the sample of the keys from a key on. */
  RangeSample.Walk sample(byte[] begin) {
    return sample.new Walk(transaction, search, begin);
  }

  /** Gives the reader back. */
  @Override
  public void close() {
    store.release(this);
  }

  /** Makes sure that the snapshot holds at least the given commit. */
  void refresh(long latest) {
    if (active && commits == latest) {
      return;
    }
    if (active) {
      transaction.reset();
    }
    transaction.renew();
    cursor.renew(transaction);
    active = true;
    commits = latest;
  }

  /**
   * Lets go of the snapshot if something newer was committed, so that its pages can be used again.
   */
  void resetIfStale(long latest) {
    if (active && commits != latest) {
      transaction.reset();
      active = false;
    }
  }

  /** Lets go of the snapshot. */
  void reset() {
    if (active) {
      transaction.reset();
      active = false;
    }
  }

  void dispose() {
    cursor.close();
    transaction.close();
  }
}
