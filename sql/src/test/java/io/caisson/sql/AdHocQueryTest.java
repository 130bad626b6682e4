package io.caisson.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.type.TypeKind;
import org.junit.jupiter.api.Test;

class AdHocQueryTest {
  private final SqlFixture fixture =
      new SqlFixture(
          """
          INSERT INTO clicks VALUES
            (1, 'view', 1.5, 10, TRUE, '2024-01-01 00:00:10'), (1, 'buy', 20, 3, FALSE, '2024-01-01 00:00:50'),
            (2, 'view', NULL, 7, NULL, '2024-01-01 00:01:05.25');
          INSERT INTO users (id, name) VALUES (1, 'Ann'), (2, 'Böb');
          INSERT INTO users VALUES (3, 'Cy', '2000-02-29');
          """);

  @Test
  void constantsNeedNoSource() {
    assertThat(fixture.query("SELECT 1, 'a' || 'b' AS t, 7 / 2, NULL, 2.5 * 2, DATE '2024-02-29'"))
        .containsExactly("1|ab|3|null|5.0|2024-02-29");
    assertThat(
            fixture.prepared("SELECT 1, count(*) FROM clicks").columns().stream()
                .map(c -> c.name()))
        .containsExactly("?column?", "count");
  }

  @Test
  void valuesHaveTheClassesOfTheirTypes() {
    assertThat(fixture.query("SELECT * FROM clicks WHERE user_id = 2"))
        .containsExactly("2|view|null|7|null|2024-01-01T00:01:05.250");
    var types =
        fixture.prepared("SELECT * FROM clicks").columns().stream().map(c -> c.type().kind());
    assertThat(types)
        .containsExactly(
            TypeKind.BIGINT,
            TypeKind.TEXT,
            TypeKind.DOUBLE,
            TypeKind.INTEGER,
            TypeKind.BOOLEAN,
            TypeKind.TIMESTAMP);
  }

  @Test
  void onlyNeededColumnsAndConditionsAreAsked() {
    fixture.scans();
    assertThat(
            fixture.query(
                "SELECT type FROM clicks WHERE user_id >= 2 AND ts > TIMESTAMP '2024-01-01 00:00:00'"))
        .containsExactly("view");
    assertThat(fixture.scans()).containsExactly("clicks[0, 1, 5] 0>=2 5>1704067200000000");
    assertThat(fixture.query("SELECT count(*) FROM clicks")).containsExactly("3");
    assertThat(fixture.query("SELECT name FROM users WHERE name = 'Böb'")).containsExactly("Böb");
  }

  @Test
  void aggregatesHaveTheTypesOfViews() {
    assertThat(fixture.query("SELECT sum(n), avg(n), count(price), min(ts), max(type) FROM clicks"))
        .containsExactly("20|6.666666666666667|2|2024-01-01T00:00:10|view");
    assertThat(
            fixture.query("SELECT count(DISTINCT user_id), count(*) FILTER (WHERE ok) FROM clicks"))
        .containsExactly("2|1");
  }

  @Test
  void windowsTumble() {
    assertThat(
            fixture.query(
                "SELECT window_start, count(*) FROM TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '1 minute')"
                    + " GROUP BY window_start ORDER BY 1"))
        .containsExactly("2024-01-01T00:00|2", "2024-01-01T00:01|1");
  }

  @Test
  void joinsSubQueriesAndSetsWork() {
    assertThat(
            fixture.query(
                "SELECT u.name, count(c.n) FROM users u LEFT JOIN clicks c ON c.user_id = u.id GROUP BY u.name"
                    + " ORDER BY 1"))
        .containsExactly("Ann|2", "Böb|1", "Cy|0");
    assertThat(fixture.query("SELECT name FROM users WHERE id NOT IN (SELECT user_id FROM clicks)"))
        .containsExactly("Cy");
    assertThat(
            fixture.query("SELECT id FROM users UNION SELECT 9 ORDER BY id DESC LIMIT 2 OFFSET 1"))
        .containsExactly("3", "2");
    assertThat(
            fixture.query(
                "WITH x AS (SELECT user_id, n, row_number() OVER (PARTITION BY user_id ORDER BY n) AS r FROM clicks)"
                    + " SELECT user_id, n FROM x WHERE r = 1 ORDER BY 1"))
        .containsExactly("1|3", "2|7");
    assertThat(
            fixture.query(
                "SELECT name FROM users u WHERE EXISTS (SELECT 1 FROM clicks c WHERE c.user_id = u.id AND c.n > 5)"
                    + " ORDER BY 1"))
        .containsExactly("Ann", "Böb");
  }

  @Test
  void ourFunctionsAnswerAdHocToo() {
    assertThat(
            fixture.query(
                "SELECT upper(name), substring(name FROM 2), left(name, 1), length(name), trim('x' FROM 'xax')"
                    + " FROM users WHERE id = 2"))
        .containsExactly("BÖB|öb|B|3|a");
    assertThat(
            fixture.query(
                "SELECT date_trunc('minute', ts), extract(second FROM ts) FROM clicks WHERE n = 7"))
        .containsExactly("2024-01-01T00:01|5.25");
  }

  @Test
  void insertTakesAQuery() {
    fixture.run("INSERT INTO users (id, name) SELECT n, type FROM clicks WHERE ok");
    assertThat(fixture.query("SELECT name FROM users WHERE id = 10")).containsExactly("view");
  }

  @Test
  void samePlanIsRememberedForTheSameCatalog() {
    assertThat(fixture.prepare("SELECT count(*) FROM users"))
        .isSameAs(fixture.prepare("SELECT count(*) FROM users"));
  }
}
