package io.caisson.tests.views;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random standing queries that put several queries over one stream together: joins, set operations,
 * sub-queries and aggregates over aggregates. For one thread.
 */
final class ComposedQueries {
  private static final List<String> JOINS = List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
  private static final List<String> SETS =
      List.of("UNION", "UNION ALL", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL");

  private final SplittableRandom random;
  private final List<StreamColumn> columns;
  private final RandomExpressions expressions;
  private final List<StreamWindow> windows = new ArrayList<>();

  ComposedQueries(SplittableRandom random, List<StreamColumn> columns) {
    this.random = random;
    this.columns = columns;
    this.expressions = new RandomExpressions(random, columns);
  }

  /** A random query. */
  StandingQuery query() {
    windows.clear();
    String text =
        switch (random.nextInt(24)) {
          case 0 -> joinOfGroups();
          case 1 -> joinOfRows();
          case 2 -> combined();
          case 3 -> in();
          case 4 -> exists();
          case 5 -> distinctAggregates();
          case 6 -> groupingSets();
          case 7 -> aggregateOfAggregates();
          case 8 -> joinOfWindows();
          case 9 -> unionOfWindows();
          case 10 -> windowOfWindow();
          case 11 -> overRows();
          case 12 -> overGroups();
          case 13 -> topRows();
          case 14 -> nearRows();
          case 15 -> windowOfNearRows();
          case 16 -> asof(true);
          case 17 -> asof(false);
          case 18 -> overDistances();
          case 19, 20 -> new RandomMatch(random, columns).query("%s", 0);
          case 21 -> matchWithin();
          case 22 -> plainWindows();
          default -> topOfWindow();
        };
    return new StandingQuery(text, List.copyOf(windows));
  }

  /** A window, of a length of its own or of one that another window has too. */
  private String window() {
    boolean again = !windows.isEmpty() && random.nextBoolean();
    windows.add(again ? windows.get(0) : StreamWindow.random(random, columns));
    return "%w" + (windows.size() - 1);
  }

  /** One row a window and group: s, e, g, a. */
  private String groupsOfWindow(String key) {
    String call = random.nextBoolean() ? "COUNT(*)" : "MAX(id)";
    return "SELECT window_start AS s, window_end AS e, "
        + "%s AS g, %s AS a FROM %s%s GROUP BY window_start, window_end, %s"
            .formatted(key, call, window(), where(), key);
  }

  private String joinOfWindows() {
    String key = expressions.key();
    String on = random.nextBoolean() ? "l.e = r.e AND l.g = r.g" : "l.g = r.g AND l.s = r.s";
    return "SELECT l.s AS s, l.g AS g, l.a AS a, r.e AS e, r.a AS b FROM (%s) l %s (%s) r ON %s"
        .formatted(groupsOfWindow(key), one(JOINS), groupsOfWindow(key), on);
  }

  /** Rows of two times that are near each other, all of them behind "FROM" and "WHERE". */
  private String near(String join, String condition) {
    int from = random.nextInt(-30, 20);
    int to = from + random.nextInt(60);
    windows.add(StreamWindow.near(from, to));
    windows.add(StreamWindow.near(-to, -from));
    return "%w"
        + (windows.size() - 2)
        + " l "
        + join.formatted("%w" + (windows.size() - 1) + " r")
        + " r.ts >= l.ts + INTERVAL '%d seconds' AND r.ts - INTERVAL '%d seconds' <= l.ts AND %s"
            .formatted(from, to, condition);
  }

  private String nearRows() {
    String key = "MOD(l.id, 7) = MOD(r.id, 7)";
    if (random.nextInt(3) == 0) {
      String not = random.nextBoolean() ? "NOT " : "";
      return "SELECT l.id FROM "
          + near("WHERE " + not + "EXISTS (SELECT 1 FROM %s WHERE", key + ")");
    }
    return "SELECT l.id AS l, r.id AS r, l.ts AS t FROM "
        + near(one(JOINS.subList(0, 2)) + " %s ON", key);
  }

  private String windowOfNearRows() {
    String window =
        one(
            List.of(
                "TUMBLE(i, t, INTERVAL '17' SECOND)",
                "HOP(i, t, INTERVAL '5' SECOND, INTERVAL '20' SECOND)"));
    String join = near(one(JOINS.subList(0, 2)) + " %s ON", "MOD(l.id, 9) = MOD(r.id, 9)");
    return "WITH i AS (SELECT l.id AS a, r.id AS b, l.ts AS t FROM "
        + join
        + " WHERE l.ts IS NOT NULL) SELECT window_start AS f, window_end AS e, COUNT(*) AS n, MAX(b) AS m FROM "
        + window
        + " GROUP BY window_start, window_end";
  }

  /** The nearest rows before, where late rows do not count; or those behind, where all do. */
  private String asof(boolean back) {
    if (back) {
      windows.add(StreamWindow.near(0, 0));
      windows.add(StreamWindow.near(0, 0));
    }
    String side = "(SELECT id, ts, MOD(id, 6) AS m FROM %s)";
    String left = side.formatted(back ? "%w0" : "%s");
    String right = side.formatted(back ? "%w1" : "%s");
    String comparison = (back ? "r.ts <" : "r.ts >") + (random.nextBoolean() ? "=" : "");
    return "SELECT l.id AS l, r.id AS r, r.ts AS t FROM "
        + left
        + " l "
        + one(List.of("ASOF JOIN ", "LEFT ASOF JOIN "))
        + right
        + " r MATCH_CONDITION "
        + comparison
        + " l.ts ON l.m = r.m";
  }

  /** Frames of distances, exact sums, and functions that are said by others. */
  private String overDistances() {
    int back = random.nextInt(40);
    int ahead = random.nextInt(40);
    String order = random.nextBoolean() ? "id" : "id DESC";
    return ("SELECT id, SUM(x) OVER (w RANGE BETWEEN %d PRECEDING AND %d FOLLOWING) AS s, AVG(v) OVER (w ROWS"
            + " BETWEEN 3 PRECEDING AND CURRENT ROW) AS a, NTILE(4) OVER (w) AS t, PERCENT_RANK() OVER (w) AS p,"
            + " CUME_DIST() OVER (w) AS c, LAG(v, 2, -1) OVER (w) AS b, LEAD(v, 1, id) OVER (w) AS f,"
            + " COUNT(x) OVER (PARTITION BY m ORDER BY v GROUPS BETWEEN 1 PRECEDING AND 2 FOLLOWING EXCLUDE TIES) AS h,"
            + " SUM(v) OVER (PARTITION BY m ORDER BY x RANGE 1.5 PRECEDING EXCLUDE CURRENT ROW) AS n FROM"
            + " (SELECT id, MOD(id, 3) AS m, MAX(%s) AS x, CAST(MAX(MOD(%s, 50)) AS BIGINT) AS v"
            + " FROM %%s GROUP BY id) i")
        .formatted(back, ahead, expressions.real(0), expressions.integer(0))
        .replace("(w", "(PARTITION BY m ORDER BY " + order);
  }

  private String unionOfWindows() {
    String key = expressions.key();
    String union = one(List.of("UNION ALL", "UNION"));
    String text = groupsOfWindow(key) + " " + union + " " + groupsOfWindow(key);
    return random.nextBoolean()
        ? text
        : "SELECT e, COUNT(*) AS n, MIN(a) AS m FROM (" + text + ") u GROUP BY e";
  }

  private String windowOfWindow() {
    String inner = groupsOfWindow(expressions.key());
    // A session may have begun at any time: only its end is an event time.
    boolean session = windows.get(windows.size() - 1).kind() == StreamWindow.Kind.SESSION;
    String time = !session && random.nextBoolean() ? "s" : "e";
    String outer =
        one(
            List.of(
                "TUMBLE(i, %s, INTERVAL '77' SECOND)",
                "HOP(i, %s, INTERVAL '10' SECOND, INTERVAL '25' SECOND)",
                "CUMULATE(i, %s, INTERVAL '1' MINUTE, INTERVAL '1' HOUR)"));
    return "WITH i AS (%s) SELECT window_start AS f, window_end AS t, COUNT(*) AS n, SUM(a) AS a "
            .formatted(inner)
        + "FROM %s GROUP BY window_start, window_end".formatted(outer.formatted(time));
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** One row a group, columns g and a. */
  private String groups(String key) {
    String call =
        switch (random.nextInt(3)) {
          case 0 -> "COUNT(*)";
          case 1 -> "MAX(id)";
          default -> "SUM(" + expressions.integer(0) + ")";
        };
    return "SELECT " + key + " AS g, " + call + " AS a FROM %s" + where() + " GROUP BY " + key;
  }

  /** Few rows, columns id and v. */
  private String rows() {
    return "SELECT id, MOD("
        + expressions.integer(0)
        + ", 50) AS v FROM %s WHERE "
        + "MOD(id, "
        + random.nextInt(3, 9)
        + ") = 0";
  }

  private String where() {
    return random.nextBoolean() ? "" : " WHERE " + expressions.condition(1);
  }

  private String joinOfGroups() {
    String key = expressions.key();
    String condition =
        switch (random.nextInt(3)) {
          case 0 -> "l.g = r.g";
          case 1 -> "l.g IS NOT DISTINCT FROM r.g";
          default -> "l.g = r.g AND l.a < r.a";
        };
    // Calcite's runtime has full joins on equal keys only.
    boolean plain = condition.equals("l.g = r.g");
    String join = one(plain ? JOINS : JOINS.subList(0, 2));
    return "SELECT l.g AS g, l.a AS a, r.g AS h, r.a AS b FROM (%s) l ".formatted(groups(key))
        + "%s (%s) r ON %s".formatted(join, groups(key), condition);
  }

  private String joinOfRows() {
    String condition = random.nextBoolean() ? "l.v = r.v AND l.id < r.id" : "l.v = r.v";
    return "SELECT l.id AS l, r.id AS r, l.v AS v FROM (%s) l ".formatted(rows())
        + "%s (%s) r ON %s".formatted(one(JOINS.subList(0, 2)), rows(), condition);
  }

  private String combined() {
    String text = expressions.text(1);
    return "SELECT %s AS t, %s AS i FROM %%s%s ".formatted(text, expressions.integer(0), where())
        + one(SETS)
        + " SELECT %s, %s FROM %%s%s".formatted(text, expressions.integer(0), where());
  }

  private String in() {
    String not = random.nextInt(3) == 0 ? "NOT " : "";
    String inner =
        "SELECT MOD(n0, 40) FROM (SELECT COALESCE(%s, 1) AS n0 FROM %%s%s) i"
            .formatted(expressions.integer(0), where());
    return "SELECT id FROM %s WHERE COALESCE("
        + expressions.integer(0)
        + ", 3) "
        + not
        + "IN ("
        + inner
        + ")";
  }

  private String exists() {
    String not = random.nextInt(3) == 0 ? "NOT " : "";
    return "SELECT o.id FROM (%s) o WHERE %sEXISTS (SELECT 1 FROM (%s) i WHERE i.v = o.v)"
        .formatted(rows(), not, rows());
  }

  private String distinctAggregates() {
    String key = expressions.key();
    return "SELECT %s AS g, COUNT(DISTINCT %s) AS d, COUNT(*) AS n FROM %%s%s GROUP BY %s"
        .formatted(key, expressions.integer(0), where(), key);
  }

  private String groupingSets() {
    String sets = one(List.of("ROLLUP (g, h)", "CUBE (g, h)", "GROUPING SETS ((g), (h), ())"));
    return "SELECT g, h, COUNT(*) AS n, MIN(a) AS a, GROUPING(g, h) AS b FROM (SELECT "
        + "%s AS g, %s AS h, %s AS a FROM %%s%s) i GROUP BY %s"
            .formatted(expressions.key(), expressions.key(), expressions.integer(1), where(), sets);
  }

  private String aggregateOfAggregates() {
    return "SELECT MAX(a) AS m, MIN(a) AS l, COUNT(*) AS n FROM (%s) i"
        .formatted(groups(expressions.key()));
  }

  /** Places in an order without ties, and what is seen from there. */
  private String overRows() {
    String partition = random.nextBoolean() ? "PARTITION BY MOD(v, 3) " : "";
    String order = one(List.of("id, v", "v, id", "v DESC, id DESC", "v NULLS FIRST, id"));
    String frame =
        one(
            List.of(
                "",
                " ROWS BETWEEN 2 PRECEDING AND CURRENT ROW",
                " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                " RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"));
    String call =
        one(
            List.of(
                "SUM(v)",
                "COUNT(*)",
                "COUNT(v)",
                "MIN(v)",
                "MAX(id)",
                "FIRST_VALUE(id)",
                "LAST_VALUE(v)"));
    return "SELECT id, v, LAG(v) OVER (w) AS b, LEAD(id, 2) OVER (w) AS f, RANK() OVER (w) AS r, "
            .replace("(w)", "(" + partition + "ORDER BY " + order + ")")
        + call
        + " OVER ("
        + partition
        + "ORDER BY "
        + order
        + frame
        + ") AS c FROM (SELECT DISTINCT * FROM ("
        + rows()
        + ") j) i";
  }

  private String overGroups() {
    String rank = one(List.of("ROW_NUMBER()", "RANK()", "DENSE_RANK()", "SUM(a)", "LAG(a)"));
    String order = rank.startsWith("RANK") || rank.startsWith("DENSE") ? "a" : "a DESC, g";
    return "SELECT g, a, %s OVER (ORDER BY %s) AS r FROM (%s) i"
        .formatted(rank, order, groups(expressions.key()));
  }

  /** The best of each group, the first or the last, or some. */
  private String topRows() {
    String order = one(List.of("id", "id DESC", expressions.integer(0) + ", id"));
    return ("SELECT id, g, r FROM (SELECT id, %s AS g, ROW_NUMBER() OVER (PARTITION BY %s ORDER BY %s) AS r"
            + " FROM %%s%s) i WHERE r <= %d")
        .formatted("MOD(id, 7)", "MOD(id, 7)", order, where(), 1 + random.nextInt(3));
  }

  private String matchWithin() {
    StreamWindow window = StreamWindow.ofMatch(random);
    windows.add(window);
    return new RandomMatch(random, columns).query("%w0", window.sizeSeconds());
  }

  /** Windows over what is no event time, which never close. */
  private String plainWindows() {
    String rows =
        "(SELECT id, ts + INTERVAL '1 second' AS t, "
            + expressions.key()
            + " AS g FROM %s"
            + where()
            + "), t, ";
    String window =
        switch (random.nextInt(5)) {
          case 0 -> "TUMBLE(" + rows + "INTERVAL '20' SECOND)";
          case 1 -> "HOP(" + rows + "INTERVAL '10' SECOND, INTERVAL '25' SECOND)";
          case 2 -> "CUMULATE(" + rows + "INTERVAL '10' SECOND, INTERVAL '30' SECOND)";
          case 3 -> "SESSION(" + rows + "INTERVAL '2' SECOND)";
          default -> "SESSION(" + rows + "g, INTERVAL '9' SECOND)";
        };
    return "SELECT window_start AS s, window_end AS e, g, COUNT(*) AS n, MIN(id) AS first FROM "
        + window
        + " GROUP BY window_start, window_end, g";
  }

  private String topOfWindow() {
    return "SELECT s, e, g, a, r FROM (SELECT s, e, g, a, ROW_NUMBER() OVER (PARTITION BY s, e ORDER BY"
        + " a DESC, g) AS r FROM ("
        + groupsOfWindow(expressions.key())
        + ") i) t WHERE r <= 2";
  }
}
