package io.caisson.engine.keyvalue;

import io.caisson.Bucket;
import io.caisson.BucketOptions;
import io.caisson.catalog.BucketDefinition;
import io.caisson.engine.scope.Scope;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.keyvalue.BucketStore;
import io.caisson.time.Clock;
import java.time.Duration;

/**
 * The buckets of a database. Thread-safe.
 *
 * @param store where entries are kept
 * @param clock says which entries are over
 * @param onUse is told when a bucket is opened
 */
public record Buckets(BucketStore store, Clock clock, Runnable onUse) {
  /** The bucket of a definition, whose changes go where the scope says. */
  public Bucket open(BucketDefinition definition, Scope scope) {
    onUse.run();
    return new OpenBucket(this, definition, scope);
  }

  /**
   * The definition of a new bucket.
   *
   * @throws CaissonException 22023 for options that no bucket has
   */
  public static BucketDefinition definition(String name, BucketOptions options) {
    Duration time = options.timeToLive();
    long micros = time == null ? 0 : OpenBucket.micros(time);
    try {
      return new BucketDefinition(0, name, options.keys(), options.values(), micros);
    } catch (IllegalArgumentException e) {
      throw new CaissonException(
              SqlState.INVALID_PARAMETER,
              "a bucket can't hold " + options.values().sql() + " by " + options.keys().sql(),
              e)
          .withHint("Keys are TEXT or BYTEA, values TEXT, BYTEA or BIGINT.");
    }
  }
}
