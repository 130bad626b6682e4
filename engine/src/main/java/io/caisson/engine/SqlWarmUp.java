package io.caisson.engine;

import io.caisson.catalog.Catalog;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Makes SQL ready on a thread of its own while a store opens. Loading the planner takes about as
 * long as opening the store, so that the first statement comes in half the time. Thread-safe.
 */
final class SqlWarmUp {
  private static final String FIRST = "SELECT 'ready'";

  private final FutureTask<SqlFrontEnd> task;

  private SqlWarmUp(FutureTask<SqlFrontEnd> task) {
    this.task = task;
  }

  /**
   * Begins.
   *
   * @param defaultShards how many shards a stream has that does not say
   */
  static SqlWarmUp begin(Clock clock, int defaultShards) {
    var task = new FutureTask<>(() -> warm(clock, defaultShards));
    var thread = new Thread(task, "caisson-sql-warm-up");
    thread.setDaemon(true);
    thread.start();
    return new SqlWarmUp(task);
  }

  private static SqlFrontEnd warm(Clock clock, int defaultShards) {
    var sql = new SqlFrontEnd(clock, defaultShards);
    var unused = sql.prepare(sql.parse(FIRST).get(0), Catalog.of(0, List.of()));
    return sql;
  }

  /** The front end, once it is ready. */
  SqlFrontEnd await() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new CaissonException(
          SqlState.INTERNAL_ERROR, "SQL could not be made ready", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(
          SqlState.QUERY_CANCELED, "interrupted while a database was opened", e);
    }
  }
}
