package io.caisson.tests.views;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Random row patterns over one stream or table. Where conditions look at the match, repetitions end
 * soon, so that no search runs away. For one thread.
 */
final class RandomMatch {
  private static final List<String> VARIABLES = List.of("a", "b", "c");
  private static final List<String> LOCAL =
      List.of(
          "v < PREV(v)",
          "v > PREV(v, 1) OR PREV(v) IS NULL",
          "%x.v >= 1",
          "MOD(%x.id, 3) = 0",
          "NEXT(v) > %x.v",
          "v IS NULL OR v < 2",
          "PREV(%x.id, 2) IS NOT NULL AND NEXT(v, 2) IS NOT NULL",
          "TRUE");
  private static final List<String> MATCHED =
      List.of(
          "v > LAST(a.v) OR LAST(a.v) IS NULL",
          "COUNT(*) < 4",
          "SUM(%x.v) < 6 AND v > 0",
          "%x.v <> FIRST(a.v)",
          "LAST(%x.v, 1) IS NULL OR %x.v > LAST(%x.v, 1)",
          "AVG(v) < 2.5 AND MAX(b.id) IS NOT NULL",
          "PREV(FIRST(a.v)) IS NULL OR COUNT(b.*) < 3",
          "u.v > MIN(u.v) OR COUNT(u.v) = 1");
  private static final List<String> MEASURES =
      List.of(
          "MATCH_NUMBER()",
          "CLASSIFIER()",
          "FIRST(id)",
          "LAST(id)",
          "FIRST(b.v + 1)",
          "LAST(a.id, 1)",
          "COUNT(*)",
          "COUNT(c.*)",
          "SUM(v)",
          "SUM(y)",
          "AVG(a.y)",
          "AVG(v)",
          "MIN(y)",
          "MAX(u.id)",
          "PREV(FIRST(id))",
          "NEXT(LAST(a.v), 2)",
          "FINAL LAST(u.id)",
          "LAST(CLASSIFIER(), 1)",
          "COALESCE(b.v, -1) * COUNT(u.v)",
          "CASE WHEN LAST(a.v) > 1 THEN 'more' ELSE 'less' END",
          "PREV(b.ts)");

  private final SplittableRandom random;
  private final RandomExpressions expressions;
  private final String columns;

  RandomMatch(SplittableRandom random, List<StreamColumn> columns) {
    this.random = random;
    this.expressions = new RandomExpressions(random, columns);
    this.columns = columns.stream().map(StreamColumn::sql).collect(Collectors.joining(", "));
  }

  /**
   * A query.
   *
   * @param from what stands behind FROM, with a column ts
   * @param withinSeconds for how long a match may go on, or 0
   */
  String query(String from, long withinSeconds) {
    boolean matched = random.nextBoolean();
    boolean within = withinSeconds > 0;
    String partition = random.nextInt(3) == 0 ? "" : "PARTITION BY g ";
    String order = within ? one(List.of("ts", "ts, id DESC")) : order();
    String rows = random.nextInt(4) == 0 ? "ALL ROWS PER MATCH " : "";
    var measures = new StringBuilder();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      measures.append(i == 0 ? "MEASURES " : ", ").append(one(MEASURES)).append(" AS m").append(i);
    }
    var definitions = new StringBuilder();
    for (String variable : VARIABLES) {
      if (random.nextInt(5) > 0 || definitions.length() == 0) {
        definitions
            .append(definitions.length() == 0 ? "DEFINE " : ", ")
            .append(variable)
            .append(" AS ")
            .append(condition(matched).replace("%x", variable));
      }
    }
    return "SELECT * FROM (SELECT %s, MOD(%s, 5) AS v, %s AS y, %s AS g FROM %s) AS i "
            .formatted(
                columns,
                expressions.integer(0),
                random.nextBoolean() ? expressions.real(0) : expressions.numeric(0),
                expressions.key(),
                from)
        + "MATCH_RECOGNIZE ("
        + partition
        + "ORDER BY "
        + order
        + " "
        + measures
        + " "
        + rows
        + one(
            List.of(
                "",
                "AFTER MATCH SKIP TO NEXT ROW ",
                "AFTER MATCH SKIP PAST LAST ROW ",
                rows.isEmpty() ? "AFTER MATCH SKIP TO NEXT ROW " : ""))
        + "PATTERN ("
        + (matched ? bounded() : pattern())
        + ")"
        + (within ? " WITHIN INTERVAL '" + withinSeconds + "' SECOND(5)" : "")
        + " SUBSET u = (a, b) "
        + definitions
        + ") m";
  }

  private String order() {
    return one(List.of("id", "ts, id", "v", "v DESC, id", "id DESC", "ts"));
  }

  private String condition(boolean matched) {
    return one(matched && random.nextBoolean() ? MATCHED : LOCAL);
  }

  private String pattern() {
    return one(
        List.of(
            "a b+ c",
            "a b* c?",
            "(a | b)+ c",
            "a+ b+ c*",
            "(a b?)+? c",
            "a (b | c){2,3}",
            "(a* b*)* c",
            "a?? b c",
            "PERMUTE(a, b, c)",
            "^ a b* c",
            "a b c* $",
            "a {- b+ -} c",
            "a{2,} b c{,2}"));
  }

  private String bounded() {
    return one(
        List.of(
            "a b{1,3} c",
            "a b? c?",
            "(a | b){1,3} c",
            "a{2} b{,2}? c",
            "(a b?){1,2} c",
            "(a?){2} b c",
            "a b c?"));
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
