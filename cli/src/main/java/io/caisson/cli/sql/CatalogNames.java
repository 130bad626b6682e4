package io.caisson.cli.sql;

import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of what the database holds, read when completion first asks for them after a statement.
 * For the prompt's thread, which runs no statement while it completes.
 */
final class CatalogNames {
  private final Session session;
  private final Map<String, List<String>> columns = new HashMap<>();
  private @Nullable List<String> objects;

  CatalogNames(Session session) {
    this.session = session;
  }

  /** Reads anew at the next call. */
  void forget() {
    objects = null;
    columns.clear();
  }

  /** Streams, tables and views. */
  List<String> objects() {
    if (objects == null) {
      objects = firstColumn("SHOW ALL", "name");
    }
    return objects;
  }

  /** The columns of one of them. */
  List<String> columns(String object) {
    return columns.computeIfAbsent(
        object, name -> firstColumn("SHOW COLUMNS FROM \"" + name + "\"", null));
  }

  // Completion is a courtesy: what can't be read is not offered, and nobody is told.
  private List<String> firstColumn(String statement, @Nullable String column) {
    var names = new ArrayList<String>();
    try (Result result = session.execute(statement)) {
      for (Row row : result) {
        names.add(String.valueOf(column == null ? row.get(0) : row.get(column)));
      }
    } catch (CaissonException e) {
      names.clear();
    }
    return names;
  }
}
