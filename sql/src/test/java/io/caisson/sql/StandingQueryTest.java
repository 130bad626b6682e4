package io.caisson.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class StandingQueryTest {
  private final SqlFixture fixture = new SqlFixture();

  private Statement.CreateView view(String query) {
    return (Statement.CreateView) fixture.prepare("CREATE MATERIALIZED VIEW v AS " + query);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "plans.csv", delimiter = '~', quoteCharacter = '`')
  void planOf(String query, String plan) {
    assertThat(PlanText.of(view(query).plan())).isEqualTo(plan);
  }

  @Test
  void windowKeepsAllColumnsOfTheStream() {
    Statement.CreateView view =
        view(
            "SELECT window_start, type, count(*) AS n FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '1'"
                + " MINUTE)) GROUP BY window_start, window_end, type HAVING count(*) > 1");
    assertThat(PlanText.of(view.plan()))
        .isEqualTo(
            "project window_start:$0, type:$2, n:$3 < filter GREATER($3, 1) < aggregate [0, 1, 2] [n:COUNT(*) BIGINT]"
                + " < project window_start:$6, window_end:$7, type:$1 < window $5"
                + " TumblingWindows[size=60000000, offset=0] < scan clicks");
    assertThat(view.lateColumns().stream().map(c -> c.name()))
        .containsExactly("user_id", "type", "price", "n", "ok", "ts", "window_start", "window_end");
    assertThat(view.inputs()).containsExactly("clicks");
    assertThat(view.columns().get(0).type().nullable()).isFalse();
  }

  @Test
  void windowNeedsNoTableWord() {
    Statement.CreateView view =
        view(
            "SELECT count(*) AS n, window_end FROM TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '90 seconds')"
                + " GROUP BY window_end");
    assertThat(PlanText.of(view.plan()))
        .contains("window $5 TumblingWindows[size=90000000, offset=0]");
  }

  @Test
  void aggregateFilterIsAColumn() {
    Statement.CreateView view = view("SELECT count(*) FILTER (WHERE ok) AS n FROM clicks");
    assertThat(PlanText.of(view.plan())).contains("n:COUNT(*) filter $0");
  }

  @Test
  void queryTextIsWhatStandsBehindAs() {
    assertThat(view("SELECT n AS m\n FROM clicks -- all").query())
        .isEqualTo("SELECT n AS m\n FROM clicks");
  }

  @ParameterizedTest
  @CsvFileSource(resources = "refusals.csv", delimiter = '~', quoteCharacter = '`')
  void refused(String query, String error) {
    assertThat(fixture.error("CREATE MATERIALIZED VIEW bad AS " + query)).isEqualTo(error);
  }
}
