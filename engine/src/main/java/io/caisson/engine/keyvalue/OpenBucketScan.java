package io.caisson.engine.keyvalue;

import io.caisson.Bucket;
import io.caisson.BucketScan;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.keyvalue.BucketEntry;
import io.caisson.model.keyvalue.KeySpan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** A scan of a bucket that is being put together. For one thread. */
final class OpenBucketScan implements BucketScan {
  private final OpenBucket bucket;
  private KeySpan span = KeySpan.ALL;
  private boolean reverse;
  private int limit = Integer.MAX_VALUE;

  OpenBucketScan(OpenBucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public BucketScan prefix(byte[] bytes) {
    span = new KeySpan(bytes, span.lower(), span.upper());
    return this;
  }

  @Override
  public BucketScan from(byte[] key) {
    span = new KeySpan(span.prefix(), new KeySpan.Bound(key, true), span.upper());
    return this;
  }

  @Override
  public BucketScan to(byte[] key) {
    span = new KeySpan(span.prefix(), span.lower(), new KeySpan.Bound(key, false));
    return this;
  }

  @Override
  public BucketScan reverse() {
    reverse = true;
    return this;
  }

  @Override
  public BucketScan limit(int entries) {
    if (entries < 0) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER, "LIMIT must not be negative, it is " + entries);
    }
    limit = entries;
    return this;
  }

  @Override
  public List<Bucket.Entry> execute() {
    return read(
        found -> {
          var entries = new ArrayList<Bucket.Entry>();
          while (entries.size() < limit && found.hasNext()) {
            entries.add(entry(found.next()));
          }
          return entries;
        });
  }

  @Override
  public long count() {
    return read(
        found -> {
          long count = 0;
          while (count < limit && found.hasNext()) {
            var unused = found.next();
            count++;
          }
          return count;
        });
  }

  private <T> T read(Function<Iterator<BucketEntry>, T> reader) {
    return bucket
        .scope()
        .read(
            transaction ->
                reader.apply(
                    bucket
                        .store()
                        .scan(transaction, bucket.definition(), span, reverse, bucket.now())));
  }

  private static Bucket.Entry entry(BucketEntry entry) {
    boolean lasts = entry.expiresMicros() == BucketEntry.NEVER;
    return new Bucket.Entry(
        entry.key(),
        entry.value(),
        lasts ? null : Instant.EPOCH.plus(entry.expiresMicros(), ChronoUnit.MICROS));
  }
}
