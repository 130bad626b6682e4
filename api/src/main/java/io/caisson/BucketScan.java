package io.caisson;

import io.caisson.error.CaissonException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which entries of a {@link Bucket} to read, put together step by step; without a step it is all of
 * them. For one thread.
 */
public interface BucketScan {
  /** Only keys that begin with some bytes. */
  BucketScan prefix(byte[] bytes);

  /** Only keys that begin with a text. */
  default BucketScan prefix(String text) {
    return prefix(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Only this key and those behind it. */
  BucketScan from(byte[] key);

  /** Only this key and those behind it. */
  default BucketScan from(String key) {
    return from(key.getBytes(StandardCharsets.UTF_8));
  }

  /** Only keys before this one. */
  BucketScan to(byte[] key);

  /** Only keys before this one. */
  default BucketScan to(String key) {
    return to(key.getBytes(StandardCharsets.UTF_8));
  }

  /** The largest key first. */
  BucketScan reverse();

  /**
   * At most this many entries.
   *
   * @throws CaissonException 22023 for a negative number
   */
  BucketScan limit(int entries);

  /** Reads the entries at one moment. */
  List<Bucket.Entry> execute();

  /** Counts the entries at one moment. */
  long count();
}
