package io.caisson.engine.session;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.system.LiveState;
import io.caisson.catalog.system.OperatorStatus;
import io.caisson.catalog.system.StatementStatus;
import io.caisson.catalog.system.SubscriptionStatus;
import io.caisson.catalog.system.ViewStatus;
import io.caisson.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The statements of a database that run in as many transactions as they take, beside what else is
 * known at the moment. Thread-safe.
 */
public final class RunningStatements implements LiveState {
  private final LiveState others;
  private final Supplier<List<SubscriptionStatus>> subscriptions;
  private final Clock clock;
  private final Queue<Running> running = new ConcurrentLinkedQueue<>();

  /**
   * No statements yet.
   *
   * @param others knows how views are doing
   * @param subscriptions knows how subscriptions are doing
   * @param clock says how long statements run
   */
  public RunningStatements(
      LiveState others, Supplier<List<SubscriptionStatus>> subscriptions, Clock clock) {
    this.others = others;
    this.subscriptions = subscriptions;
    this.clock = clock;
  }

  @Override
  public List<ViewStatus> views() {
    return others.views();
  }

  @Override
  public List<OperatorStatus> operators() {
    return others.operators();
  }

  @Override
  public List<SubscriptionStatus> subscriptions() {
    return subscriptions.get();
  }

  @Override
  public List<StatementStatus> statements() {
    return running.stream().map(Running::status).toList();
  }

  /** Notes that a statement begins; it is forgotten when what is answered is closed. */
  Running begin(String command, CatalogObject object) {
    var begun = new Running(command, object.name(), clock.monotonicNanos());
    running.add(begun);
    return begun;
  }

  /** One of them. Its own thread tells it what it has done. */
  final class Running implements AutoCloseable {
    private final String command;
    private final String object;
    private final long beginNanos;
    private volatile long rows;
    private volatile long transactions;

    private Running(String command, String object, long beginNanos) {
      this.command = command;
      this.object = object;
      this.beginNanos = beginNanos;
    }

    /** Notes that a transaction has been committed, and how many rows are written by now. */
    void committed(long rowsNow, long transactionsNow) {
      rows = rowsNow;
      transactions = transactionsNow;
    }

    private StatementStatus status() {
      long millis = TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos() - beginNanos);
      return new StatementStatus(command, object, rows, transactions, millis);
    }

    @Override
    public void close() {
      running.remove(this);
    }
  }
}
