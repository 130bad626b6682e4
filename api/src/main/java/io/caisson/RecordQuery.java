package io.caisson;

import io.caisson.error.CaissonException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query over a {@link RecordTable}, put together step by step. Records are filtered while they
 * are read; without an order they come in that of their making. For one thread.
 */
public interface RecordQuery {
  /** Keeps records of one type only. */
  RecordQuery ofType(String recordType);

  /**
   * Keeps records whose field of exactly this name equals a value (numbers by value); several calls
   * must all hold.
   */
  RecordQuery where(String field, @Nullable Object value);

  /**
   * Keeps records that fulfil a condition; several calls must all hold.
   *
   * @throws CaissonException 42602 for a text that is no path, 22023 for a bad pattern
   */
  RecordQuery where(Filter condition);

  /** Orders by a field, ascending, records without it last; several calls order further. */
  RecordQuery orderBy(String field);

  /** Orders by a field the other way round, records without it first. */
  RecordQuery orderByDescending(String field);

  /**
   * Answers at most this many rows.
   *
   * @throws CaissonException 22023 for a negative number
   */
  RecordQuery limit(int rows);

  /** Runs the query at one moment. Fields that a record lacks are null. */
  List<Row> execute();

  /** How many records fulfil the conditions, at one moment. */
  long count();
}
