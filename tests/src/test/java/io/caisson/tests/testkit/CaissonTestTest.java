package io.caisson.tests.testkit;

import static io.caisson.testkit.CaissonTest.added;
import static io.caisson.testkit.CaissonTest.removed;
import static io.caisson.testkit.CaissonTest.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.error.CaissonException;
import io.caisson.testkit.CaissonTest;
import io.caisson.testkit.FollowedView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CaissonTestTest {
  private static final String PIPELINE =
      """
      CREATE STREAM clicks (user_id BIGINT, type TEXT, ts TIMESTAMP(3),
        WATERMARK FOR ts AS ts - INTERVAL '5' SECOND);
      CREATE MATERIALIZED VIEW per_minute AS
        SELECT window_start, type, COUNT(*) AS n
        FROM TUMBLE(clicks, ts, INTERVAL '1' MINUTE) GROUP BY window_start, window_end, type;
      """;

  private final CaissonTest test = CaissonTest.open();

  @BeforeEach
  void createPipeline() {
    test.run(PIPELINE);
  }

  @AfterEach
  void close() {
    test.close();
  }

  private void click(String type, String time) {
    test.insert("clicks", 1, type, "2026-03-14 " + time);
  }

  @Test
  void viewHasTheRowsThatWereGiven() {
    click("view", "10:00:01");
    click("view", "10:00:02");
    click("buy", "10:01:00");
    test.view("per_minute")
        .areExactly(
            row("2026-03-14 10:00:00", "view", 2),
            row(LocalDateTime.of(2026, 3, 14, 10, 1), "buy", new BigDecimal("1.00")));
    test.view("per_minute").contain(row("2026-03-14 10:01:00", "buy", 1L));
    test.rows("SELECT type, n FROM per_minute ORDER BY n DESC")
        .areInOrder(row("view", 2), row("buy", 1));
    test.rows("SELECT n FROM per_minute WHERE type = ?", "view").areExactly(row(2));
    assertThat(test.view("per_minute").list().get(0).getLong("n")).isEqualTo(2);
  }

  @Test
  void lateRowsAreSeen() {
    click("view", "10:02:00");
    click("view", "10:00:59");
    test.late("per_minute")
        .areExactly(
            row(1, "view", "2026-03-14 10:00:59", "2026-03-14 10:00:00", "2026-03-14 10:01:00"));
  }

  @Test
  void changesSinceTheLastLookAreSeen() {
    click("view", "10:00:01");
    try (FollowedView changes = test.follow("per_minute")) {
      changes.changedNothing();
      click("view", "10:00:02");
      changes.changedExactly(
          removed("2026-03-14 10:00:00", "view", 1), added("2026-03-14 10:00:00", "view", 2));
      changes.changedNothing();
      click("view", "10:00:03");
      click("view", "10:00:04");
      changes.changedExactly(
          removed("2026-03-14 10:00:00", "view", 2), added("2026-03-14 10:00:00", "view", 4));
    }
  }

  @Test
  void failureSaysWhatIsMissingAndWhatIsThere() {
    click("view", "10:00:01");
    assertThatThrownBy(
            () -> test.view("per_minute").areExactly(row("2026-03-14 10:00:00", "view", 2)))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            view "per_minute": 1 row is missing, 1 row is not expected
              missing:
                2026-03-14 10:00:00 | view | 2
              not expected:
                2026-03-14 10:00:00 | view | 1
              all rows:
                2026-03-14 10:00:00 | view | 1""");
    assertThatThrownBy(() -> test.view("per_minute").areNone())
        .hasMessageContaining("1 row is not expected");
    assertThatThrownBy(() -> test.late("per_minute").contain(row(1)))
        .hasMessage(
            """
            late rows of "per_minute": 1 row is missing
              missing:
                1
              there are no rows""");
  }

  @Test
  void failureSaysThatOnlyTheOrderDiffers() {
    test.run("CREATE TABLE t (id BIGINT PRIMARY KEY)");
    test.insert("t", 1);
    test.insert("t", 2);
    assertThatThrownBy(() -> test.rows("SELECT id FROM t ORDER BY id").areInOrder(row(2), row(1)))
        .hasMessageContaining("in another order")
        .hasMessageContaining("expected:\n    2\n    1\n  all rows:\n    1\n    2");
  }

  @Test
  void failureShowsChanges() {
    FollowedView changes = test.follow("per_minute");
    click("view", "10:00:01");
    assertThatThrownBy(changes::changedNothing)
        .hasMessage(
            """
            changes of "per_minute": 1 change is not expected
              not expected:
                + 2026-03-14 10:00:00 | view | 1
              all changes:
                + 2026-03-14 10:00:00 | view | 1""");
  }

  @Test
  void errorsOfStatementsPassThrough() {
    assertThatThrownBy(() -> test.run("SELECT nothing FROM clicks"))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> test.insert("clicks", "x", "view", null))
        .isInstanceOf(CaissonException.class);
  }

  @Test
  void timeIsWhatTheTestSays() {
    test.advanceTo(Instant.parse("2026-03-14T10:00:00Z"));
    test.rows("SELECT LOCALTIMESTAMP AS now").areExactly(row("2026-03-14 10:00:00"));
    test.advanceBy(Duration.ofMinutes(90));
    test.rows("SELECT LOCALTIMESTAMP AS now").areExactly(row("2026-03-14 11:30:00"));
    assertThat(test.time()).isEqualTo(Instant.parse("2026-03-14T11:30:00Z"));
    assertThatThrownBy(() -> test.advanceBy(Duration.ofMinutes(-1)))
        .hasMessageContaining("does not go back");
  }

  @Test
  void restartLosesNothing() {
    click("view", "10:00:01");
    test.restart();
    click("view", "10:00:02");
    test.view("per_minute").areExactly(row("2026-03-14 10:00:00", "view", 2));
  }
}
