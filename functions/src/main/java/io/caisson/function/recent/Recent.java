package io.caisson.function.recent;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * What was read from texts, kept as long as a few of them are in use: the last ones lie in a small
 * table by their hash. Thread-safe.
 */
public final class Recent<T> {
  private static final int SLOTS = 64;

  private final AtomicReferenceArray<Entry<T>> slots = new AtomicReferenceArray<>(SLOTS);
  private final Function<String, T> read;

  private record Entry<T>(String text, T value) {}

  /**
   * Nothing is read yet.
   *
   * @param read reads a text; what it throws is thrown by {@link #of}, each time
   */
  public Recent(Function<String, T> read) {
    this.read = read;
  }

  /** What a text says. */
  public T of(String text) {
    int slot = text.hashCode() & (SLOTS - 1);
    Entry<T> known = slots.get(slot);
    if (known != null && known.text.equals(text)) {
      return known.value;
    }
    T value = read.apply(text);
    slots.set(slot, new Entry<>(text, value));
    return value;
  }
}
