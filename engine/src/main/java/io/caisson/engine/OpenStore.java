package io.caisson.engine;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.Transaction;
import io.caisson.Caisson;
import io.caisson.CaissonOptions;
import io.caisson.Database;
import io.caisson.engine.state.ViewMemory;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.fdb.embedded.StorageStatistics;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.transaction.StoreErrors;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** An open store and its open databases. Thread-safe. */
final class OpenStore implements Caisson {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,63}");
  private static final int ASYNC_THREADS = 2;

  private final com.apple.foundationdb.Database store;
  private final Optional<Supplier<StorageStatistics>> tree;
  private final Supplier<SqlFrontEnd> sql;
  private final Clock clock;
  private final ViewMemory memory;
  private final ExecutorService executor;
  private final Map<String, EngineDatabase> databases = new TreeMap<>();
  private boolean closed;

  OpenStore(
      com.apple.foundationdb.Database store,
      Optional<Supplier<StorageStatistics>> tree,
      Supplier<SqlFrontEnd> sql,
      CaissonOptions options) {
    this.store = store;
    this.sql = sql;
    this.tree = tree;
    this.clock = options.clock();
    this.memory = new ViewMemory(options.viewMemoryBytes());
    var number = new AtomicInteger();
    executor =
        Executors.newFixedThreadPool(
            ASYNC_THREADS,
            task -> {
              var thread = new Thread(task, "caisson-store-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public synchronized Database database(String name) {
    if (closed) {
      throw new CaissonException(SqlState.CLOSED, "the store was closed");
    }
    if (!NAME.matcher(name).matches()) {
      throw new CaissonException(
              SqlState.INVALID_NAME, "\"" + name + "\" is no name for a database")
          .withHint("use letters, digits and underscores, at most 63");
    }
    return databases.computeIfAbsent(name, this::open);
  }

  private EngineDatabase open(String name) {
    DatabaseKeyspace keyspace =
        transact(transaction -> DatabaseKeyspace.openOrCreate(transaction, name));
    return new EngineDatabase(keyspace, store, tree, sql.get(), executor, memory, clock);
  }

  @Override
  public List<String> databases() {
    return transact(DatabaseKeyspace::list);
  }

  private <T> T transact(Function<Transaction, T> body) {
    try {
      return store.run(body, executor);
    } catch (CompletionException | FDBException e) {
      throw StoreErrors.translate(e);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    databases.values().forEach(EngineDatabase::close);
    store.close();
    executor.shutdown();
  }
}
