package io.caisson.catalog.system;

import org.jspecify.annotations.Nullable;

/**
 * How a subscription is doing. Immutable.
 *
 * @param name its name
 * @param source the name of what it follows
 * @param state what it does
 * @param acknowledged the token up to which it is acknowledged; null before the first one
 * @param lagMillis how old the oldest change is that was not acknowledged
 * @param lagBytes about how many bytes of changes were not acknowledged
 * @param retentionMillis how long they are kept
 * @param retentionBytes how many bytes of them are kept
 */
public record SubscriptionStatus(
    String name,
    String source,
    State state,
    @Nullable String acknowledged,
    long lagMillis,
    long lagBytes,
    long retentionMillis,
    long retentionBytes) {
  /** What a subscription does. */
  public enum State {
    /** Nobody reads it. */
    IDLE,
    /** Somebody reads it. */
    ACTIVE,
    /** Changes that were not acknowledged are no longer kept. */
    EXPIRED
  }
}
