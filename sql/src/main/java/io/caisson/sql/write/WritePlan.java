package io.caisson.sql.write;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.KeyedObject;
import io.caisson.sql.run.PreparedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A statement that changes rows, planned: queries that say which rows and what becomes of them.
 * Immutable.
 *
 * <p>All of them speak of a <em>scope</em>: the columns of the target and behind them those that
 * FROM, USING or {@code excluded} add. A {@link RowsQuery} computes values of rows of the scope.
 */
public sealed interface WritePlan {
  /** What is changed; of several the first. */
  CatalogObject target();

  /** What to answer of the rows, or null for nothing. */
  @Nullable RowsQuery returning();

  /** The statement's first words. */
  default String command() {
    return this instanceof Truncate
        ? "TRUNCATE TABLE"
        : getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  /** All queries that it runs. */
  default List<PreparedQuery> queries() {
    var queries = new ArrayList<PreparedQuery>();
    if (returning() != null) {
      queries.add(returning().query());
    }
    if (this instanceof Insert insert) {
      queries.add(insert.source());
      if (insert.onConflict() != null && insert.onConflict().values() != null) {
        queries.add(insert.onConflict().values().query());
      }
    } else if (this instanceof Update update) {
      queries.add(update.source());
    } else if (this instanceof Delete delete) {
      queries.add(delete.source());
    } else if (this instanceof Merge merge) {
      queries.add(merge.source());
      for (Action action : merge.actions()) {
        if (action.values() != null) {
          queries.add(action.values().query());
        }
      }
    }
    return queries;
  }

  /**
   * INSERT.
   *
   * @param target a stream or what has keys; a table without a schema with the fields that the
   *     statement names
   * @param columns position in the target of each column of the source
   * @param source rows with Java values of the target's types; columns that it lacks get their
   *     defaults
   * @param onConflict what to do with rows whose key is taken, or null for an error
   * @param returning computes, of the rows that were stored, what to answer
   */
  record Insert(
      CatalogObject target,
      int[] columns,
      PreparedQuery source,
      @Nullable OnConflict onConflict,
      @Nullable RowsQuery returning)
      implements WritePlan {}

  /**
   * ON CONFLICT.
   *
   * @param keys in which keys rows may conflict; one for DO UPDATE
   * @param columns positions of the columns that DO UPDATE sets; empty for DO NOTHING
   * @param values computes, of old and new row together, whether to update and the values; null for
   *     DO NOTHING
   */
  record OnConflict(List<ConflictKey> keys, int[] columns, @Nullable RowsQuery values) {
    /** Copies the list. */
    public OnConflict {
      keys = List.copyOf(keys);
    }
  }

  /**
   * UPDATE.
   *
   * @param target what is changed; a table without a schema with the fields that the statement
   *     names
   * @param source rows of the scope, behind each the new values
   * @param columns positions of the columns that get the new values
   * @param returning computes, of rows of the scope with the new values, what to answer
   */
  record Update(
      KeyedObject target, PreparedQuery source, int[] columns, @Nullable RowsQuery returning)
      implements WritePlan {}

  /**
   * DELETE.
   *
   * @param target what is changed; a table without a schema with the fields that the statement
   *     names
   * @param source rows of the scope
   * @param returning computes, of rows of the scope, what to answer
   */
  record Delete(KeyedObject target, PreparedQuery source, @Nullable RowsQuery returning)
      implements WritePlan {}

  /**
   * TRUNCATE.
   *
   * @param objects what is emptied, at least one
   */
  record Truncate(List<KeyedObject> objects) implements WritePlan {
    /** Copies the list. */
    public Truncate {
      objects = List.copyOf(objects);
    }

    @Override
    public CatalogObject target() {
      return objects.get(0);
    }

    @Override
    public @Nullable RowsQuery returning() {
      return null;
    }
  }

  /**
   * MERGE.
   *
   * @param target what is changed; a table without a schema with the fields that the statement
   *     names
   * @param source rows of the scope, the target's columns NULL where no row matched, behind each
   *     the index of what to do with it, or -1
   * @param actions what to do
   * @param returning computes, of rows of the scope as they are afterwards, what to answer
   */
  record Merge(
      KeyedObject target, PreparedQuery source, List<Action> actions, @Nullable RowsQuery returning)
      implements WritePlan {
    /** Copies the list. */
    public Merge {
      actions = List.copyOf(actions);
    }
  }

  /** What MERGE does with a row. */
  enum ActionKind {
    INSERT,
    UPDATE,
    DELETE,
    NOTHING
  }

  /**
   * What MERGE does with the rows of one WHEN.
   *
   * @param kind what
   * @param columns positions of the columns that get values
   * @param values computes the values of rows of the scope; null where there are none
   */
  record Action(ActionKind kind, int[] columns, @Nullable RowsQuery values) {}
}
