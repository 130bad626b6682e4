package io.caisson;

import io.caisson.error.CaissonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, in the order of the keys' bytes. A bucket says once whether its keys are text or
 * bytes, and whether its values are text, bytes or counters; text is its UTF-8 bytes, so the
 * methods for text are short forms of those for bytes. Keys may have about 9,000 bytes, values 90
 * KB.
 *
 * <p>{@code put}, {@code delete}, {@code add}, {@code max} and {@code min} read nothing: any number
 * of writers of the same key commit without conflicts, and the last one stands. Changes are durable
 * when the call returns. Thread-safe, but that of a transaction is for one thread.
 */
public interface Bucket {
  /** The bucket's name. */
  String name();

  /** The value of a key; empty where there is none, or where its time is over. */
  Optional<byte[]> get(byte[] key);

  /** The value of a key as text. */
  default Optional<String> get(String key) {
    return get(utf8(key)).map(value -> new String(value, StandardCharsets.UTF_8));
  }

  /**
   * Writes a value, whatever was there. It ends after the bucket's time to live, if it has one.
   *
   * @throws CaissonException 54001 for a key or value that is too long, 22P02 for bytes that are no
   *     text where the bucket's are, 42809 in a bucket of counters
   */
  void put(byte[] key, byte[] value);

  /** Writes a text; as {@link #put(byte[], byte[])}. */
  default void put(String key, String value) {
    put(utf8(key), utf8(value));
  }

  /**
   * Writes a value that ends after a time of its own.
   *
   * @param timeToLive above zero
   * @throws CaissonException as {@link #put(byte[], byte[])} does; 22023 for a time that is not
   *     above zero
   */
  void put(byte[] key, byte[] value, Duration timeToLive);

  /** Writes a text that ends after a time of its own. */
  default void put(String key, String value, Duration timeToLive) {
    put(utf8(key), utf8(value), timeToLive);
  }

  /** Removes a value, if there is one. */
  void delete(byte[] key);

  /** Removes a value, if there is one. */
  default void delete(String key) {
    delete(utf8(key));
  }

  /**
   * Writes or removes a value if the value that is there is what is expected.
   *
   * @param expected the value that must be there; null for none
   * @param update the value to write; null to remove
   * @return whether it was so and the value is written
   */
  boolean compareAndSet(byte[] key, byte @Nullable [] expected, byte @Nullable [] update);

  /** Writes or removes a text if the text that is there is what is expected. */
  default boolean compareAndSet(String key, @Nullable String expected, @Nullable String update) {
    return compareAndSet(
        utf8(key), expected == null ? null : utf8(expected), update == null ? null : utf8(update));
  }

  /** The number of a counter; empty where there is none, or where its time is over. */
  OptionalLong counter(byte[] key);

  /** The number of a counter. */
  default OptionalLong counter(String key) {
    return counter(utf8(key));
  }

  /**
   * Sets a counter.
   *
   * @throws CaissonException 42809 in a bucket of other values
   */
  void set(byte[] key, long number);

  /** Sets a counter. */
  default void set(String key, long number) {
    set(utf8(key), number);
  }

  /**
   * Adds to a counter; one that is not there counts as zero. Beyond 64 bits it wraps around. In a
   * bucket with a time to live the counter's time begins when it does, and it is read for that.
   *
   * @throws CaissonException 42809 in a bucket of other values
   */
  void add(byte[] key, long number);

  /** Adds to a counter. */
  default void add(String key, long number) {
    add(utf8(key), number);
  }

  /** Raises a counter to at least a number; one that is not there becomes the number. */
  void max(byte[] key, long number);

  /** Raises a counter to at least a number. */
  default void max(String key, long number) {
    max(utf8(key), number);
  }

  /** Lowers a counter to at most a number; one that is not there becomes the number. */
  void min(byte[] key, long number);

  /** Lowers a counter to at most a number. */
  default void min(String key, long number) {
    min(utf8(key), number);
  }

  /** The entries, or a part of them, in order. */
  BucketScan scan();

  /**
   * A future that completes when the entry of a key changes after this call. It may miss a change
   * that is undone before anyone looks, and it may complete for no change: read the value then. The
   * end of an entry's time counts as a change when its bytes are cleared, about a second later.
   * Cancelling the future gives up the watch. In a transaction it begins when that commits.
   */
  CompletableFuture<Void> watch(byte[] key);

  /** A future that completes when the entry of a key changes. */
  default CompletableFuture<Void> watch(String key) {
    return watch(utf8(key));
  }

  /**
   * An entry.
   *
   * @param key its key
   * @param value its value: byte[], or Long in a bucket of counters
   * @param expiresAt when it ends, or null for never
   */
  record Entry(byte[] key, Object value, @Nullable Instant expiresAt) {
    /** The key as text. */
    public String keyText() {
      return new String(key, StandardCharsets.UTF_8);
    }

    /** The value as text; a counter in digits. */
    public String valueText() {
      return value instanceof byte[] bytes
          ? new String(bytes, StandardCharsets.UTF_8)
          : value.toString();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
