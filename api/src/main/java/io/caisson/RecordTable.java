package io.caisson;

import io.caisson.error.CaissonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of records without a schema: each has a record type and named fields. Thread-safe, but
 * that of a transaction is for one thread.
 */
public interface RecordTable {
  /** The table's name. */
  String name();

  /**
   * Adds a record. It is durable when the call returns.
   *
   * @param recordType what the record is, {@code "event"} for example
   * @param fields its fields: numbers, text, booleans, null, and lists and maps of these
   * @throws CaissonException 42804 for a value that can't be kept, 54001 for a record over 90 KB
   */
  void insert(String recordType, Map<String, ? extends @Nullable Object> fields);

  /** A query over all records; without names it answers every field. */
  RecordQuery select(String... fields);

  /** How many records there are. */
  long count();

  /**
   * Removes the records that fulfil a condition, and answers how many; each page of them at once.
   *
   * @throws CaissonException 42602 for a text that is no path, 22023 for a bad pattern
   */
  long delete(Filter condition);

  /**
   * Changes fields of the records that fulfil a condition, and answers how many; each page of them
   * at once. A field whose new value is null is null then; to be without it, write the record anew.
   *
   * @throws CaissonException as {@link #insert} and {@link #delete} do
   */
  long update(Filter condition, Map<String, ? extends @Nullable Object> changes);
}
