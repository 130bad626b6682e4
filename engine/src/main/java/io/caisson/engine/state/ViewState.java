package io.caisson.engine.state;

import com.apple.foundationdb.Transaction;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.NewRun;
import io.caisson.dataflow.arrangement.Run;
import io.caisson.model.run.Manifest;
import io.caisson.model.run.RunKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The state of one view in the store, and how checkpoints replace it. A checkpoint writes new runs
 * in as many transactions as it takes, then makes them current by replacing the manifest in one: a
 * process that dies in between has written garbage, which is cleared when the view is next opened.
 * Whoever opens the view puts its token into the manifest; a process whose token is gone can't
 * replace it any more. For one thread at a time, but for {@link #index}.
 */
public final class ViewState {
  /** A frontier that moved by this much alone, about a minute, is worth a checkpoint. */
  public static final long IDLE_VERSIONS = 60_000_000L;

  /** Well under the megabyte that a transaction may plan for. */
  private static final int TRANSACTION_BYTES = 900_000;

  /** Blocks that are cleared in one transaction: about a megabyte. */
  private static final int PAGE_BLOCKS = 30;

  private static final String INDEX = "index-";

  /** No circuit has so many arrangements. */
  private static final long INDEX_NUMBERS = 1L << 32;

  private final ViewStore store;
  private final long view;
  private final boolean stored;
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, Arrangement> givenUp = new HashMap<>();
  private volatile ViewManifest manifest;

  private ViewState(ViewStore store, long view, boolean stored, ViewManifest manifest) {
    this.store = store;
    this.view = view;
    this.stored = stored;
    this.manifest = manifest;
  }

  /**
   * Takes over the state of a view. State that was kept under another plan is cleared: the log is
   * the truth, and is read again.
   *
   * @param store where the state lies
   * @param view the view's id
   * @param plan fingerprint of its plan
   */
  public static ViewState open(ViewStore store, long view, String plan) {
    return store
        .runner()
        .run(
            transaction -> {
              byte[] body = store.manifests().takeOver(transaction, view, store.owner()).body();
              ViewManifest manifest =
                  body.length == 0 ? ViewManifest.none("") : ViewManifest.decode(body);
              boolean stored = manifest.plan().equals(plan);
              if (!stored) {
                manifest = ViewManifest.none(plan);
              }
              Set<Long> current = runIds(manifest);
              for (RunKey run : store.runs().list(transaction, view)) {
                if (!current.contains(run.run())) {
                  store.runs().delete(transaction, run);
                }
              }
              return new ViewState(store, view, stored, manifest);
            });
  }

  private static Set<Long> runIds(ViewManifest manifest) {
    return manifest.runs().values().stream()
        .flatMap(List::stream)
        .map(bytes -> Run.fromBytes(bytes).id())
        .collect(Collectors.toSet());
  }

  /** Whether there was state of this plan. */
  public boolean stored() {
    return stored;
  }

  /** How much of the view's input is in the state. */
  public ViewProgress progress() {
    return manifest.progress();
  }

  /** The arrangement of a name as the last checkpoint left it. */
  public Arrangement open(String name) {
    List<Run> runs =
        manifest.runs().getOrDefault(name, List.of()).stream().map(Run::fromBytes).toList();
    return Arrangement.restore(runs, store.reader(view, numberOf(name)));
  }

  /**
   * Arrangements are numbered in the order in which the circuit opens them, the same each time it
   * is built; those of indexes, which come and go, by the number of the index.
   */
  private long numberOf(String name) {
    return name.startsWith(INDEX)
        ? INDEX_NUMBERS + Integer.parseInt(name.substring(INDEX.length()))
        : numbers.computeIfAbsent(name, n -> (long) numbers.size());
  }

  /** What the arrangement of an index is called. */
  public static String ofIndex(int index) {
    return INDEX + index;
  }

  /** How far an index is built; empty where the state does not know it. */
  public Optional<IndexProgress> index(int index) {
    return Optional.ofNullable(manifest.indexes().get(index));
  }

  /**
   * Gives up an arrangement that the next checkpoint does not name any more: its runs are cleared
   * when nobody reads them.
   */
  public void giveUp(String name, Arrangement arrangement) {
    givenUp.put(name, arrangement);
  }

  /** Gives up the indexes that are stored and not wanted; whether there were any. */
  public boolean giveUpIndexes(Predicate<String> wanted) {
    List<String> unwanted =
        manifest.runs().keySet().stream()
            .filter(name -> name.startsWith(INDEX) && !wanted.test(name))
            .filter(name -> !givenUp.containsKey(name))
            .toList();
    unwanted.forEach(name -> giveUp(name, open(name)));
    return !unwanted.isEmpty();
  }

  /**
   * Begins a checkpoint between two steps.
   *
   * @param arrangements all that the view remembers, by name
   * @param progress how far it has come
   * @param indexes how far its indexes are built
   */
  public Checkpoint begin(
      Map<String, Arrangement> arrangements,
      ViewProgress progress,
      Map<Integer, IndexProgress> indexes) {
    long nextRun = manifest.nextRun();
    var runs = new LinkedHashMap<String, NewRun>();
    for (var arrangement : arrangements.entrySet()) {
      runs.put(arrangement.getKey(), arrangement.getValue().beginCheckpoint(nextRun++));
    }
    return new Checkpoint(arrangements, runs, progress, indexes, nextRun);
  }

  /**
   * Merges runs where a view has too many small ones, and clears the ones that nobody reads any
   * more.
   *
   * @param arrangements all that the view remembers, by name
   */
  public void merge(Map<String, Arrangement> arrangements) {
    arrangements.forEach(
        (name, arrangement) -> {
          Optional<NewRun> merge = arrangement.nextMerge(manifest.nextRun());
          if (merge.isPresent()) {
            Map<String, NewRun> run = Map.of(name, merge.get());
            long nextRun = manifest.nextRun() + 1;
            new Checkpoint(arrangements, run, manifest.progress(), manifest.indexes(), nextRun)
                .write(() -> {});
          }
          clear(name, arrangement.takeDeadRuns());
        });
    clearGivenUp();
  }

  private void clearGivenUp() {
    givenUp
        .entrySet()
        .removeIf(
            given -> {
              Arrangement arrangement = given.getValue();
              boolean free = !manifest.runs().containsKey(given.getKey()) && !arrangement.read();
              if (free) {
                clear(given.getKey(), arrangement.takeDeadRuns());
                clear(given.getKey(), arrangement.runs());
              }
              return free;
            });
  }

  private void clear(String name, List<Run> dead) {
    for (Run run : dead) {
      var key = new RunKey(view, numberOf(name), run.id());
      for (int block = 0; block < run.blocks(); block += PAGE_BLOCKS) {
        int from = block;
        store
            .runner()
            .run(
                transaction -> {
                  store.runs().delete(transaction, key, from, from + PAGE_BLOCKS);
                  return from;
                });
      }
    }
  }

  /**
   * Runs that are being written. {@link #write} either makes them current or leaves everything as
   * it was.
   */
  public final class Checkpoint {
    private final Map<String, Arrangement> arrangements;
    private final Map<String, NewRun> runs;
    private final ViewProgress progress;
    private final Map<Integer, IndexProgress> indexes;
    private final long nextRun;
    private final List<StoredBlock> pending = new ArrayList<>();
    private int pendingBytes;

    private record StoredBlock(RunKey run, int number, byte[] bytes) {}

    private Checkpoint(
        Map<String, Arrangement> arrangements,
        Map<String, NewRun> runs,
        ViewProgress progress,
        Map<Integer, IndexProgress> indexes,
        long nextRun) {
      this.arrangements = arrangements;
      this.runs = runs;
      this.progress = progress;
      this.indexes = indexes;
      this.nextRun = nextRun;
    }

    /**
     * Writes the runs and replaces the manifest.
     *
     * @param first what must be in the store before the manifest is replaced
     */
    public void write(Runnable first) {
      boolean current = false;
      try {
        first.run();
        for (var run : runs.entrySet()) {
          writeBlocks(numberOf(run.getKey()), run.getValue());
        }
        ViewManifest next =
            new ViewManifest(manifest.plan(), progress, nextRun, runsAfter(), indexes);
        replaceManifest(next);
        current = true;
      } finally {
        runs.values().forEach(current ? NewRun::complete : NewRun::abandon);
      }
    }

    private void writeBlocks(long arrangement, NewRun run) {
      var key = new RunKey(view, arrangement, run.id());
      int number = 0;
      for (byte[] block = run.nextBlock(); block != null; block = run.nextBlock()) {
        if (pendingBytes + block.length > TRANSACTION_BYTES) {
          store.runner().run(this::putPending);
          pending.clear();
          pendingBytes = 0;
        }
        pending.add(new StoredBlock(key, number++, block));
        pendingBytes += block.length;
      }
    }

    private int putPending(Transaction transaction) {
      for (StoredBlock block : pending) {
        store.runs().put(transaction, block.run(), block.number(), block.bytes());
      }
      return pending.size();
    }

    private Map<String, List<byte[]>> runsAfter() {
      var after = new HashMap<String, List<byte[]>>();
      arrangements.forEach(
          (name, arrangement) -> {
            NewRun changed = runs.get(name);
            List<Run> left = changed == null ? arrangement.runs() : changed.runsAfter();
            after.put(name, left.stream().map(Run::toBytes).toList());
          });
      return after;
    }

    private void replaceManifest(ViewManifest next) {
      store
          .runner()
          .run(
              transaction -> {
                putPending(transaction);
                store
                    .manifests()
                    .replace(transaction, view, new Manifest(store.owner(), next.encode()));
                return next.nextRun();
              });
      manifest = next;
    }
  }
}
