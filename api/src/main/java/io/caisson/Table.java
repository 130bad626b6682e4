package io.caisson;

import io.caisson.error.CaissonException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table with a schema, without SQL. Every call is a transaction of its own, but those of a
 * transaction are part of it; checks and errors are those that SQL has. Values are of the Java
 * classes that the columns' types name ({@link io.caisson.type.TypeKind#javaClass()}); numbers may
 * be of other classes where they fit. Thread-safe, but that of a transaction is for one thread.
 */
public interface Table {
  /** The table's name. */
  String name();

  /**
   * The row of a primary key.
   *
   * @param key the values of the key's columns, in its order
   * @throws CaissonException 42804 when the values do not fit the key's columns
   */
  Optional<Row> get(Object... key);

  /**
   * Inserts a row; columns that are not named get their defaults.
   *
   * @param values values by column; null for NULL
   * @return the row as it was stored
   * @throws CaissonException 23505 when its key is taken, 23502, 23503 and 23514 for other
   *     constraints, 42703 for an unknown column, 42804 for a value of another type, 428C9 for a
   *     value that only the table makes
   */
  Row insert(Map<String, ? extends @Nullable Object> values);

  /**
   * Changes some columns of a row.
   *
   * @param changes new values by column
   * @param key the row's primary key
   * @return whether there is such a row
   * @throws CaissonException as {@link #insert} does
   */
  boolean update(Map<String, ? extends @Nullable Object> changes, Object... key);

  /**
   * Inserts a row, or changes the named columns of the row that has its primary key.
   *
   * @param values values by column, all of the primary key's among them
   * @return the row as it was stored
   * @throws CaissonException as {@link #insert} does
   */
  Row upsert(Map<String, ? extends @Nullable Object> values);

  /**
   * Deletes a row.
   *
   * @param key the row's primary key
   * @return whether there was such a row
   * @throws CaissonException 23503 when rows of other tables refer to it
   */
  boolean delete(Object... key);

  /**
   * The rows whose primary key begins with some values, in its order, as they are at this moment.
   *
   * @param prefix values of the first columns of the key; none for all rows
   * @return the rows, to be closed unless read to the end
   */
  Result scan(Object... prefix);

  /**
   * The rows of a range of the primary key, in its order, as they are at this moment.
   *
   * @param from the least value of the column behind the prefix, or null for no bound
   * @param to the first value that is too great, or null for no bound
   * @param prefix values of the first columns of the key
   * @return the rows, to be closed unless read to the end
   */
  Result range(@Nullable Object from, @Nullable Object to, Object... prefix);
}
