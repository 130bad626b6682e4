package io.caisson;

import io.caisson.error.CaissonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of records without a schema: each has a record type and named fields. Thread-safe. */
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
}
