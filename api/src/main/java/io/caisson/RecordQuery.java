package io.caisson;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query over a {@link RecordTable}, put together step by step. For one thread. */
public interface RecordQuery {
  /** Keeps records of one type only. */
  RecordQuery ofType(String recordType);

  /** Keeps records whose field equals a value (numbers by value); several calls must all hold. */
  RecordQuery where(String field, @Nullable Object value);

  /** Orders by a field, ascending, records without it last; several calls order further. */
  RecordQuery orderBy(String field);

  /** Answers at most this many rows. */
  RecordQuery limit(int rows);

  /** Runs the query at one moment. Fields that a record lacks are null. */
  List<Row> execute();
}
