package io.caisson.fdb.embedded.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.EnvInfo;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Stat;
import org.lmdbjava.Txn;

/**
 * The LMDB file: a pool of readers for any thread, one writer for the committing thread, and a map
 * that grows.
 *
 * <p>LMDB allows the map to move only while no transaction is open in the process. Readers
 * therefore mark themselves in use before they touch the file and look whether a move is under way;
 * {@link #grow} announces the move and waits until every reader is at rest. Readers are never held
 * open across calls of the API, so the wait is short.
 */
public final class TreeStore implements AutoCloseable {
  private static final int MAXIMUM_READERS = 4_096;
  private static final int POOL_SIZE = 64;

  private final Env<NativeSlice> environment;
  private final Path file;
  private final Dbi<NativeSlice> dbi;
  private final RangeSample sample;
  private final AtomicReferenceArray<@Nullable TreeReader> pool =
      new AtomicReferenceArray<>(POOL_SIZE);
  private final List<TreeReader> readers = new CopyOnWriteArrayList<>();
  private final Object moving = new Object();
  private final long maximumBytes;
  private volatile boolean paused;
  private volatile boolean closed;
  private volatile long commits;
  private long mapBytes;

  private TreeStore(Env<NativeSlice> environment, Path file, long mapBytes, long maximumBytes) {
    this.environment = environment;
    this.file = file;
    this.dbi = environment.openDbi((byte[]) null);
    this.sample = new RangeSample(dbi);
    this.mapBytes = mapBytes;
    this.maximumBytes = maximumBytes;
  }

  /**
   * Opens or creates the file.
   *
   * @param file where the tree lies
   * @param mapBytes address space to begin with
   * @param maximumBytes how far the map may grow
   * @param flags LMDB's flags besides those that the pool of readers needs
   */
  public static TreeStore open(Path file, long mapBytes, long maximumBytes, List<EnvFlags> flags) {
    EnvFlags[] all = new EnvFlags[flags.size() + 3];
    flags.toArray(all);
    all[flags.size()] = EnvFlags.MDB_NOTLS;
    all[flags.size() + 1] = EnvFlags.MDB_NOSUBDIR;
    all[flags.size() + 2] = EnvFlags.MDB_NOMEMINIT;
    long size = Math.min(mapBytes, maximumBytes);
    while (true) {
      try {
        Env<NativeSlice> environment =
            Env.create(NativeSliceProxy.INSTANCE)
                .setMapSize(size)
                .setMaxDbs(1)
                .setMaxReaders(MAXIMUM_READERS)
                .open(file.toFile(), 0640, all);
        TreeStore store = new TreeStore(environment, file, size, maximumBytes);
        store.prepareSample();
        return store;
      } catch (LmdbException failure) {
        // A process with a limited address space cannot reserve much; it begins small and grows.
        if (size <= 1 << 30
            || failure.getMessage() == null
            || !failure.getMessage().contains("ENOMEM")) {
          throw TreeFailure.of(failure);
        }
        size /= 4;
      }
    }
  }

  /** Finds out how many samples there are, and makes them if the file has none yet. */
  private void prepareSample() {
    byte[] count = meta(RangeSample.COUNT);
    if (count != null) {
      sample.count(ByteBuffer.wrap(count).getLong());
      return;
    }
    try (TreeWriter writer = writer()) {
      writer.sampleAll();
      writer.commit();
    }
  }

  /** Takes a reader whose snapshot holds every commit so far; close it to give it back. */
  public TreeReader reader() {
    int slot = (int) Thread.currentThread().getId() & (POOL_SIZE - 1);
    TreeReader reader = pool.getAndSet(slot, null);
    if (reader == null) {
      reader = newReader();
    }
    enter(reader);
    try {
      reader.refresh(commits);
    } catch (LmdbException failure) {
      reader.inUse = false;
      throw TreeFailure.of(failure);
    }
    return reader;
  }

  void release(TreeReader reader) {
    reader.resetIfStale(commits);
    reader.inUse = false;
    int slot = (int) Thread.currentThread().getId() & (POOL_SIZE - 1);
    for (int i = 0; i < POOL_SIZE; i++) {
      if (pool.compareAndSet((slot + i) & (POOL_SIZE - 1), null, reader)) {
        return;
      }
    }
    enter(reader);
    readers.remove(reader);
    reader.dispose();
    reader.inUse = false;
  }

  /** Begins the one write transaction. */
  public TreeWriter writer() {
    try {
      return new TreeWriter(environment.txnWrite(), dbi, sample);
    } catch (LmdbException | IllegalArgumentException failure) {
      throw TreeFailure.of(failure);
    }
  }

  /**
   * To be called by the writer after each commit: readers at rest let go of their old snapshots.
   */
  public void committed() {
    long latest = commits + 1;
    commits = latest;
    for (int slot = 0; slot < POOL_SIZE; slot++) {
      TreeReader reader = pool.getAndSet(slot, null);
      if (reader != null) {
        reader.resetIfStale(latest);
        if (!pool.compareAndSet(slot, null, reader)) {
          release(reader);
        }
      }
    }
  }

  /**
   * Doubles the map if that is what a failure of the writer calls for.
   *
   * @throws TreeFailure the failure, if it is another one or the map has reached its limit
   */
  public void growAfter(TreeFailure failure) {
    if (failure.kind() != TreeFailure.Kind.MAP_FULL || !grow()) {
      throw failure;
    }
  }

  private boolean grow() {
    if (mapBytes >= maximumBytes) {
      return false;
    }
    synchronized (moving) {
      quiesce();
      try {
        long next = Math.min(maximumBytes, mapBytes * 2);
        environment.setMapSize(next);
        mapBytes = next;
      } catch (LmdbException failure) {
        throw TreeFailure.of(failure);
      } finally {
        paused = false;
        moving.notifyAll();
      }
    }
    return true;
  }

  /**
   * Takes hold of the tree as the last commit has left it, to be called by the writer between its
   * commits. Until it is let go, none of its pages is written over.
   */
  public TreeSnapshot snapshot() throws IOException {
    synchronized (moving) {
      checkOpen();
      try {
        return TreeSnapshot.take(environment, file);
      } catch (LmdbException failure) {
        throw TreeFailure.of(failure);
      }
    }
  }

  /**
   * Whether map and disk have room for so many bytes beside what is there; to be called by the
   * writer.
   */
  public boolean hasRoomFor(long bytes) {
    EnvInfo info = environment.info();
    long used = (info.lastPageNumber + 1) * environment.stat().pageSize;
    return maximumBytes - used >= bytes && file.toFile().getUsableSpace() >= bytes;
  }

  /** Brings to disk what was committed before the call. From any thread, before the end. */
  public void sync() {
    try {
      environment.sync(true);
    } catch (LmdbException failure) {
      throw TreeFailure.of(failure);
    }
  }

  /** One of the engine's own notes, or null. */
  public byte @Nullable [] meta(byte[] name) {
    try (TreeWriter writer = writer()) {
      return writer.getMeta(name);
    }
  }

  /** What LMDB says about the tree. */
  public TreeStatistics statistics(int notes) {
    TreeReader reader = reader(); // keeps the map where it is
    try {
      Stat stat = environment.stat();
      EnvInfo info = environment.info();
      return new TreeStatistics(
          Math.max(0, stat.entries - notes - sample.count()),
          stat.depth,
          stat.branchPages,
          stat.leafPages,
          stat.overflowPages,
          stat.pageSize,
          info.mapSize,
          (info.lastPageNumber + 1) * stat.pageSize);
    } finally {
      reader.close();
    }
  }

  @Override
  public void close() {
    synchronized (moving) {
      if (closed) {
        return;
      }
      closed = true;
      quiesce();
      readers.forEach(TreeReader::dispose);
      readers.clear();
      try {
        TreeSnapshot.fillUp(environment, file);
      } catch (IOException full) {
        // Its contents are whole.
      }
      environment.close();
      paused = false;
      moving.notifyAll();
    }
  }

  private TreeReader newReader() {
    // The map must not move while the transaction begins, so this takes the mover's own lock.
    synchronized (moving) {
      checkOpen();
      try {
        long latest = commits;
        Txn<NativeSlice> transaction = environment.txnRead();
        TreeReader reader = new TreeReader(this, transaction, dbi, sample, latest);
        readers.add(reader);
        reader.inUse = true;
        return reader;
      } catch (LmdbException failure) {
        throw TreeFailure.of(failure);
      }
    }
  }

  /** Marks the reader in use, waiting while the map moves. */
  private void enter(TreeReader reader) {
    reader.inUse = true;
    while (paused || closed) {
      reader.inUse = false;
      synchronized (moving) {
        checkOpen();
      }
      reader.inUse = true;
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("The database is closed");
    }
  }

  private void quiesce() {
    paused = true;
    for (TreeReader reader : readers) {
      while (reader.inUse) {
        LockSupport.parkNanos(1_000);
      }
      reader.reset();
    }
  }
}
