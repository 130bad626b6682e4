package io.caisson.model.keyvalue;

import org.jspecify.annotations.Nullable;

/**
 * Which entries of a bucket, by their keys in the order of unsigned bytes. Immutable as long as
 * nobody changes the arrays.
 *
 * @param prefix what the keys begin with; empty for all
 * @param lower where it begins, or null for the first
 * @param upper where it ends, or null for the last
 */
public record KeySpan(byte[] prefix, @Nullable Bound lower, @Nullable Bound upper) {
  /** The whole bucket. */
  public static final KeySpan ALL = new KeySpan(new byte[0], null, null);

  /** The entries whose keys begin with some bytes. */
  public static KeySpan startingWith(byte[] prefix) {
    return new KeySpan(prefix, null, null);
  }

  /** The entries from one key on up to before another. */
  public static KeySpan between(byte[] from, byte[] to) {
    return new KeySpan(new byte[0], new Bound(from, true), new Bound(to, false));
  }

  /** What is left of it behind a key, in either direction. */
  public KeySpan behind(byte[] key, boolean reverse) {
    var bound = new Bound(key, false);
    return reverse ? new KeySpan(prefix, lower, bound) : new KeySpan(prefix, bound, upper);
  }

  /**
   * An end of a span.
   *
   * @param key where it lies
   * @param inclusive whether the entry of that key belongs to the span
   */
  public record Bound(byte[] key, boolean inclusive) {}
}
