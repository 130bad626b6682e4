package io.caisson.sql;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.sql.run.PreparedQuery;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What ALTER STREAM changes of a stream. Immutable. */
public sealed interface StreamChange {
  /**
   * ADD COLUMN.
   *
   * @param column the column
   * @param value a query of one row that is the value of rows which lack the column; null for NULL
   * @param ifNotExists whether a column of the name is no error
   */
  record AddColumn(ColumnDefinition column, @Nullable PreparedQuery value, boolean ifNotExists)
      implements StreamChange {}

  /**
   * RENAME TO.
   *
   * @param name the new name
   */
  record Rename(String name) implements StreamChange {}

  /**
   * RENAME COLUMN.
   *
   * @param column the column's name
   * @param name its new name
   */
  record RenameColumn(String column, String name) implements StreamChange {}

  /**
   * SET and RESET.
   *
   * @param options the new value of each option, or null where it is reset
   */
  record SetOptions(Map<String, @Nullable String> options) implements StreamChange {
    /** Copies the map. */
    public SetOptions {
      options = Collections.unmodifiableMap(new TreeMap<>(options));
    }
  }
}
