package io.caisson.engine.subscription;

import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The subscriptions that are being read in this process: each by one at a time, so that two readers
 * do not have the same changes. Thread-safe.
 */
public final class ActiveSubscriptions {
  private final Set<Long> active = ConcurrentHashMap.newKeySet();

  /**
   * Begins to read a subscription.
   *
   * @throws CaissonException OBJECT_IN_USE, if it is being read
   */
  void enter(SubscriptionDefinition subscription) {
    if (!active.add(subscription.id())) {
      throw inUse(subscription);
    }
  }

  /** Ends what {@link #enter} began. */
  void leave(SubscriptionDefinition subscription) {
    active.remove(subscription.id());
  }

  /** Whether a subscription is being read. */
  public boolean contains(SubscriptionDefinition subscription) {
    return active.contains(subscription.id());
  }

  /**
   * Fails where a subscription is being read.
   *
   * @throws CaissonException OBJECT_IN_USE
   */
  public void checkIdle(SubscriptionDefinition subscription) {
    if (contains(subscription)) {
      throw inUse(subscription);
    }
  }

  private static CaissonException inUse(SubscriptionDefinition subscription) {
    return new CaissonException(
            SqlState.OBJECT_IN_USE, "subscription \"" + subscription.name() + "\" is active")
        .withHint("It is read by one at a time: end the other SUBSCRIBE first.");
  }
}
