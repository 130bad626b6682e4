package io.caisson.fdb.embedded;

import com.apple.foundationdb.DatabaseOptions;
import com.apple.foundationdb.EventKeeper;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.fdb.embedded.StoreOpenException.Reason;
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
import java.util.List;
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
import org.lmdbjava.EnvFlags;

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
  /** The engine's own entries in the tree: its version ceiling and the number of samples. */
  private static final int NOTES = 2;

  private static final AtomicLong THREADS = new AtomicLong();

  private final StoreDirectory directory;
  private final TreeStore tree;
  private final HistoryWindow history;
  private final VersionClock clock;
  private final StoreReads reads;
  private final Watches watches;
  private final Committer committer;
  private final MetricsCounters metrics = new MetricsCounters();
  private final Executor executor;
  private final @Nullable ExecutorService ownExecutor;
  private final DatabaseSettings settings;
  private final DatabaseOptions options;
  private final Durability durability;
  private final long historyBytes;
  private volatile @Nullable FaultInjector faultInjector;
  private Map<FaultKind, Long> earlierFaults = new EnumMap<>(FaultKind.class);
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedDatabase(StoreDirectory directory, TreeStore tree, EmbeddedOptions options) {
    this.directory = directory;
    this.tree = tree;
    this.clock = new VersionClock(Math.max(Committer.storedCeiling(tree), VersionClock.PER_SECOND));
    this.history = new HistoryWindow(clock.published(), options.historyBytes());
    this.reads = new StoreReads(tree, history, clock);
    this.watches = new Watches(key -> reads.get(key, clock.readVersion()));
    this.committer = new Committer(tree, history, clock, watches, metrics, directory.store());
    this.settings = new DatabaseSettings(watches);
    this.options = new DatabaseOptions(settings::set);
    this.durability = options.durability();
    this.historyBytes = options.historyBytes();
    Executor given = options.executor();
    ExecutorService own = given == null ? newExecutor() : null;
    this.ownExecutor = own;
    this.executor = own == null ? Objects.requireNonNull(given) : own;
    faults(options.faults().isEmpty() ? FaultPlan.ofEnvironment() : options.faults());
  }

  /**
   * Opens the database in a directory, creating both where they do not exist.
   *
   * @throws StoreOpenException if the directory is in use, is not a database, may not be written,
   *     or is damaged
   */
  public static EmbeddedDatabase open(Path directory, EmbeddedOptions options) {
    ClientLibrary.prepare();
    StoreDirectory held = StoreDirectory.open(directory);
    try {
      return new EmbeddedDatabase(held, openTree(held, options), options);
    } catch (RuntimeException failure) {
      held.close();
      throw failure;
    }
  }

  /** Opens the database in a directory with synced commits. */
  public static EmbeddedDatabase open(Path directory) {
    return open(directory, EmbeddedOptions.defaults());
  }

  private static TreeStore openTree(StoreDirectory directory, EmbeddedOptions options) {
    List<EnvFlags> flags =
        switch (options.durability()) {
          case DURABLE -> List.of();
          case RELAXED -> List.of(EnvFlags.MDB_NOMETASYNC);
          case MEMORY -> List.of(EnvFlags.MDB_NOSYNC, EnvFlags.MDB_NOMETASYNC);
        };
    try {
      long present = Files.exists(directory.store()) ? Files.size(directory.store()) : 0;
      long map = Math.max(options.initialMapBytes(), present);
      TreeStore tree =
          TreeStore.open(directory.store(), map, Math.max(options.maximumBytes(), present), flags);
      long used = tree.statistics(NOTES).usedBytes();
      if (present > 0 && present < used) {
        tree.close();
        throw StoreDirectory.failure(
            Reason.DAMAGED,
            directory.path(),
            "is damaged: the file has " + present + " bytes, its tree needs " + used,
            null);
      }
      return tree;
    } catch (IOException failure) {
      throw StoreDirectory.failure(
          Reason.IO_ERROR, directory.path(), "could not be read: " + failure, failure);
    } catch (TreeFailure failure) {
      throw explain(directory.path(), directory.store(), failure);
    }
  }

  private static StoreOpenException explain(Path directory, Path store, TreeFailure failure) {
    String text = String.valueOf(failure.getMessage());
    boolean full =
        failure.kind() == TreeFailure.Kind.DISK_FULL
            || (failure.kind() == TreeFailure.Kind.WRITE_FAILED && DiskRoom.isUsedUp(store));
    if (full) {
      return StoreDirectory.failure(
          Reason.DISK_FULL, directory, "has no room for a database: " + text, failure);
    }
    if (text.contains("EACCES") || text.contains("EPERM") || text.contains("EROFS")) {
      return StoreDirectory.failure(
          Reason.NO_PERMISSION,
          directory,
          "holds files that may not be read or written by this user",
          failure);
    }
    return StoreDirectory.failure(Reason.DAMAGED, directory, "is damaged: " + text, failure);
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

  // ---- beyond the API
  // -----------------------------------------------------------------------------------------

  /** Where the database lies. */
  public Path directory() {
    return directory.path();
  }

  /** The measured shape of the B+ tree. */
  public StorageStatistics statistics() {
    TreeStatistics shape = tree.statistics(NOTES);
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
      watches.close();
      tree.close();
      directory.close();
      if (ownExecutor != null) {
        ownExecutor.shutdown();
      }
    }
  }
}
