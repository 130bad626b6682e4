package io.caisson.tests.queries;

import io.caisson.Caisson;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import java.nio.file.Path;
import java.util.List;

/**
 * A program for a small heap: asks for more rows at once than fit into it and prints what each
 * query came to, a line each. Stateless.
 */
final class LargeQueries {
  private static final String NUMBERS =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) ";

  /** Each of them keeps all rows. */
  static final List<String> TOO_LARGE =
      List.of(
          "SELECT i, CAST(i AS TEXT) FROM n ORDER BY 2",
          "SELECT COUNT(*) FROM n a JOIN n b ON a.i = b.i",
          "SELECT i, COUNT(*) FROM n GROUP BY i",
          "SELECT i, SUM(i) OVER (ORDER BY i) FROM n",
          "SELECT i FROM n UNION SELECT i FROM n",
          "SELECT DISTINCT i FROM n",
          "SELECT COUNT(DISTINCT i) FROM n",
          "SELECT STRING_AGG(CAST(i AS TEXT), ',') FROM n");

  private LargeQueries() {}

  /** Runs the queries on a store in the directory that is named. */
  public static void main(String[] arguments) {
    try (Caisson caisson = Caisson.open(Path.of(arguments[0]));
        Session session = caisson.database("test").session()) {
      for (String query : TOO_LARGE) {
        System.out.println(outcome(session, query));
      }
      System.out.println(outcome(session, "SELECT COUNT(*), SUM(i) FROM n"));
    }
  }

  private static String outcome(Session session, String query) {
    try (Result result = session.execute(NUMBERS + query)) {
      return result.toList().size() + " rows";
    } catch (CaissonException e) {
      return e.state().code();
    }
  }
}
