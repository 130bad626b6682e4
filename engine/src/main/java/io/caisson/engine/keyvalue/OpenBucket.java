package io.caisson.engine.keyvalue;

import com.apple.foundationdb.Transaction;
import io.caisson.Bucket;
import io.caisson.BucketScan;
import io.caisson.catalog.BucketDefinition;
import io.caisson.engine.scope.Scope;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.keyvalue.BucketEntry;
import io.caisson.model.keyvalue.BucketStore;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bucket whose changes go where its scope says. As thread-safe as that. */
final class OpenBucket implements Bucket {
  private static final Duration LONGEST = Duration.of(1L << 61, ChronoUnit.MICROS);

  private final Buckets buckets;
  private final BucketDefinition definition;
  private final Scope scope;

  OpenBucket(Buckets buckets, BucketDefinition definition, Scope scope) {
    this.buckets = buckets;
    this.definition = definition;
    this.scope = scope;
  }

  BucketStore store() {
    return buckets.store();
  }

  BucketDefinition definition() {
    return definition;
  }

  Scope scope() {
    return scope;
  }

  long now() {
    return buckets.clock().wallMicros();
  }

  @Override
  public String name() {
    return definition.name();
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    if (definition.counts()) {
      throw new CaissonException(
              SqlState.WRONG_OBJECT_TYPE, "bucket \"" + name() + "\" holds counters")
          .withHint("Read them with counter(key).");
    }
    return find(key).map(entry -> (byte[]) entry.value());
  }

  private Optional<BucketEntry> find(byte[] key) {
    return scope.read(transaction -> store().get(transaction, definition, key, now()));
  }

  private long defaultEnd() {
    return definition.ttlMicros() == 0 ? BucketEntry.NEVER : now() + definition.ttlMicros();
  }

  @Override
  public void put(byte[] key, byte[] value) {
    put(new BucketEntry(key, value, defaultEnd()));
  }

  @Override
  public void put(byte[] key, byte[] value, Duration timeToLive) {
    put(new BucketEntry(key, value, now() + micros(timeToLive)));
  }

  /** The microseconds of a time to live. */
  static long micros(Duration timeToLive) {
    boolean fits = timeToLive.compareTo(LONGEST) < 0;
    long micros = fits ? timeToLive.dividedBy(ChronoUnit.MICROS.getDuration()) : 0;
    if (micros <= 0) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER, "a time to live of " + timeToLive + " is not possible");
    }
    return micros;
  }

  private void put(BucketEntry entry) {
    change(transaction -> store().put(transaction, definition, entry));
  }

  private void change(Consumer<Transaction> body) {
    boolean unused =
        scope.change(
            transaction -> {
              body.accept(transaction);
              return true;
            });
  }

  @Override
  public void delete(byte[] key) {
    change(transaction -> store().delete(transaction, definition, key));
  }

  @Override
  public boolean compareAndSet(byte[] key, byte @Nullable [] expected, byte @Nullable [] update) {
    return scope.change(
        transaction ->
            store()
                .compareAndSet(
                    transaction,
                    definition,
                    key,
                    expected,
                    update == null ? null : new BucketEntry(key, update, defaultEnd()),
                    now()));
  }

  @Override
  public OptionalLong counter(byte[] key) {
    checkCounts();
    return find(key).stream().mapToLong(entry -> (Long) entry.value()).findFirst();
  }

  private void checkCounts() {
    if (!definition.counts()) {
      throw BucketStore.noCounters(definition);
    }
  }

  @Override
  public void set(byte[] key, long number) {
    checkCounts();
    put(new BucketEntry(key, number, defaultEnd()));
  }

  @Override
  public void add(byte[] key, long number) {
    change(key, BucketStore.Change.ADD, number);
  }

  @Override
  public void max(byte[] key, long number) {
    change(key, BucketStore.Change.MAX, number);
  }

  @Override
  public void min(byte[] key, long number) {
    change(key, BucketStore.Change.MIN, number);
  }

  private void change(byte[] key, BucketStore.Change change, long number) {
    change(transaction -> store().change(transaction, definition, key, change, number, now()));
  }

  @Override
  public BucketScan scan() {
    return new OpenBucketScan(this);
  }

  @Override
  public CompletableFuture<Void> watch(byte[] key) {
    return scope.change(transaction -> store().watch(transaction, definition, key));
  }
}
