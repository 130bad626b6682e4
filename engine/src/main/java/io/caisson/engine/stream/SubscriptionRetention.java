package io.caisson.engine.stream;

import com.apple.foundationdb.ReadTransaction;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.model.stream.StepLog;
import io.caisson.model.stream.TickStore;
import io.caisson.model.subscription.Cursor;
import io.caisson.model.subscription.CursorStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What is kept for subscriptions that have not acknowledged it: up to the age and the size that
 * each of them says. The oldest goes first, of the logs of views as soon as nobody needs it, of
 * streams when their own retention says so too. Thread-safe.
 */
public final class SubscriptionRetention {
  private final Parts parts;

  /**
   * What it works with.
   *
   * @param runner runs transactions
   * @param catalog the definitions
   * @param cursors how far subscriptions have come
   * @param steps the logs of views
   * @param ticks says which version was when
   * @param statistics says how large streams are
   * @param clock the time
   */
  public record Parts(
      TransactionRunner runner,
      CatalogStore catalog,
      CursorStore cursors,
      StepLog steps,
      TickStore ticks,
      StatisticsStore statistics,
      Clock clock) {}

  /** The retention of a database's subscriptions. */
  public SubscriptionRetention(Parts parts) {
    this.parts = parts;
  }

  /** Rows of a stream behind this version stay: a subscription still has to read them. */
  long needed(ReadTransaction transaction, StreamDefinition stream) {
    long needed = Long.MAX_VALUE;
    for (SubscriptionDefinition subscription : subscriptions(transaction, stream.id())) {
      Cursor cursor = cursor(transaction, subscription);
      long bytes = parts.statistics().read(transaction, stream.id()).bytes();
      if (!cursor.snapshot() && bytes <= subscription.bytes()) {
        long since = parts.clock().wallMicros() - subscription.ageMicros();
        long tooOld = parts.ticks().versionAt(transaction, since);
        needed = Math.min(needed, Math.max(cursor.version(), tooOld));
      }
    }
    return needed;
  }

  private List<SubscriptionDefinition> subscriptions(ReadTransaction transaction, long source) {
    return parts.catalog().read(transaction).subscriptionsTo(source);
  }

  /** One that is gone, or of another life of the database, needs nothing. */
  private Cursor cursor(ReadTransaction transaction, SubscriptionDefinition subscription) {
    return parts.cursors().read(transaction, subscription.id()).orElse(Cursor.FRESH);
  }

  /** Removes what no subscription to a view needs, page by page. */
  void trim(ViewDefinition view, BooleanSupplier closing) {
    StreamDefinition log = StepLog.layout(view);
    boolean more =
        parts.runner().read(tr -> parts.steps().due(tr.snapshot(), log, goes(tr.snapshot(), log)));
    while (more && !closing.getAsBoolean()) {
      more = parts.runner().run(tr -> parts.steps().trim(tr, log, goes(tr, log)));
    }
  }

  private Predicate<StepLog.Old> goes(ReadTransaction transaction, StreamDefinition log) {
    long now = parts.clock().wallMicros();
    var kept = new ArrayList<Predicate<StepLog.Old>>();
    for (SubscriptionDefinition subscription : subscriptions(transaction, log.id())) {
      Cursor cursor = cursor(transaction, subscription);
      if (!cursor.equals(Cursor.FRESH)) {
        long bytes = parts.steps().bytesBehind(transaction, log, cursor.version());
        boolean tooMany = bytes > subscription.bytes();
        kept.add(
            old ->
                old.version() > cursor.version()
                    && old.at() >= now - subscription.ageMicros()
                    && !(tooMany && old.first()));
      }
    }
    return old -> kept.stream().noneMatch(needs -> needs.test(old));
  }
}
