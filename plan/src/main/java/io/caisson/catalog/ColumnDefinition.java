package io.caisson.catalog;

import io.caisson.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * A named column.
 *
 * @param name its name, as folded by SQL
 * @param type its type, including whether NULL is allowed
 * @param id its number within its table, by which rows know it whatever becomes of its name and
 *     place; {@link #UNNUMBERED} outside of tables
 * @param value where its value comes from if a row brings none, or null for NULL
 * @param missing what rows hold that were stored before the column was added, in physical form: a
 *     Long, a Double, a read-only ByteBuffer, or null for NULL
 * @param since the number that the catalog had given last when the column was added to its table:
 *     objects with a smaller one, or this, are older than the column; {@link #WITH_TABLE} for none
 */
public record ColumnDefinition(
    String name,
    SqlType type,
    int id,
    @Nullable ColumnValue value,
    @Nullable Object missing,
    long since) {
  /** For {@link #since}: the column came with its table. */
  public static final long WITH_TABLE = -1;

  /** The id of a column that has none. */
  public static final int UNNUMBERED = -1;

  /** A plain column. */
  public ColumnDefinition(String name, SqlType type) {
    this(name, type, UNNUMBERED, null, null, WITH_TABLE);
  }

  /** The same column under another name. */
  public ColumnDefinition withName(String newName) {
    return new ColumnDefinition(newName, type, id, value, missing, since);
  }

  /** The same column with another type. */
  public ColumnDefinition withType(SqlType newType) {
    return new ColumnDefinition(name, newType, id, value, missing, since);
  }

  /** The same column with another number. */
  public ColumnDefinition withId(int newId) {
    return new ColumnDefinition(name, type, newId, value, missing, since);
  }

  /** The same column with another source of values. */
  public ColumnDefinition withValue(@Nullable ColumnValue newValue) {
    return new ColumnDefinition(name, type, id, newValue, missing, since);
  }

  /** The same column with what older rows hold. */
  public ColumnDefinition withMissing(@Nullable Object newMissing) {
    return new ColumnDefinition(name, type, id, value, newMissing, since);
  }

  /** The same column, added when the catalog had given a number last. */
  public ColumnDefinition withSince(long newSince) {
    return new ColumnDefinition(name, type, id, value, missing, newSince);
  }

  /** Whether users do not see the column: it is the number of a row without a primary key. */
  public boolean hidden() {
    return value instanceof ColumnValue.RowNumber;
  }

  /** Whether the value is computed, of the row's other columns or when the row comes. */
  public boolean generated() {
    return value instanceof ColumnValue.Generated || value instanceof ColumnValue.Arrival;
  }

  /** Whether the value is a number that the database draws. */
  public boolean numbered() {
    return value instanceof ColumnValue.Identity || value instanceof ColumnValue.RowNumber;
  }
}
