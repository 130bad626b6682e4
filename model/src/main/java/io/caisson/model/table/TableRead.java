package io.caisson.model.table;

import io.caisson.catalog.IndexDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table to read, and on which way. Immutable.
 *
 * @param index the index to go by, or null for the primary key
 * @param parts which parts of its keys, in its order and apart from each other
 * @param reverse whether to go backwards, through the parts too
 * @param limit how many rows to read at most; 0 for all
 * @param covered whether the index holds all columns that are wanted; the others are NULL then
 * @param columns positions of the columns to read, each once; null for all
 */
public record TableRead(
    @Nullable IndexDefinition index,
    List<KeyRange> parts,
    boolean reverse,
    long limit,
    boolean covered,
    int @Nullable [] columns) {
  /** Copies the list. */
  public TableRead {
    parts = List.copyOf(parts);
    if (limit < 0 || (covered && index == null)) {
      throw new IllegalArgumentException("limit " + limit + ", covered " + covered);
    }
  }

  /** A read of all columns. */
  public TableRead(
      @Nullable IndexDefinition index,
      List<KeyRange> parts,
      boolean reverse,
      long limit,
      boolean covered) {
    this(index, parts, reverse, limit, covered, null);
  }

  /** The same read of some columns only, in the given order. */
  public TableRead ofColumns(int... wanted) {
    return new TableRead(index, parts, reverse, limit, covered, wanted);
  }

  /** All rows of a part of the table, in the primary key's order. */
  public static TableRead of(KeyRange part) {
    return new TableRead(null, List.of(part), false, 0, false);
  }
}
