package io.caisson.sql.run;

import io.caisson.catalog.IndexDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On which way to read a table: which keys of the primary key or of an index, in which order.
 * Immutable.
 *
 * @param index the index to go by, or null for the primary key
 * @param parts which parts of its keys, in its order and apart from each other; empty for none
 * @param reverse whether to go backwards
 * @param limit how many rows are wanted at most; 0 for all
 * @param covered whether the index holds all columns that are wanted
 * @param rows how many rows will be read, as it is guessed
 */
public record AccessPath(
    @Nullable IndexDefinition index,
    List<Part> parts,
    boolean reverse,
    long limit,
    boolean covered,
    double rows) {
  /** In place of a value: NULL. */
  public static final Object NULL = new Object();

  /** Copies the list. */
  public AccessPath {
    parts = List.copyOf(parts);
  }

  /**
   * A part of the keys: the first columns are given, the next may have bounds.
   *
   * @param prefix physical values of the first columns, or {@link #NULL}
   * @param lower bound of the next column, or null
   * @param upper bound of the next column, or null
   */
  public record Part(List<Object> prefix, @Nullable Bound lower, @Nullable Bound upper) {
    /** Copies the list. */
    public Part {
      prefix = List.copyOf(prefix);
    }
  }

  /**
   * An end of a part.
   *
   * @param value where it lies
   * @param inclusive whether the value itself belongs to it
   */
  public record Bound(Object value, boolean inclusive) {}
}
