package io.caisson.model;

import com.apple.foundationdb.Database;
import io.caisson.fdb.embedded.Durability;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.fdb.embedded.EmbeddedOptions;
import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.time.Clock;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The embedded engine in a directory of its own, with one database in it. Thread-safe. */
public final class TestStore implements AutoCloseable {
  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final EmbeddedDatabase database;
  private final DatabaseKeyspace keyspace;
  private final TransactionRunner runner;

  /** Opens the store. */
  public TestStore(Path directory) {
    database =
        EmbeddedDatabase.open(
            directory, EmbeddedOptions.defaults().withDurability(Durability.MEMORY));
    keyspace = openDatabase("test");
    runner = runner(database);
  }

  private DatabaseKeyspace openDatabase(String name) {
    return database.run(tr -> DatabaseKeyspace.openOrCreate(tr, name), executor);
  }

  /** A runner over this store or a decoration of it. */
  public TransactionRunner runner(Database store) {
    return new TransactionRunner(store, keyspace.markers(), executor, Clock.system());
  }

  /** The engine. */
  public EmbeddedDatabase database() {
    return database;
  }

  /** From now on the store fails as a plan says. */
  public void faults(FaultPlan plan) {
    database.options().setTransactionMaxRetryDelay(2);
    database.faults(plan);
  }

  /** Where futures are completed. */
  public ExecutorService executor() {
    return executor;
  }

  /** The database's keys. */
  public DatabaseKeyspace keyspace() {
    return keyspace;
  }

  /** Runs transactions. */
  public TransactionRunner runner() {
    return runner;
  }

  @Override
  public void close() {
    runner.close();
    database.close();
    executor.shutdown();
  }
}
