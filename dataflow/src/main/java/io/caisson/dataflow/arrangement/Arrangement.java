package io.caisson.dataflow.arrangement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows with weights, sorted, as the sum of layers: what changed since the last checkpoint in
 * memory, everything older in stored runs.
 *
 * <pre>
 *   add ──▶ layers      in memory, each less than half as long as the one before it
 *             │ beginCheckpoint
 *             ▼
 *           sealed      in memory, being written
 *             │ complete
 *             ▼
 *           runs        stored, immutable; merged two or more at a time
 * </pre>
 *
 * A row's weight is the sum of its weights everywhere, so the order of layers and runs does not
 * matter and a row is taken back by adding it with the opposite weight.
 *
 * <p>One thread steps: it calls {@link #add} and {@link #beginCheckpoint}. Everything else may be
 * called from any thread. What is held is one immutable {@link Version}, replaced under a lock that
 * nobody holds while reading rows.
 */
public final class Arrangement {
  private static final int LARGEST_LAYER = 1 << 30;

  /** What the arrangement consists of at one moment. */
  private record Version(List<SortedRows> layers, List<SortedRows> sealed, List<Run> runs) {}

  private final BlockReader reader;
  private final Object lock = new Object();
  private final Map<Long, Integer> readers = new HashMap<>();
  private final List<Run> retired = new ArrayList<>();
  private Version version;
  private @Nullable NewRun checkpoint;
  private @Nullable NewRun merge;

  private Arrangement(List<Run> runs, BlockReader reader) {
    this.reader = reader;
    this.version = new Version(List.of(), List.of(), List.copyOf(runs));
  }

  /** An arrangement without rows, whose runs will be read back through the reader. */
  public static Arrangement empty(BlockReader reader) {
    return new Arrangement(List.of(), reader);
  }

  /** The arrangement that consists of stored runs. Nothing is read before it is needed. */
  public static Arrangement restore(List<Run> runs, BlockReader reader) {
    return new Arrangement(runs, reader);
  }

  /** Adds rows. Called by the thread that steps. */
  public void add(SortedRows rows) {
    if (rows.isEmpty()) {
      return;
    }
    var layers = new ArrayList<>(current().layers());
    SortedRows top = rows;
    while (!layers.isEmpty()) {
      SortedRows below = layers.get(layers.size() - 1);
      boolean small = 2L * weightOf(top) < weightOf(below);
      if (small || (long) top.end() + below.end() > LARGEST_LAYER) {
        break;
      }
      layers.remove(layers.size() - 1);
      top = SortedRows.merge(below, top);
      if (top.isEmpty()) {
        break;
      }
    }
    if (!top.isEmpty()) {
      layers.add(top);
    }
    synchronized (lock) {
      version = new Version(List.copyOf(layers), version.sealed(), version.runs());
    }
  }

  private static long weightOf(SortedRows rows) {
    return rows.end() + 12L * rows.size();
  }

  /** The rows as they are now. To be closed. */
  public Snapshot snapshot() {
    synchronized (lock) {
      Version now = version;
      now.runs().forEach(run -> readers.merge(run.id(), 1, Integer::sum));
      List<SortedRows> layers = now.layers();
      if (!now.sealed().isEmpty()) {
        layers = Stream.concat(now.sealed().stream(), now.layers().stream()).toList();
      }
      return new Snapshot(this, layers, now.runs(), reader);
    }
  }

  /**
   * Seals all changes so far to write them as a run, at a moment at which they belong together.
   * Called by the thread that steps; the rest of the protocol, see {@link NewRun}, by any thread.
   *
   * @param runId a number under which no blocks are stored yet
   */
  public NewRun beginCheckpoint(long runId) {
    synchronized (lock) {
      if (checkpoint != null) {
        throw new IllegalStateException("run " + checkpoint.id() + " is not complete");
      }
      Version now = version;
      List<SortedRows> sealed =
          Stream.concat(now.sealed().stream(), now.layers().stream()).toList();
      version = new Version(List.of(), sealed, now.runs());
      var sources = sealed.stream().<RowSource>map(LayerSource::new).toList();
      checkpoint = new NewRun(this, new RunWriter(runId, new Cursor(sources)), List.of(), runId);
      return checkpoint;
    }
  }

  /**
   * Begins to merge the smallest runs, where there are too many: afterwards each is more than twice
   * as long as the next smaller one, so their number grows with the logarithm of the rows' size.
   *
   * @param runId a number under which no blocks are stored yet
   * @return empty where nothing is to be done, or a merge is under way
   */
  public Optional<NewRun> nextMerge(long runId) {
    List<Run> merged;
    synchronized (lock) {
      merged = merge == null ? tooSmall(version.runs()) : List.of();
      if (merged.isEmpty()) {
        return Optional.empty();
      }
      var sources = merged.stream().<RowSource>map(run -> new RunSource(run, reader)).toList();
      merge = new NewRun(this, new RunWriter(runId, new Cursor(sources)), merged, runId);
      return Optional.of(merge);
    }
  }

  private static List<Run> tooSmall(List<Run> runs) {
    List<Run> ascending = runs.stream().sorted(Comparator.comparingLong(Run::byteCount)).toList();
    int count = 0;
    long bytes = 0;
    for (int i = 0; i < ascending.size(); i++) {
      bytes += ascending.get(i).byteCount();
      boolean nextIsClose =
          i + 1 < ascending.size() && ascending.get(i + 1).byteCount() <= 2 * bytes;
      if (nextIsClose) {
        count = i + 2;
      } else if (count > 0) {
        break;
      }
    }
    return ascending.subList(0, count);
  }

  /** The stored runs that make up the arrangement, together with what is in memory. */
  public List<Run> runs() {
    return current().runs();
  }

  /**
   * The runs that were replaced and that no snapshot reads any more: their blocks can be deleted.
   * Each is given once.
   */
  public List<Run> takeDeadRuns() {
    synchronized (lock) {
      var dead = retired.stream().filter(run -> !readers.containsKey(run.id())).toList();
      retired.removeAll(dead);
      return dead;
    }
  }

  /** Whether a snapshot of stored rows is open. */
  public boolean read() {
    synchronized (lock) {
      return !readers.isEmpty();
    }
  }

  /** How many rows there are at most: rows that cancel each other are still counted. */
  public long rowsAtMost() {
    try (Snapshot now = snapshot()) {
      return now.rowsAtMost();
    }
  }

  /** How many bytes the layers in memory take, about. */
  public long memoryBytes() {
    Version now = current();
    return Stream.concat(now.layers().stream(), now.sealed().stream())
        .mapToLong(SortedRows::memoryBytes)
        .sum();
  }

  private Version current() {
    synchronized (lock) {
      return version;
    }
  }

  void release(List<Run> runs) {
    synchronized (lock) {
      runs.forEach(
          run -> readers.computeIfPresent(run.id(), (id, count) -> count == 1 ? null : count - 1));
    }
  }

  List<Run> runsAfter(NewRun made) {
    var runs = new ArrayList<>(current().runs());
    runs.removeAll(made.replaced());
    Run run = made.run();
    if (run.blocks() > 0) {
      runs.add(run);
    }
    return List.copyOf(runs);
  }

  void complete(NewRun made) {
    synchronized (lock) {
      boolean isCheckpoint = made == checkpoint;
      requireCurrent(made);
      List<Run> runs = runsAfter(made);
      version = new Version(version.layers(), isCheckpoint ? List.of() : version.sealed(), runs);
      retired.addAll(made.replaced());
      forget(made);
    }
  }

  void abandon(NewRun made) {
    synchronized (lock) {
      requireCurrent(made);
      forget(made);
    }
  }

  private void requireCurrent(NewRun made) {
    if (made != checkpoint && made != merge) {
      throw new IllegalStateException("run " + made.id() + " is complete or abandoned");
    }
  }

  private void forget(NewRun made) {
    if (made == checkpoint) {
      checkpoint = null;
    } else {
      merge = null;
    }
  }
}
