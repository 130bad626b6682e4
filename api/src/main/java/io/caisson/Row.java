package io.caisson;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of named values. Immutable as long as its values are; thread-safe. */
public final class Row {
  private final List<String> names;
  private final @Nullable Object[] values;

  /**
   * A row.
   *
   * @param names the columns' names; shared, not copied
   * @param values the values in the same order; not copied
   */
  public Row(List<String> names, @Nullable Object[] values) {
    if (names.size() != values.length) {
      throw new IllegalArgumentException(names.size() + " names, " + values.length + " values");
    }
    this.names = names;
    this.values = values;
  }

  /** The columns' names in order. */
  public List<String> names() {
    return names;
  }

  /** How many columns. */
  public int size() {
    return values.length;
  }

  /** The value of a column by its position from 0; null for NULL. */
  public @Nullable Object get(int index) {
    return values[index];
  }

  /**
   * The value of a column by its name; null for NULL.
   *
   * @throws CaissonException 42703 when there is no such column
   */
  public @Nullable Object get(String name) {
    return values[index(name)];
  }

  /** The value of a numeric column as a long. */
  public long getLong(String name) {
    return number(name).longValue();
  }

  /** The value of a numeric column as a double. */
  public double getDouble(String name) {
    return number(name).doubleValue();
  }

  /** The value of a column as text; null for NULL. */
  public @Nullable String getString(String name) {
    Object value = get(name);
    return value == null ? null : value.toString();
  }

  private Number number(String name) {
    if (get(name) instanceof Number number) {
      return number;
    }
    throw new CaissonException(
        SqlState.DATATYPE_MISMATCH, "column \"" + name + "\" holds no number: " + get(name));
  }

  private int index(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new CaissonException(
              SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist")
          .withHint("the row has " + String.join(", ", names));
    }
    return index;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Row row
        && names.equals(row.names)
        && Arrays.deepEquals(values, row.values);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Arrays.deepHashCode(values);
  }

  /** The row as {@code {name=value, …}}. */
  @Override
  public String toString() {
    var text = new StringBuilder("{");
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ", ").append(names.get(i)).append('=').append(values[i]);
    }
    return text.append('}').toString();
  }
}
