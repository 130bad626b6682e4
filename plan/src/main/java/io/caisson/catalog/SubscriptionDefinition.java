package io.caisson.catalog;

import java.util.List;

/**
 * A named subscription: it follows what a materialized view or a stream gains and loses, and
 * remembers up to where that was acknowledged. One to a table follows a view that has its rows.
 * Immutable.
 *
 * @param id its number
 * @param name its name
 * @param source the number of what it follows
 * @param snapshot whether it begins with the rows that are there already
 * @param retention how long, and how much of it, what was not acknowledged is kept for it
 */
public record SubscriptionDefinition(
    long id, String name, long source, boolean snapshot, Retention retention)
    implements CatalogObject {
  /** What is not acknowledged is kept for a day, unless the subscription says otherwise. */
  public static final long DEFAULT_AGE_MICROS = 86_400_000_000L;

  /** Up to a gigabyte of what is not acknowledged is kept, unless it says otherwise. */
  public static final long DEFAULT_BYTES = 1L << 30;

  /** Checks that there are limits. */
  public SubscriptionDefinition {
    if (retention.ageMicros().isEmpty() || retention.bytes().isEmpty()) {
      throw new IllegalArgumentException("a subscription without limits: " + retention);
    }
  }

  /** How long what was not acknowledged is kept, in microseconds. */
  public long ageMicros() {
    return retention.ageMicros().orElseThrow();
  }

  /** How many bytes of what was not acknowledged are kept. */
  public long bytes() {
    return retention.bytes().orElseThrow();
  }

  /** The same definition with its number, which the catalog gives on creation. */
  public SubscriptionDefinition withId(long newId) {
    return new SubscriptionDefinition(newId, name, source, snapshot, retention);
  }

  /** The same definition of what follows something else. */
  public SubscriptionDefinition withSource(long newSource) {
    return new SubscriptionDefinition(id, name, newSource, snapshot, retention);
  }

  /** The same definition with other limits. */
  public SubscriptionDefinition withRetention(Retention newRetention) {
    return new SubscriptionDefinition(id, name, source, snapshot, newRetention);
  }

  /** None: its rows are those of its source. */
  @Override
  public List<ColumnDefinition> columns() {
    return List.of();
  }

  @Override
  public List<Long> reads() {
    return List.of(source);
  }

  @Override
  public String kind() {
    return "SUBSCRIPTION";
  }
}
