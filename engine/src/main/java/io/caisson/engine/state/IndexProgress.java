package io.caisson.engine.state;

import org.jspecify.annotations.Nullable;

/**
 * How far an index of a view is built. Immutable; the row is not copied.
 *
 * @param mark the last row of the view that is entered, as the view encodes it; empty for none,
 *     null where all are
 */
public record IndexProgress(byte @Nullable [] mark) {
  /** All rows are entered. */
  public static final IndexProgress COMPLETE = new IndexProgress(null);

  /** No row is entered. */
  public static final IndexProgress NONE = new IndexProgress(new byte[0]);

  /** Whether all rows are entered. */
  public boolean complete() {
    return mark == null;
  }
}
