package io.caisson.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private static final String TEXT =
      """
      relation t0
      CREATE TABLE t0 (id BIGINT PRIMARY KEY, a BIGINT, b BIGINT, s TEXT, x DOUBLE PRECISION, ts TIMESTAMP)

      relation t1
      CREATE TABLE t1 (id BIGINT PRIMARY KEY, a BIGINT, b BIGINT, s TEXT, x DOUBLE PRECISION, ts TIMESTAMP)

      rows t0
      (1, 1, NULL, 'a', 0.5, NULL)
      (2, 7, 3, NULL, 0.25, NULL)
      (3, 2, 3, 'b', NULL, NULL)

      view v0 query other
      AS SELECT q.id AS c0, q.a AS c1, q.s AS c2 FROM t0 q LEFT JOIN t1 p ON p.id = q.b WHERE q.a > 1 AND q.id < 9

      view v1 query
      WITH (on_error = 'skip')
      AS SELECT COUNT(*) AS n FROM t1

      pass 5

      change
      UPDATE t0 SET b = 4 WHERE id = 3
      DELETE FROM t0 WHERE id = 1

      restart

      check v1

      check v0
      """;

  @Test
  void aScenarioIsReadAsItIsWritten() {
    assertThat(Scenario.parse(TEXT)).hasToString(TEXT);
  }

  @Test
  void whatIsRightDoesNotFail() {
    Outcome outcome = ScenarioRun.run(Scenario.parse(TEXT));
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.refused()).isEmpty();
    assertThat(outcome.checks()).isEqualTo(2);
  }

  /** The other database does not know the number seven. */
  @Test
  void anOracleThatIsWrongAboutOneRowIsShownWithLittleMoreThanThatRow() {
    var shrinker = new Shrinker(ShrinkerTest::wrong, Duration.ofMinutes(1));
    Scenario whole = Scenario.parse(TEXT);
    String kind = wrong(whole).kind();
    assertThat(kind).isEqualTo("differs from other");
    assertThat(shrinker.shrink(whole, kind))
        .hasToString(
            """
            relation t0
            CREATE TABLE t0 (id BIGINT PRIMARY KEY, a BIGINT, b BIGINT, s TEXT, x DOUBLE PRECISION, ts TIMESTAMP)

            rows t0
            (2, 7, 3, NULL, 0.25, NULL)

            view v0 other
            AS SELECT q.a AS c1 FROM t0 q

            check v0
            """);
  }

  private static Outcome wrong(Scenario scenario) {
    return ScenarioRun.run(
        scenario,
        OtherViews.answering(rows -> rows.stream().filter(r -> !r.contains("7")).toList()));
  }

  @Test
  void partsOfQueriesGo() {
    assertThat(
            SimplerQueries.of(
                "SELECT a, b FROM t WHERE (c > 1 AND d IN ('x', 'y, z')) UNION ALL SELECT 1, 2"))
        .contains(
            "SELECT a, b FROM t WHERE (c > 1 AND d IN ('x', 'y, z'))",
            "SELECT 1, 2",
            "SELECT a FROM t WHERE (c > 1 AND d IN ('x', 'y, z')) UNION ALL SELECT 1, 2",
            "SELECT a, b FROM t WHERE (c > 1) UNION ALL SELECT 1, 2",
            "SELECT a, b FROM t WHERE (d IN ('x', 'y, z')) UNION ALL SELECT 1, 2",
            "SELECT a, b FROM t WHERE (c > 1 AND d IN ('y, z')) UNION ALL SELECT 1, 2");
    assertThat(SimplerQueries.of("SELECT a FROM t")).isEqualTo(List.of());
  }
}
