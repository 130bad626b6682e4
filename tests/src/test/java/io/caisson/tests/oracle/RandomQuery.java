package io.caisson.tests.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Random queries over {@link RandomTables} that mean the same to Caisson and to the other database:
 * joins, filters, sub-queries, groups, windows and set operations, each with one of the others
 * inside. For one thread.
 */
public final class RandomQuery {
  private static final List<String> JOINS =
      List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "CROSS JOIN");
  private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

  private final SplittableRandom random;
  private final List<String> keyed;
  private final List<String> relations;
  private int aliases;

  RandomQuery(SplittableRandom random) {
    this(random, List.of("t0", "t1", "t2"), List.of());
  }

  /**
   * Queries over relations with the columns of {@link RandomTables}.
   *
   * @param keyed relations whose rows have different ids
   * @param others the others
   */
  public RandomQuery(SplittableRandom random, List<String> keyed, List<String> others) {
    this.random = random;
    this.keyed = List.copyOf(keyed);
    this.relations = Stream.concat(keyed.stream(), others.stream()).toList();
  }

  /** A query. */
  String next() {
    return random.nextInt(7) == 0 ? first() : unordered();
  }

  /** A query whose rows come in no order. */
  public String unordered() {
    aliases = 0;
    return switch (random.nextInt(6)) {
      case 0 -> grouped();
      case 1 -> windows();
      case 2 -> setOperation();
      case 3 -> nested();
      default -> plain();
    };
  }

  /**
   * A query with the columns that relations have, whose ids may come several times; of few rows, so
   * that joins of joins do not become too large.
   */
  public String relation() {
    aliases = 0;
    return "SELECT DISTINCT MOD(c0, 8) AS id, MOD(c1, 3) AS a, MOD(c0, 8) + 1 AS b, c2 AS s,"
        + " MOD(c1, 3) / 4e0 AS x FROM ("
        + (random.nextInt(3) == 0 ? setOperation() : plain())
        + ") r";
  }

  /**
   * The first rows of a query, with those that are equal to the last, so that it has one answer.
   */
  private String first() {
    aliases = 0;
    String query = random.nextInt(3) == 0 ? setOperation() : plain();
    String direction = random.nextBoolean() ? " DESC" : "";
    String second = random.nextBoolean() ? ", c0 NULLS FIRST" : "";
    return query
        + " ORDER BY c1"
        + direction
        + " NULLS LAST"
        + second
        + " FETCH FIRST "
        + random.nextInt(1, 8)
        + " ROWS WITH TIES";
  }

  /** What stands behind FROM, and the aliases that it gives. */
  private record Source(String text, List<String> aliases) {}

  private Source source() {
    String first = alias();
    var text = new StringBuilder(table() + " " + first);
    var names = new ArrayList<>(List.of(first));
    int joins = random.nextInt(3);
    for (int i = 0; i < joins; i++) {
      String next = alias();
      String kind = one(relations.equals(keyed) ? JOINS : JOINS.subList(0, 3));
      text.append(' ').append(kind).append(' ').append(table()).append(' ').append(next);
      if (!kind.startsWith("CROSS")) {
        text.append(" ON ").append(joinCondition(names.get(random.nextInt(names.size())), next));
      }
      names.add(next);
    }
    return new Source(text.toString(), names);
  }

  private String joinCondition(String left, String right) {
    String equal = left + "." + integerName() + " = " + right + "." + integerName();
    return switch (random.nextInt(4)) {
      case 0 -> equal + " AND " + comparison(List.of(left, right));
      case 1 ->
          (relations.equals(keyed) ? "" : equal + " AND ")
              + left
              + "."
              + integerName()
              + " < "
              + right
              + "."
              + integerName();
      default -> equal;
    };
  }

  private String plain() {
    Source from = source();
    String distinct = random.nextInt(4) == 0 ? "DISTINCT " : "";
    return "SELECT "
        + distinct
        + outputs(from.aliases)
        + " FROM "
        + from.text
        + where(from.aliases);
  }

  private String outputs(List<String> names) {
    return integer(names) + " AS c0, " + integer(names) + " AS c1, " + text(names) + " AS c2";
  }

  private String where(List<String> names) {
    return random.nextInt(3) == 0 ? "" : " WHERE " + condition(names, 2);
  }

  private String grouped() {
    Source from = source();
    String key = column(from.aliases, integerName());
    boolean byKey = random.nextInt(4) > 0;
    String having = random.nextInt(3) == 0 ? " HAVING COUNT(*) > " + random.nextInt(3) : "";
    return "SELECT "
        + (byKey ? key : "COUNT(" + key + ")")
        + " AS c0, "
        + aggregate(from.aliases)
        + " AS c1, "
        + aggregate(from.aliases)
        + " AS c2 FROM "
        + from.text
        + where(from.aliases)
        + (byKey ? " GROUP BY " + key : "")
        + having;
  }

  private String aggregate(List<String> names) {
    String call =
        switch (random.nextInt(16)) {
          case 0 -> "COUNT(*)";
          case 8 -> "STDDEV_POP(" + integer(names) + ")";
          case 9 -> "VAR_SAMP(" + column(names, RandomTables.FLOATING) + ")";
          case 10 -> "SUM(DISTINCT " + integer(names) + ")";
          case 11 -> "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY " + integer(names) + ")";
          case 12 -> "MODE() WITHIN GROUP (ORDER BY " + text(names) + ")";
          case 13 -> "BIT_OR(" + integer(names) + ")";
          case 14 -> strings(names);
          case 15 ->
              "COVAR_POP(" + integer(names) + ", " + column(names, RandomTables.FLOATING) + ")";
          case 1 -> "COUNT(DISTINCT " + integer(names) + ")";
          case 2 -> "SUM(" + integer(names) + ")";
          case 3 -> "MIN(" + text(names) + ")";
          case 4 -> "MAX(" + column(names, RandomTables.FLOATING) + ")";
          case 5 -> "SUM(" + column(names, RandomTables.FLOATING) + ")";
          case 6 -> "COUNT(" + text(names) + ")";
          default -> "MAX(" + integer(names) + ")";
        };
    return random.nextInt(4) == 0 ? call + " FILTER (WHERE " + comparison(names) + ")" : call;
  }

  private String strings(List<String> names) {
    String text = text(names);
    return "STRING_AGG(" + text + ", '-' ORDER BY " + text + ")";
  }

  private String windows() {
    String name = alias();
    List<String> names = List.of(name);
    String partition =
        random.nextBoolean() ? "PARTITION BY " + column(names, integerName()) + " " : "";
    String call =
        switch (random.nextInt(7)) {
          case 0 -> "ROW_NUMBER()";
          case 1 -> "RANK()";
          case 2 -> "DENSE_RANK()";
          case 3 -> "SUM(" + integer(names) + ")";
          case 4 -> "COUNT(" + text(names) + ")";
          case 5 -> "LAG(" + integer(names) + ", 1, -5)";
          default -> "MAX(" + integer(names) + ")";
        };
    boolean framed = call.startsWith("SUM") || call.startsWith("COUNT") || call.startsWith("MAX");
    boolean grouped = framed && random.nextInt(3) == 0;
    String key = "ORDER BY " + column(names, integerName()) + direction();
    String order = grouped ? key : key + ", " + name + ".id";
    String frame = grouped ? groupFrame() : framed && random.nextBoolean() ? frame() : "";
    return "SELECT "
        + name
        + ".id AS c0, "
        + call
        + " OVER ("
        + partition
        + order
        + frame
        + ") AS c1, "
        + text(names)
        + " AS c2 FROM "
        + one(keyed)
        + " "
        + name
        + where(names);
  }

  private String frame() {
    return switch (random.nextInt(4)) {
      case 0 -> " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING";
      case 1 -> " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING";
      case 2 -> " ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING";
      default -> " RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
    };
  }

  /** A frame that does not tell rows of the same key apart. */
  private String groupFrame() {
    String frame =
        switch (random.nextInt(5)) {
          case 0 -> " GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING";
          case 1 -> " GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING";
          case 2 -> " GROUPS BETWEEN CURRENT ROW AND 2 FOLLOWING";
          case 3 -> " RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING";
          default -> " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING";
        };
    return frame
        + switch (random.nextInt(5)) {
          case 0 -> " EXCLUDE CURRENT ROW";
          case 1 -> " EXCLUDE GROUP";
          case 2 -> " EXCLUDE TIES";
          case 3 -> " EXCLUDE NO OTHERS";
          default -> "";
        };
  }

  private String direction() {
    return switch (random.nextInt(4)) {
      case 0 -> " DESC";
      case 1 -> " DESC NULLS LAST";
      case 2 -> " NULLS FIRST";
      default -> "";
    };
  }

  private String setOperation() {
    String operator = List.of("UNION", "UNION ALL", "INTERSECT", "EXCEPT").get(random.nextInt(4));
    return plain() + " " + operator + " " + plain();
  }

  private String nested() {
    String inner = alias();
    String query = random.nextBoolean() ? grouped() : plain();
    return "SELECT "
        + inner
        + ".c0 AS c0, COUNT(*) AS c1 FROM ("
        + query
        + ") "
        + inner
        + " GROUP BY "
        + inner
        + ".c0";
  }

  private String condition(List<String> names, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 3)) {
      case 3 -> "(" + condition(names, depth - 1) + " AND " + condition(names, depth - 1) + ")";
      case 4 -> "(" + condition(names, depth - 1) + " OR " + condition(names, depth - 1) + ")";
      case 5 -> "NOT (" + condition(names, depth - 1) + ")";
      case 6 -> exists(names);
      case 7 -> in(names);
      case 8 -> integer(names) + " " + operator() + " " + scalar(names);
      case 2 ->
          column(names, RandomTables.TEXT) + (random.nextBoolean() ? " IS NULL" : " LIKE '%b%'");
      default -> comparison(names);
    };
  }

  private String exists(List<String> names) {
    String inner = alias();
    return (random.nextBoolean() ? "" : "NOT ")
        + "EXISTS (SELECT 1 FROM "
        + table()
        + " "
        + inner
        + " WHERE "
        + column(List.of(inner), integerName())
        + " = "
        + column(names, integerName())
        + (random.nextBoolean() ? "" : " AND " + comparison(List.of(inner)))
        + ")";
  }

  private String in(List<String> names) {
    String inner = alias();
    return column(names, integerName())
        + (random.nextBoolean() ? " IN" : " NOT IN")
        + " (SELECT "
        + column(List.of(inner), integerName())
        + " FROM "
        + table()
        + " "
        + inner
        + (random.nextBoolean() ? "" : " WHERE " + comparison(List.of(inner)))
        + ")";
  }

  private String scalar(List<String> names) {
    String inner = alias();
    String function = List.of("MAX", "MIN", "COUNT", "SUM").get(random.nextInt(4));
    return "(SELECT "
        + function
        + "("
        + column(List.of(inner), integerName())
        + ") FROM "
        + table()
        + " "
        + inner
        + " WHERE "
        + column(List.of(inner), integerName())
        + " "
        + operator()
        + " "
        + column(names, integerName())
        + ")";
  }

  private String comparison(List<String> names) {
    return switch (random.nextInt(3)) {
      case 0 -> column(names, RandomTables.TEXT) + " " + operator() + " 'a'";
      case 1 -> column(names, RandomTables.FLOATING) + " " + operator() + " " + random.nextInt(3);
      default -> integer(names) + " " + operator() + " " + integer(names);
    };
  }

  private String operator() {
    return COMPARISONS.get(random.nextInt(COMPARISONS.size()));
  }

  private String integer(List<String> names) {
    String column = column(names, integerName());
    return switch (random.nextInt(7)) {
      case 0 -> "(" + column + " + " + random.nextInt(4) + ")";
      case 1 -> "(" + column + " * " + column(names, integerName()) + ")";
      case 2 -> "COALESCE(" + column + ", " + random.nextInt(3) + ")";
      case 3 ->
          "CASE WHEN "
              + column
              + " > "
              + random.nextInt(4)
              + " THEN "
              + column(names, integerName())
              + " ELSE "
              + column
              + " END";
      default -> column;
    };
  }

  private String text(List<String> names) {
    String column = column(names, RandomTables.TEXT);
    return random.nextInt(4) == 0 ? "COALESCE(" + column + ", 'none')" : column;
  }

  private String column(List<String> names, String column) {
    return names.get(random.nextInt(names.size())) + "." + column;
  }

  private String integerName() {
    return RandomTables.INTEGERS.get(random.nextInt(RandomTables.INTEGERS.size()));
  }

  private String table() {
    return one(relations);
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String alias() {
    return "q" + aliases++;
  }
}
