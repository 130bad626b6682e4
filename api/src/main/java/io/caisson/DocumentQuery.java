package io.caisson;

import io.caisson.error.CaissonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query over a {@link DocumentCollection}, put together step by step. Documents are filtered
 * while they are read, at one moment; without an order they come in that of their ids. Conditions
 * on an indexed path read only what the index says. For one thread.
 */
public interface DocumentQuery {
  /**
   * Orders by the value at a path: numbers, then text, then booleans, then the rest, and documents
   * without it last; several calls order further.
   *
   * @throws CaissonException 42602 for a text that is no path
   */
  DocumentQuery orderBy(String path);

  /** Orders by the value at a path the other way round, documents without it first. */
  DocumentQuery orderByDescending(String path);

  /**
   * Answers at most this many documents.
   *
   * @throws CaissonException 22023 for a negative number
   */
  DocumentQuery limit(int documents);

  /** Runs the query. */
  List<Map<String, @Nullable Object>> execute();

  /** Runs the query for its first document. */
  Optional<Map<String, @Nullable Object>> first();

  /** How many documents fulfil the conditions. */
  long count();

  /**
   * Removes the documents that fulfil the conditions, and answers how many; each page of them at
   * once.
   */
  long delete();

  /**
   * Changes the documents that fulfil the conditions as {@link DocumentCollection#patch} does, and
   * answers how many; each page of them at once.
   */
  long patch(Map<String, ? extends @Nullable Object> changes);
}
