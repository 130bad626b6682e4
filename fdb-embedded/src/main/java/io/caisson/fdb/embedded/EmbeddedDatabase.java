package io.caisson.fdb.embedded;

import com.apple.foundationdb.DatabaseOptions;
import com.apple.foundationdb.EventKeeper;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.fdb.embedded.fault.FaultKind;
import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.fdb.embedded.history.HistoryWindow;
import io.caisson.fdb.embedded.tree.TreeFailure;
import io.caisson.fdb.embedded.tree.TreeStatistics;
import io.caisson.fdb.embedded.tree.TreeStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A FoundationDB database in one directory, in this process: strictly serializable transactions
 * over ordered keys behind the official Java API, without a server and without a native
 * FoundationDB library.
 *
 * <pre>{@code
 * try (EmbeddedDatabase database = EmbeddedDatabase.open(Path.of("data"), EmbeddedOptions.defaults())) {
 *   database.run(transaction -> { transaction.set(key, value); return null; });
 * }
 * }</pre>
 *
 * <p>Thread-safe. One process has a directory open at a time. Transactions of a closed database
 * fail with {@link IllegalStateException}.
 */
public final class EmbeddedDatabase extends SingleProcessDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final AtomicLong THREADS = new AtomicLong();

  private final StoreDirectory directory;
  private final TreeStore tree;
  private final HistoryWindow history;
  private final VersionClock clock;
  private final StoreReads reads;
  private final Watches watches;
  private final @Nullable Checkpointer checkpointer;
  private final @Nullable TreeFollower follower;
  private final Committer committer;
  private final MetricsCounters metrics;
  private final Executor executor;
  private final @Nullable ExecutorService ownExecutor;
  private final DatabaseSettings settings;
  private final DatabaseOptions options;
  private final Durability durability;
  private final long historyBytes;
  private volatile @Nullable FaultInjector faultInjector;
  private Map<FaultKind, Long> earlierFaults = new EnumMap<>(FaultKind.class);
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedDatabase(
      StoreDirectory directory,
      StoreOpening.Opened opened,
      EmbeddedOptions options,
      JournalLimits limits) {
    this.directory = directory;
    this.tree = opened.tree();
    this.checkpointer = opened.checkpointer();
    this.metrics = opened.metrics();
    this.clock =
        new VersionClock(Math.max(BatchWriter.storedCeiling(tree), VersionClock.PER_SECOND));
    this.history = new HistoryWindow(clock.published(), options.historyBytes());
    this.follower =
        checkpointer == null
            ? null
            : new TreeFollower(tree, history, clock, metrics, limits.events());
    if (checkpointer != null && follower != null) {
      checkpointer.followedBy(follower);
    }
    this.reads = new StoreReads(tree, history, clock, this::bringIn);
    this.watches = new Watches(key -> reads.get(key, clock.readVersion()));
    BatchWriter writer =
        new BatchWriter(
            tree, history, checkpointer, follower, metrics, clock.published(), watches::any);
    this.committer =
        new Committer(
            writer, history, clock, watches, metrics, this::faultInjector, directory.store());
    this.settings = new DatabaseSettings(watches);
    this.options = new DatabaseOptions(settings::set);
    this.durability = options.durability();
    this.historyBytes = options.historyBytes();
    Executor given = options.executor();
    ExecutorService own = given == null ? newExecutor() : null;
    this.ownExecutor = own;
    this.executor = own == null ? Objects.requireNonNull(given) : own;
    faults(options.faults());
  }

  /**
   * Opens the database in a directory, creating both where they do not exist.
   *
   * @throws StoreOpenException if the directory is in use, is not a database, may not be written,
   *     or is damaged
   */
  public static EmbeddedDatabase open(Path directory, EmbeddedOptions options) {
    return open(directory, options, JournalLimits.defaults());
  }

  /** Opens the database with other limits than there are without a reason. */
  static EmbeddedDatabase open(Path directory, EmbeddedOptions options, JournalLimits limits) {
    ClientLibrary.prepare();
    StoreDirectory held = StoreDirectory.open(directory);
    try {
      return new EmbeddedDatabase(held, StoreOpening.open(held, options, limits), options, limits);
    } catch (RuntimeException failure) {
      held.close();
      throw failure;
    }
  }

  /** Opens the database in a directory with synced commits. */
  public static EmbeddedDatabase open(Path directory) {
    return open(directory, EmbeddedOptions.defaults());
  }

  private static ExecutorService newExecutor() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "caisson-store-" + THREADS.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  // ---- what the engine's parts need of each other
  // -------------------------------------------------------------

  VersionClock clock() {
    return clock;
  }

  StoreReads reads() {
    return reads;
  }

  Watches watches() {
    return watches;
  }

  Committer committer() {
    return committer;
  }

  DatabaseSettings settings() {
    return settings;
  }

  Durability durability() {
    return durability;
  }

  /** What throws the dice, or null if there are no faults to inject. */
  @Nullable FaultInjector faultInjector() {
    return faultInjector;
  }

  /** Has the tree show all that was committed; a failure of the tree is the committing thread's. */
  private void bringIn() {
    if (follower != null) {
      try {
        follower.bringIn();
      } catch (TreeFailure failure) {
        LOG.debug("The tree stays behind", failure);
      }
    }
  }

  // ---- beyond the API
  // -----------------------------------------------------------------------------------------

  /** Where the database lies. */
  public Path directory() {
    return directory.path();
  }

  /** The measured shape of the B+ tree, all that was committed brought into it before. */
  public StorageStatistics statistics() {
    bringIn();
    TreeStatistics shape = tree.statistics(StoreOpening.NOTES);
    long file;
    try {
      file = Files.size(directory.store());
    } catch (IOException unreadable) {
      file = shape.usedBytes();
    }
    return new StorageStatistics(
        shape.entries(),
        shape.depth(),
        shape.branchPages(),
        shape.leafPages(),
        shape.overflowPages(),
        shape.pageSize(),
        shape.mapBytes(),
        shape.usedBytes(),
        file);
  }

  /** What the database has done since it was opened, and how it is now. */
  public StoreMetrics metrics() {
    long span = Math.max(0, clock.now() - history.oldestReadable());
    HistoryStatistics window =
        new HistoryStatistics(
            history.bytes(),
            historyBytes,
            history.keys(),
            Math.min(span, Committer.WINDOW) / (VersionClock.PER_SECOND / 1_000));
    return metrics.snapshot(watches.size(), window, statistics(), faultCounts());
  }

  /**
   * Injects other faults from now on, beginning with the plan's seed; {@link FaultPlan#none()} ends
   * them.
   */
  public synchronized void faults(FaultPlan plan) {
    earlierFaults = faultCounts();
    faultInjector = plan.isEmpty() ? null : new FaultInjector(plan, earlierFaults);
  }

  private synchronized Map<FaultKind, Long> faultCounts() {
    FaultInjector injector = faultInjector;
    return injector == null ? earlierFaults : injector.counts();
  }

  // ---- transactions
  // -------------------------------------------------------------------------------------------

  @Override
  public Transaction createTransaction(Executor transactionExecutor) {
    if (closed.get()) {
      throw new IllegalStateException("Cannot access closed object");
    }
    return new EmbeddedTransaction(this, transactionExecutor);
  }

  @Override
  public Transaction createTransaction(Executor transactionExecutor, EventKeeper eventKeeper) {
    return createTransaction(transactionExecutor);
  }

  @Override
  public <T> T run(Function<? super Transaction, T> retryable, Executor transactionExecutor) {
    return RetryLoop.run(createTransaction(transactionExecutor), retryable);
  }

  @Override
  public <T> T read(Function<? super ReadTransaction, T> retryable, Executor transactionExecutor) {
    return run(retryable, transactionExecutor);
  }

  @Override
  public <T> CompletableFuture<T> runAsync(
      Function<? super Transaction, ? extends CompletableFuture<T>> retryable,
      Executor transactionExecutor) {
    return RetryLoop.runAsync(
        createTransaction(transactionExecutor), retryable, transactionExecutor);
  }

  @Override
  public <T> CompletableFuture<T> readAsync(
      Function<? super ReadTransaction, ? extends CompletableFuture<T>> retryable,
      Executor transactionExecutor) {
    return runAsync(retryable, transactionExecutor);
  }

  @Override
  public DatabaseOptions options() {
    return options;
  }

  @Override
  public Executor getExecutor() {
    return executor;
  }

  @Override
  public double getMainThreadBusyness() {
    return 0;
  }

  @Override
  public CompletableFuture<byte[]> getClientStatus(Executor statusExecutor) {
    String status =
        "{\"Healthy\":true,\"Embedded\":true,\"ApiVersion\":" + ClientLibrary.API_VERSION + "}";
    return CompletableFuture.completedFuture(status.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      committer.close();
      if (follower != null) {
        follower.close();
      }
      if (checkpointer != null) {
        checkpointer.close();
      }
      watches.close();
      tree.close();
      directory.close();
      if (ownExecutor != null) {
        ownExecutor.shutdown();
      }
    }
  }
}
