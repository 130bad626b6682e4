package io.caisson.tests.scenario;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One step of a {@link Scenario}, which draws its text. Immutable. */
sealed interface Step {
  /**
   * Creates a table or stream; in the other database a table of its name.
   *
   * @param name its name
   * @param sql the statement
   */
  record Relation(String name, String sql) implements Step {}

  /**
   * Inserts rows; those of a key that is there already are left out.
   *
   * @param relation into what
   * @param rows each as it stands in VALUES, of the columns that all relations have
   */
  record Rows(String relation, List<String> rows) implements Step {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** Runs statements in one transaction, in both databases. */
  record Change(List<String> statements) implements Step {
    public Change {
      statements = List.copyOf(statements);
    }
  }

  /**
   * Creates a view or replaces it.
   *
   * @param replaces whether one of its name is replaced
   * @param name its name
   * @param oracles what it is judged by
   * @param options what stands between its name and AS
   * @param query its query
   */
  record View(boolean replaces, String name, Set<Oracle> oracles, String options, String query)
      implements Step {
    public View {
      oracles = Set.copyOf(new TreeSet<>(oracles));
    }

    String sql(String as) {
      String behind = options.isEmpty() ? "" : " " + options;
      return "CREATE "
          + (replaces && as.equals(name) ? "OR REPLACE " : "")
          + "MATERIALIZED VIEW "
          + as
          + behind
          + " AS "
          + query;
    }

    View withQuery(String changed) {
      return new View(replaces, name, oracles, options, changed);
    }
  }

  /** What is done with a view that is there. */
  enum Act {
    DROP,
    PAUSE,
    RESUME,
    /** Makes what it has taken in durable. */
    CHECKPOINT,
    /** Compares it with its oracles. */
    CHECK
  }

  /** Does something with a view. */
  record OfView(Act act, String view) implements Step {}

  /**
   * Closes the database and opens it again.
   *
   * @param faults the faults of the store from then on, {@code seed,rate}, or empty
   */
  record Restart(String faults) implements Step {}

  /** Lets time pass. */
  record Pass(long seconds) implements Step {}
}
