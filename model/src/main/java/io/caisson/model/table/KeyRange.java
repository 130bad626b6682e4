package io.caisson.model.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a table or an index, by key: the first columns of the key are given, the next may
 * have bounds. Values are physical: Long, Double, String or byte[], and in an index {@link #NULL}.
 * A part with a bound has no NULL in the column of the bound. Immutable.
 *
 * @param prefix the values of the first key columns; empty for all
 * @param lower bound of the next key column, or null
 * @param upper bound of the next key column, or null
 */
public record KeyRange(List<Object> prefix, @Nullable Bound lower, @Nullable Bound upper) {
  /** In place of a value: NULL. */
  public static final Object NULL = new Object();

  /** The whole table. */
  public static final KeyRange ALL = new KeyRange(List.of(), null, null);

  /** Copies the list. */
  public KeyRange {
    prefix = List.copyOf(prefix);
  }

  /** The rows whose key begins with the given values. */
  public static KeyRange startingWith(Object... values) {
    return new KeyRange(List.of(values), null, null);
  }

  /**
   * An end of a range.
   *
   * @param value where it lies
   * @param inclusive whether the value itself belongs to the range
   */
  public record Bound(Object value, boolean inclusive) {}
}
