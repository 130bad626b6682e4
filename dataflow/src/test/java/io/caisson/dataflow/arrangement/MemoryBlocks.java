package io.caisson.dataflow.arrangement;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Real encoded blocks in a map, in the place of a store: it loses what it is told to delete, and
 * objects when that is read afterwards. Thread-safe.
 */
public final class MemoryBlocks implements BlockReader {
  private record Place(long run, int block) {}

  private final Map<Place, byte[]> blocks = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  /** A run id that was not given before. */
  public long newId() {
    return lastId.incrementAndGet();
  }

  @Override
  public byte[] read(long run, int block) {
    byte[] bytes = blocks.get(new Place(run, block));
    if (bytes == null) {
      throw new AssertionError("block " + block + " of run " + run + " is not there");
    }
    return bytes;
  }

  /** Stores a block in the place of what was there. */
  public void put(long run, int block, byte[] bytes) {
    blocks.put(new Place(run, block), bytes);
  }

  /**
   * Stores all blocks of a run and returns the runs to put into the manifest, as bytes and back.
   */
  public List<Run> write(NewRun made) {
    int number = 0;
    for (byte[] block = made.nextBlock(); block != null; block = made.nextBlock()) {
      put(made.id(), number++, block);
    }
    return made.runsAfter().stream().map(run -> Run.fromBytes(run.toBytes())).toList();
  }

  /** Deletes the blocks of the runs that are not read any more. */
  public void deleteDead(Arrangement arrangement) {
    for (Run run : arrangement.takeDeadRuns()) {
      for (int block = 0; block < run.blocks(); block++) {
        if (blocks.remove(new Place(run.id(), block)) == null) {
          throw new AssertionError(run + " was given up twice");
        }
      }
    }
  }

  /** How many blocks are stored. */
  public int size() {
    return blocks.size();
  }
}
