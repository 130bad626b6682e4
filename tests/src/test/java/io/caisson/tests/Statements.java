package io.caisson.tests;

import io.caisson.Result;
import io.caisson.Session;
import java.util.ArrayList;
import java.util.List;

/** Statements of tests that must succeed, and their rows as texts to compare. Stateless. */
public final class Statements {
  private Statements() {}

  /** Runs a statement to its end. */
  public static void run(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      result.iterator().forEachRemaining(row -> {});
    }
  }

  /** The rows of a query in no order: sorted as texts. */
  public static List<String> rows(Session session, String sql) {
    List<String> rows = rowsInOrder(session, sql);
    rows.sort(null);
    return rows;
  }

  /** The rows of a query as they come. */
  public static List<String> rowsInOrder(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      var rows = new ArrayList<String>();
      result.forEach(row -> rows.add(Values.texts(row).toString()));
      return rows;
    }
  }
}
