package io.caisson.model.keyvalue;

import com.apple.foundationdb.Range;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.BucketDefinition;
import java.util.Arrays;

/**
 * Keys of a bucket's entries. Immutable and thread-safe.
 *
 * <pre>
 * (bucket, 0, key)         → value ({@link BucketValues})
 * (bucket, 1, end, key)    → nothing: an entry of that key was to end then, in microseconds
 * </pre>
 */
final class BucketKeys {
  private static final byte[] BEHIND = {(byte) 0xFF};
  private static final int END = 0;
  private static final int ENDING_KEY = 1;

  private final Subspace entries;
  private final Subspace ends;

  BucketKeys(Subspace kv, BucketDefinition bucket) {
    entries = kv.get(Tuple.from(bucket.id(), 0));
    ends = kv.get(Tuple.from(bucket.id(), 1));
  }

  byte[] entry(byte[] key) {
    return entries.pack(Tuple.from((Object) key));
  }

  /** The key in the key of an entry. */
  byte[] key(byte[] entry) {
    return entries.unpack(entry).getBytes(0);
  }

  Range of(KeySpan span) {
    Range range = startingWith(span.prefix());
    byte[] begin = range.begin;
    byte[] end = range.end;
    if (span.lower() != null) {
      byte[] bound = entry(span.lower().key());
      begin = later(begin, span.lower().inclusive() ? bound : ByteArrayUtil.join(bound, BEHIND));
    }
    if (span.upper() != null) {
      byte[] bound = entry(span.upper().key());
      end = earlier(end, span.upper().inclusive() ? ByteArrayUtil.join(bound, BEHIND) : bound);
    }
    return ByteArrayUtil.compareUnsigned(begin, end) <= 0
        ? new Range(begin, end)
        : new Range(begin, begin);
  }

  private Range startingWith(byte[] prefix) {
    if (prefix.length == 0) {
      return entries.range();
    }
    byte[] whole = entry(prefix);
    byte[] open = Arrays.copyOf(whole, whole.length - 1); // without the end of the byte string
    return new Range(open, ByteArrayUtil.strinc(open));
  }

  private static byte[] later(byte[] a, byte[] b) {
    return ByteArrayUtil.compareUnsigned(a, b) >= 0 ? a : b;
  }

  private static byte[] earlier(byte[] a, byte[] b) {
    return ByteArrayUtil.compareUnsigned(a, b) <= 0 ? a : b;
  }

  byte[] end(long micros, byte[] key) {
    return ends.pack(Tuple.from(micros, key));
  }

  /** Everything that was to end by a moment. */
  Range endsBy(long micros) {
    return new Range(ends.range().begin, ends.pack(Tuple.from(micros + 1)));
  }

  /** Everything that is to end at all. */
  Range ends() {
    return ends.range();
  }

  long endOf(byte[] end) {
    return ends.unpack(end).getLong(END);
  }

  byte[] endingKey(byte[] end) {
    return ends.unpack(end).getBytes(ENDING_KEY);
  }
}
