package io.caisson.sql;

import io.caisson.catalog.Retention;

/** What ALTER SUBSCRIPTION changes. Immutable. */
public sealed interface SubscriptionChange {
  /** Where a subscription begins anew. */
  enum Place {
    /** With the rows that are there. */
    SNAPSHOT,
    /** With what changes from now on. */
    LATEST,
    /** With the oldest change that is kept. */
    EARLIEST
  }

  /**
   * Begins anew somewhere.
   *
   * @param place where
   */
  record Reset(Place place) implements SubscriptionChange {}

  /**
   * Goes on behind a token.
   *
   * @param token the token
   */
  record ResetTo(String token) implements SubscriptionChange {}

  /**
   * Keeps what is not acknowledged within other limits; those that are empty stay.
   *
   * @param retention the limits
   */
  record Limits(Retention retention) implements SubscriptionChange {}
}
