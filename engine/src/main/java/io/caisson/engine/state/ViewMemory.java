package io.caisson.engine.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.caisson.model.run.RunKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The heap that the views of a process take together: half for blocks of their state that were
 * read, half for what has changed since the last checkpoints. Thread-safe.
 *
 * <pre>
 *   ├── blocks ──────────┼── changed ──────────┤  all of it
 *                        │    a checkpoint ↑   ↑ steps wait for one
 * </pre>
 */
public final class ViewMemory {
  /** What a step takes in, unpacked, may become many times as much. */
  private static final int STEPS = 64;

  private static final int SMALLEST_STEP = 64 << 10;

  /** Large enough to be fast, small enough to keep readers waiting little. */
  private static final int LARGEST_STEP = 2 << 20;

  private final long changedBytes;
  private final Cache<BlockKey, byte[]> blocks;
  private final List<Share> shares = new CopyOnWriteArrayList<>();

  private record BlockKey(Share share, RunKey run, int block) {}

  /**
   * So much memory.
   *
   * @param bytes all of it
   */
  public ViewMemory(long bytes) {
    changedBytes = bytes / 2;
    blocks =
        Caffeine.newBuilder()
            .maximumWeight(bytes - changedBytes)
            .<BlockKey, byte[]>weigher((key, block) -> block.length)
            .executor(Runnable::run)
            .build();
  }

  /** How many bytes of its input, as it is stored, a view may take in at once. */
  public int stepBytes() {
    return (int) Math.max(SMALLEST_STEP, Math.min(LARGEST_STEP, 2 * changedBytes / STEPS));
  }

  /** What the views of another database take, until it is closed. */
  public Share share() {
    var share = new Share();
    shares.add(share);
    return share;
  }

  /** What the views of one database take of it. */
  public final class Share implements AutoCloseable {
    private volatile long changed;

    private Share() {}

    /** Notes how many bytes have changed in its views since their last checkpoints. */
    public void changed(long bytes) {
      changed = bytes;
    }

    /** Whether so much has changed, in all databases, that a checkpoint is due. */
    public boolean isMuch() {
      return total() >= changedBytes / 2;
    }

    /** Whether so much has changed, here not least, that nothing more may before a checkpoint. */
    public boolean isTooMuch() {
      return total() >= changedBytes && changed >= changedBytes / (2L * shares.size());
    }

    private long total() {
      return shares.stream().mapToLong(share -> share.changed).sum();
    }

    /** A block of a view's state, which is read if it is not here. */
    byte[] block(RunKey run, int number, Supplier<byte[]> reader) {
      var key = new BlockKey(this, run, number);
      byte[] known = blocks.getIfPresent(key);
      if (known == null) {
        known = reader.get();
        blocks.put(key, known);
      }
      return known;
    }

    /** The database is closed: its blocks are let go. */
    @Override
    public void close() {
      shares.remove(this);
      blocks.asMap().keySet().removeIf(key -> key.share.equals(this));
    }
  }
}
