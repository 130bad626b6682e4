package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.journal.DiskEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows what is certain to be on the disk, and makes copies of a directory as a power failure
 * could leave it: pages of the tree that were written since its last sync are there, or not, or in
 * part; so are the blocks of the journal; a file that was renamed may have its former contents.
 * Cuts are made at random moments between the steps of the writing thread and of the one that
 * brings batches into the tree, while no commit of the tree is under way.
 */
final class PowerCut implements DiskEvents {
  private static final int PAGE = 4_096;
  private static final int SECTOR = 512;
  private static final String TREE = "caisson.store";
  private static final String CHECKPOINT = "caisson.checkpoint";

  private final Path directory;
  private final SplittableRandom random;
  private final int steps;
  private final Consumer<PowerCut> cut;
  private final ReentrantLock treeAtRest = new ReentrantLock();
  private final List<Unsynced> unsynced = new CopyOnWriteArrayList<>();
  private byte @Nullable [] held;
  private volatile byte[] certainTree = {};
  private volatile byte[] certainCheckpoint = {};
  private volatile long certainCommits;
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile boolean running;

  private record Unsynced(int file, long from, long to) {}

  /**
   * Begins to follow a directory.
   *
   * @param steps of so many steps of the writing thread one is followed by a cut, on average
   * @param cut is told when to make a copy
   */
  PowerCut(Path directory, SplittableRandom random, int steps, Consumer<PowerCut> cut) {
    this.directory = directory;
    this.random = random;
    this.steps = steps;
    this.cut = cut;
  }

  /** From now on there may be cuts, or no longer. */
  void running(boolean value) {
    running = value;
  }

  /** To be called when a commit is acknowledged. */
  void acknowledge() {
    acknowledged.incrementAndGet();
  }

  /** Commits that were acknowledged. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** Commits that were acknowledged before the journal was synced. */
  long certainCommits() {
    return certainCommits;
  }

  private void step() {
    treeAtRest.lock();
    try {
      if (running && random.nextInt(steps) == 0) {
        cut.accept(this);
      }
    } finally {
      treeAtRest.unlock();
    }
  }

  @Override
  public void beforeJournalWrite(int file, long from, long to) {
    step();
  }

  @Override
  public void journalWritten(int file, long from, long to) {
    unsynced.add(new Unsynced(file, from, to));
    step();
  }

  @Override
  public void journalSynced(int file, long end) {
    unsynced.removeIf(range -> range.file == file);
    certainCommits = acknowledged.get();
    step();
  }

  @Override
  public void beforeTreeCommit() {
    step();
    treeAtRest.lock();
  }

  @Override
  public void treeCommitted() {
    while (treeAtRest.isHeldByCurrentThread()) { // several times if the map had to grow
      treeAtRest.unlock();
    }
    step();
  }

  @Override
  public void snapshotTaken() {
    treeAtRest.lock();
    try {
      held = read(TREE);
    } finally {
      treeAtRest.unlock();
    }
    step();
  }

  @Override
  public void treeSynced() {
    byte[] now = held;
    certainTree = now == null ? read(TREE) : now;
  }

  @Override
  public void checkpointDurable() {
    certainCheckpoint = read(CHECKPOINT);
  }

  private byte[] read(String name) {
    try {
      return Files.readAllBytes(directory.resolve(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Makes a copy; to be called when told, and no other time. */
  void copyTo(Path target) throws IOException {
    Files.createDirectories(target);
    // The file first: as long as the writing thread stands still, what it needs stays there.
    byte[] checkpoint = random.nextBoolean() ? read(CHECKPOINT) : certainCheckpoint;
    Files.write(target.resolve(CHECKPOINT), checkpoint);
    Files.write(
        target.resolve(CHECKPOINT + ".new"),
        Arrays.copyOf(checkpoint, random.nextInt(checkpoint.length)));
    Files.write(target.resolve("caisson-format"), read("caisson-format"));
    Files.write(target.resolve(TREE), treeAfterCut());
    for (int file = 0; file < 2; file++) {
      Files.write(target.resolve("caisson.journal-" + file), journalAfterCut(file));
    }
  }

  private byte[] treeAfterCut() {
    byte[] certain = certainTree;
    byte[] now = read(TREE);
    byte[] after = Arrays.copyOf(now, Math.max(now.length, certain.length));
    int odds = random.nextInt(5);
    for (int page = 0; page < after.length; page += PAGE) {
      int end = Math.min(page + PAGE, certain.length);
      if (page < certain.length && Arrays.equals(after, page, end, certain, page, end)) {
        continue;
      }
      byte[] before = new byte[PAGE];
      System.arraycopy(certain, Math.min(page, certain.length), before, 0, Math.max(0, end - page));
      boolean torn = random.nextInt(10) == 0;
      for (int at = 0; at < PAGE; at += torn ? SECTOR : PAGE) {
        if (random.nextInt(4) < odds) {
          System.arraycopy(before, at, after, page + at, torn ? SECTOR : PAGE);
        }
      }
    }
    int pages = (after.length - certain.length) / PAGE;
    return Arrays.copyOf(
        after, certain.length + (pages > 0 ? random.nextInt(pages + 1) * PAGE : 0));
  }

  private byte[] journalAfterCut(int file) {
    byte[] journal = read("caisson.journal-" + file);
    int odds = random.nextInt(6);
    for (Unsynced range : unsynced) {
      if (range.file != file) {
        continue;
      }
      for (long at = range.from; at < range.to; at += SECTOR) {
        if (random.nextInt(5) < odds) {
          damage(journal, (int) at);
        }
      }
    }
    return journal;
  }

  private void damage(byte[] bytes, int at) {
    if (random.nextBoolean()) {
      Arrays.fill(bytes, at, at + SECTOR, (byte) 0);
    } else {
      byte[] garbage = new byte[SECTOR];
      random.nextBytes(garbage);
      System.arraycopy(garbage, 0, bytes, at, SECTOR);
    }
  }
}
