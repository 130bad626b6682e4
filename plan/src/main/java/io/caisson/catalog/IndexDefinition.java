package io.caisson.catalog;

import io.caisson.type.SqlType;
import java.util.List;
import java.util.OptionalInt;

/**
 * An index of a table. Immutable.
 *
 * @param id its number within its table
 * @param name its name, among those of all relations
 * @param unique whether no two rows may have the same key without a NULL in it
 * @param constraint whether it is there for a UNIQUE constraint, with which it goes
 * @param keys what it is sorted by, at least one
 * @param included ids of further columns that it holds
 * @param state how far it is
 */
public record IndexDefinition(
    int id,
    String name,
    boolean unique,
    boolean constraint,
    List<IndexKey> keys,
    List<Integer> included,
    State state) {
  /** How far an index is. */
  public enum State {
    /** Writers maintain it, and rows from before are still being entered: it is not read yet. */
    BUILDING,
    /** It holds every row. */
    READABLE
  }

  /** Copies the lists. */
  public IndexDefinition {
    keys = List.copyOf(keys);
    included = List.copyOf(included);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("an index of nothing");
    }
  }

  /** Whether queries may read it. */
  public boolean readable() {
    return state == State.READABLE;
  }

  /** The same index, readable. */
  public IndexDefinition asReadable() {
    return new IndexDefinition(id, name, unique, constraint, keys, included, State.READABLE);
  }

  /** The same index under another number. */
  public IndexDefinition withId(int newId) {
    return new IndexDefinition(newId, name, unique, constraint, keys, included, state);
  }

  /** Whether it holds a column by itself, not inside of an expression. */
  public boolean holds(int column) {
    return included.contains(column)
        || keys.stream().anyMatch(key -> key.column().equals(OptionalInt.of(column)));
  }

  /** What an index is sorted by. */
  public sealed interface IndexKey {
    /** The id of the column, or empty for an expression. */
    OptionalInt column();

    /** Whether great values come first. */
    boolean descending();

    /** Whether NULL comes before all values. */
    boolean nullsFirst();
  }

  /**
   * A column of an index.
   *
   * @param id the column's id
   * @param descending whether great values come first
   * @param nullsFirst whether NULL comes before all values
   */
  public record ColumnKey(int id, boolean descending, boolean nullsFirst) implements IndexKey {
    @Override
    public OptionalInt column() {
      return OptionalInt.of(id);
    }
  }

  /**
   * An expression of an index.
   *
   * @param expression an expression of SQL over the table's columns
   * @param type the type of its value
   * @param descending whether great values come first
   * @param nullsFirst whether NULL comes before all values
   */
  public record ExpressionKey(
      String expression, SqlType type, boolean descending, boolean nullsFirst) implements IndexKey {
    @Override
    public OptionalInt column() {
      return OptionalInt.empty();
    }
  }
}
