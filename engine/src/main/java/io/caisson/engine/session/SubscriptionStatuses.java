package io.caisson.engine.session;

import com.apple.foundationdb.ReadTransaction;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.system.SubscriptionStatus;
import io.caisson.engine.subscription.Following;
import io.caisson.model.stream.LogBlock;
import io.caisson.model.stream.LogPage;
import io.caisson.model.stream.LogPosition;
import io.caisson.model.subscription.Cursor;
import io.caisson.model.transaction.TransactionRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Says how the subscriptions of a database are doing. Thread-safe. */
public final class SubscriptionStatuses implements Supplier<List<SubscriptionStatus>> {
  /** Store versions are about a million a second, on both engines. */
  private static final long VERSIONS_PER_MILLI = 1_000;

  private static final long MICROS_PER_MILLI = 1_000;

  private final TransactionRunner runner;
  private final Supplier<Catalog> catalog;
  private final SessionServices.Subscriptions subscriptions;

  /** The state of the subscriptions that a catalog has. */
  public SubscriptionStatuses(
      TransactionRunner runner,
      Supplier<Catalog> catalog,
      SessionServices.Subscriptions subscriptions) {
    this.runner = runner;
    this.catalog = catalog;
    this.subscriptions = subscriptions;
  }

  @Override
  public List<SubscriptionStatus> get() {
    var found = new ArrayList<SubscriptionStatus>();
    Catalog now = catalog.get();
    for (CatalogObject object : now.objects().values()) {
      if (object instanceof SubscriptionDefinition subscription) {
        CatalogObject source = Following.source(subscription, now);
        String name = now.followedBy(subscription).name();
        found.add(runner.read(tr -> status(tr.snapshot(), subscription, source, name)));
      }
    }
    return found;
  }

  private SubscriptionStatus status(
      ReadTransaction transaction,
      SubscriptionDefinition subscription,
      CatalogObject source,
      String sourceName) {
    Cursor cursor = subscriptions.store().cursor(transaction, subscription);
    boolean begun = !cursor.snapshot();
    LogPosition after = LogPosition.endOf(cursor.version());
    LogPage next = subscriptions.store().read(transaction, source, after, 1);
    long lag = 0;
    if (begun && !next.blocks().isEmpty()) {
      LogBlock first = next.blocks().get(0);
      lag = transaction.getReadVersion().join() - first.position(0).version();
    }
    return new SubscriptionStatus(
        subscription.name(),
        sourceName,
        state(transaction, subscription, source),
        begun ? subscriptions.following().token(source, cursor.version()).toString() : null,
        Math.max(0, lag) / VERSIONS_PER_MILLI,
        begun ? subscriptions.store().bytesBehind(transaction, source, cursor.version()) : 0,
        subscription.ageMicros() / MICROS_PER_MILLI,
        subscription.bytes());
  }

  private SubscriptionStatus.State state(
      ReadTransaction transaction, SubscriptionDefinition subscription, CatalogObject source) {
    if (subscriptions.store().expired(transaction, subscription, source)) {
      return SubscriptionStatus.State.EXPIRED;
    }
    return subscriptions.active().contains(subscription)
        ? SubscriptionStatus.State.ACTIVE
        : SubscriptionStatus.State.IDLE;
  }
}
