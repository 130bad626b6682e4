package io.caisson.tests.scenario;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Random queries over the relations of {@link RandomScenario} that only a database of streams
 * understands, or that the other database says in another way. For one thread.
 */
final class StreamQueries {
  private static final List<String> ALL = List.of("t0", "t1", "r", "e", "p");
  private static final List<String> SIZES = List.of("5", "20", "60");
  private static final List<String> PATTERNS =
      List.of("f g+", "f g*? h", "(f | g)+ h", "f{2,3} g?", "PERMUTE(f, g)", "f g{,2} h");

  private final SplittableRandom random;

  StreamQueries(SplittableRandom random) {
    this.random = random;
  }

  /**
   * A query.
   *
   * @param text the query
   * @param options what stands before AS
   * @param oracles what says whether a view of it is right
   */
  record Query(String text, String options, Set<Oracle> oracles) {}

  /** A query. */
  Query next() {
    return switch (random.nextInt(18)) {
      case 0, 1 -> windows();
      case 2 -> onClose();
      case 3 -> arrivals();
      case 4, 5 -> now();
      case 6 -> near();
      case 7 -> asof();
      case 8 -> matches();
      case 9 -> matchesWithin();
      case 10 -> exact(distances());
      case 11 -> exact(groupingSets());
      case 12 -> exact(sets());
      case 13 -> exact(elements());
      case 14 -> exact(plainWindows());
      case 15 -> exact(deduplicated());
      case 16 -> skipping();
      default -> exact(running());
    };
  }

  private static Query exact(String text) {
    return new Query(text, "", EnumSet.of(Oracle.QUERY));
  }

  private String options() {
    return random.nextInt(3) == 0
        ? "WITH (allowed_lateness = '" + (1 + random.nextInt(40)) + " seconds')"
        : "";
  }

  private Query windows() {
    String size = one(SIZES);
    boolean once = random.nextInt(3) > 0;
    String window =
        once
            ? one(
                List.of(
                    "TUMBLE(e, ts, INTERVAL '%s' SECOND)",
                    "SESSION(e, ts, a, INTERVAL '%s' SECOND)",
                    "SESSION(e, ts, INTERVAL '%s' SECOND)"))
            : one(
                List.of(
                    "HOP(e, ts, INTERVAL '5' SECOND, INTERVAL '%s' SECOND)",
                    "CUMULATE(e, ts, INTERVAL '5' SECOND, INTERVAL '%s' SECOND)"));
    return new Query(
        "SELECT window_start, window_end, a, "
            + aggregate()
            + " AS c FROM "
            + window.formatted(size)
            + " GROUP BY window_start, window_end, a",
        options(),
        once ? EnumSet.of(Oracle.IN_TIME, Oracle.AGAIN) : EnumSet.of(Oracle.AGAIN));
  }

  private String aggregate() {
    return one(
        List.of(
            "COUNT(*)",
            "SUM(x)",
            "STRING_AGG(s, ',' ORDER BY id)",
            "COUNT(DISTINCT b)",
            "MAX(s)",
            "AVG(b)"));
  }

  private Query onClose() {
    return new Query(
        "SELECT window_start, window_end, "
            + aggregate()
            + " AS c FROM TUMBLE(e, ts, INTERVAL '"
            + one(SIZES)
            + "' SECOND) GROUP BY window_start, window_end EMIT ON WINDOW CLOSE",
        options(),
        EnumSet.of(Oracle.AGAIN));
  }

  private Query arrivals() {
    String window =
        one(
            List.of(
                "TUMBLE(p, at, INTERVAL '10' SECOND)",
                "HOP(p, at, INTERVAL '7' SECOND, INTERVAL '21' SECOND)",
                "SESSION(p, at, a, INTERVAL '15' SECOND)"));
    return new Query(
        "SELECT window_start, window_end, a, "
            + aggregate()
            + " AS c FROM "
            + window
            + " GROUP BY window_start, window_end, a",
        "",
        EnumSet.of(Oracle.QUERY, Oracle.AGAIN));
  }

  private Query now() {
    String relation = one(ALL);
    String text =
        switch (random.nextInt(4)) {
          case 0 -> "SELECT id, a FROM " + relation + " WHERE ts > now() - INTERVAL '40 seconds'";
          case 1 ->
              "SELECT a, COUNT(*) AS n FROM "
                  + relation
                  + " WHERE ts BETWEEN now() - INTERVAL '1 minute' AND now() AND b > 0 GROUP BY a";
          case 2 ->
              "SELECT l.id, r.id AS other FROM "
                  + relation
                  + " l LEFT JOIN (SELECT id, a FROM t0 WHERE ts < now() + INTERVAL '5 seconds') r"
                  + " ON l.a = r.a";
          default ->
              "SELECT id FROM t1 WHERE NOT EXISTS (SELECT 1 FROM "
                  + relation
                  + " o WHERE o.a = t1.a AND o.ts >= now() - INTERVAL '30 seconds')";
        };
    return new Query(text, "", EnumSet.of(Oracle.QUERY, Oracle.SOON));
  }

  private Query near() {
    String join = one(List.of("JOIN", "LEFT JOIN", "FULL JOIN"));
    return new Query(
        "SELECT l.id AS l, r.id AS o, l.ts FROM e l "
            + join
            + " e r ON l.a = r.a AND r.ts BETWEEN l.ts - INTERVAL '"
            + random.nextInt(9)
            + "' SECOND AND l.ts + INTERVAL '"
            + random.nextInt(9)
            + "' SECOND",
        options(),
        EnumSet.of(Oracle.AGAIN));
  }

  private Query asof() {
    String right = one(List.of("t0", "t1", "r"));
    String comparison = one(List.of("<", "<=", ">", ">="));
    return exact(
        "SELECT l.id AS l, r.m AS o FROM "
            + one(List.of("t0", "r"))
            + " l "
            + one(List.of("ASOF JOIN", "LEFT ASOF JOIN"))
            + " (SELECT a, ts, MAX(id) AS m FROM "
            + right
            + " GROUP BY a, ts) r MATCH_CONDITION r.ts "
            + comparison
            + " l.ts ON l.a = r.a");
  }

  private String match(String from, String order, String within) {
    String pattern = one(PATTERNS);
    return "SELECT * FROM "
        + from
        + " MATCH_RECOGNIZE ("
        + (random.nextBoolean() ? "PARTITION BY a " : "")
        + "ORDER BY "
        + order
        + " MEASURES FIRST(id) AS f1, LAST(id) AS l1, COUNT(*) AS n, SUM(g.b) AS t "
        + one(List.of("", "AFTER MATCH SKIP TO NEXT ROW "))
        + "PATTERN ("
        + pattern
        + ")"
        + within
        + " DEFINE f AS "
        + one(List.of("b > 1", "b IS NOT NULL", "x < 1"))
        + ", g AS "
        + one(List.of("b > PREV(b)", "MOD(id, 2) = 0", "b >= 0 AND COUNT(*) < 5"))
        + (pattern.contains("h") ? ", h AS b < 4) m" : ") m");
  }

  private Query matches() {
    String unique =
        "(SELECT MAX(id) AS id, a, b, MIN(x) AS x FROM " + one(ALL) + " GROUP BY a, b) AS q";
    return exact(match(unique, one(List.of("id, a, b", "b DESC, id, a")), ""));
  }

  private Query matchesWithin() {
    return new Query(
        match("e", "ts, id", " WITHIN INTERVAL '" + one(SIZES) + "' SECOND"),
        options(),
        EnumSet.of(Oracle.AGAIN));
  }

  private String distances() {
    return "SELECT i, a, COUNT(*) OVER (PARTITION BY a ORDER BY i RANGE BETWEEN "
        + random.nextInt(6)
        + " PRECEDING AND "
        + one(List.of("CURRENT ROW", "3 FOLLOWING", "UNBOUNDED FOLLOWING"))
        + ") AS n, SUM(y) OVER (PARTITION BY a ORDER BY i ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS t"
        + " FROM (SELECT id AS i, a, MAX(x) AS y FROM "
        + one(ALL)
        + " GROUP BY id, a) q";
  }

  private String running() {
    String order = one(List.of("i", "i DESC", "y, i", "y DESC NULLS LAST, i"));
    String over = " OVER (PARTITION BY a ORDER BY " + order + ")";
    return "SELECT i, a, "
        + one(List.of("SUM(y)", "COUNT(y)", "MIN(y)", "MAX(y)", "AVG(y)"))
        + over
        + " AS t, ROW_NUMBER()"
        + over
        + " AS n, "
        + one(List.of("RANK()", "DENSE_RANK()", "LAST_VALUE(y)", "FIRST_VALUE(y)"))
        + over
        + " AS k FROM (SELECT id AS i, a, MAX(b) AS y FROM "
        + one(ALL)
        + " GROUP BY id, a) q";
  }

  private String groupingSets() {
    return "SELECT a, s, COUNT(*) AS n, MIN(b) AS m, GROUPING(a, s) AS g FROM "
        + one(ALL)
        + " GROUP BY "
        + one(List.of("ROLLUP (a, s)", "CUBE (a, s)", "GROUPING SETS ((a), (s), ())"));
  }

  private String sets() {
    var parts = new ArrayList<String>();
    for (int i = 0; i < 2; i++) {
      parts.add("SELECT a, s FROM " + one(ALL) + " WHERE b > " + random.nextInt(-3, 6));
    }
    return String.join(
        one(List.of(" EXCEPT ALL ", " INTERSECT ALL ", " EXCEPT ", " UNION ALL ")), parts);
  }

  private String elements() {
    return "SELECT q.id, v.value, COUNT(*) AS n FROM (SELECT id, jsonb_build_object('a', a, 's', s) AS d"
        + " FROM "
        + one(ALL)
        + ") q, jsonb_each(q.d) AS v GROUP BY q.id, v.value";
  }

  private String plainWindows() {
    return "SELECT window_start, a, COUNT(*) AS n FROM "
        + one(
            List.of(
                "TUMBLE(t0, ts, INTERVAL '10' SECOND)",
                "HOP(t1, ts, INTERVAL '5' SECOND, INTERVAL '15' SECOND)",
                "SESSION(t0, ts, a, INTERVAL '4' SECOND)"))
        + " GROUP BY window_start, a";
  }

  private String deduplicated() {
    return "SELECT a, id, b FROM (SELECT a, id, b, ROW_NUMBER() OVER (PARTITION BY a ORDER BY "
        + one(List.of("b, id", "b DESC, id DESC", "id DESC"))
        + ") AS k FROM "
        + one(List.of("t0", "t1", "r"))
        + ") q WHERE k <= "
        + (1 + random.nextInt(3));
  }

  private Query skipping() {
    return new Query(
        "SELECT id, 12 / NULLIF(b, 0) AS q FROM " + one(ALL) + " WHERE b <> 0 OR b IS NULL",
        "WITH (on_error = 'skip')",
        EnumSet.of(Oracle.QUERY));
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
