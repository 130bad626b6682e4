package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.Result;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ViewReplacementTest {
  private static final int ROWS = 20_000;
  private static final String SLOW = " WITH (backfill_rows_per_second = 1500) ";
  private static final String OLD = "SELECT g, COUNT(*) AS n FROM large GROUP BY g";
  private static final String NEW = "SELECT g, SUM(v) AS n FROM large GROUP BY g";

  private final TestStore store = new TestStore();
  private Session session = store.database().session();

  @BeforeEach
  void fill() {
    execute("CREATE TABLE large (id BIGINT PRIMARY KEY, g BIGINT, v BIGINT, t TEXT)");
    for (int from = 0; from < ROWS; from += 1_000) {
      execute(
          "INSERT INTO large SELECT id, MOD(id, 5), 3, '%s' FROM generate_series(%d, %d) AS s (id)"
              .formatted("x".repeat(100), from, from + 999));
    }
    execute("CREATE MATERIALIZED VIEW v AS " + OLD);
  }

  @AfterEach
  void close() {
    session.close();
    store.close();
  }

  @Test
  void oldViewIsReadUntilTheNewOneHasCaughtUp() throws Exception {
    List<String> before = rows("SELECT * FROM v");
    List<String> after = rows(NEW);
    CompletableFuture<Void> replaced = replaceAside("CREATE OR REPLACE MATERIALIZED VIEW v AS ");
    int old = 0;
    List<String> read;
    do {
      read = rows("SELECT * FROM v");
      assertThat(read).isIn(before, after);
      old += read.equals(before) ? 1 : 0;
    } while (read.equals(before));
    replaced.get(1, TimeUnit.MINUTES);
    assertThat(old).isPositive();
    assertThat(rows("SELECT * FROM v")).isEqualTo(after);
    execute("INSERT INTO large VALUES (-1, 77, 5, '')");
    assertThat(rows("SELECT * FROM v WHERE g = 77")).containsExactly("[77, 5]");
  }

  @Test
  void showViewsSaysHowEachIsDoing() {
    execute("CREATE VIEW plain AS SELECT g FROM v");
    assertThat(rows("SELECT COUNT(*) AS n FROM v")).containsExactly("[5]");
    List<String> shown = rows("SHOW VIEWS");
    assertThat(shown.get(0)).isEqualTo("[plain, VIEW, NULL, NULL, NULL, NULL]");
    assertThat(shown.get(1)).matches("\\[v, MATERIALIZED VIEW, running, 5, \\d+, NULL]");
    execute("ALTER MATERIALIZED VIEW v PAUSE");
    assertThat(rows("SHOW VIEWS").get(1)).contains("paused, 5");
  }

  @Test
  void cancelLeavesTheOldView() throws Exception {
    try (Session other = store.database().session()) {
      CompletableFuture<Void> replaced =
          CompletableFuture.runAsync(
              () ->
                  other
                      .execute("CREATE OR REPLACE MATERIALIZED VIEW v" + SLOW + "AS " + NEW)
                      .close(),
              task -> new Thread(task).start());
      awaitReplacement();
      List<String> state =
          rows(
              """
              SELECT state, percent_complete < 100, rows_read < %d
              FROM caisson_catalog.materialized_views WHERE view_name = 'v$replacement'
              """
                  .formatted(ROWS));
      assertThat(state).containsExactly("[backfilling, true, true]");
      other.cancel();
      assertThatThrownBy(() -> replaced.get(1, TimeUnit.MINUTES))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              CaissonException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.QUERY_CANCELED));
    }
    assertThat(views()).containsExactly("v");
    assertThat(rows("SELECT * FROM v")).isEqualTo(rows(OLD));
  }

  @Test
  void whatARestartInterruptsGoesOn() throws Exception {
    CompletableFuture<Void> replaced =
        replaceAside("CREATE OR REPLACE MATERIALIZED VIEW v" + SLOW + "AS ");
    awaitReplacement();
    session.close();
    store.reopen();
    assertThatThrownBy(() -> replaced.get(1, TimeUnit.MINUTES)).hasMessageContaining("closed");
    session = store.database().session();
    assertThat(rows("SELECT * FROM v")).isEqualTo(rows(OLD));
    assertThat(views()).containsExactly("v$replacement", "v");
    execute("DELETE FROM large WHERE id > 500");
    List<String> after = rows(NEW);
    while (!rows("SELECT * FROM v").equals(after)) {
      Thread.sleep(50);
    }
    assertThat(views()).containsExactly("v");
  }

  @Test
  void anotherReplacementTakesOver() throws Exception {
    CompletableFuture<Void> replaced =
        replaceAside("CREATE OR REPLACE MATERIALIZED VIEW v" + SLOW + "AS ");
    awaitReplacement();
    execute("CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM large");
    assertThat(rows("SELECT * FROM v")).containsExactly("[" + ROWS + "]");
    assertThatThrownBy(() -> replaced.get(1, TimeUnit.MINUTES)).hasMessageContaining("dropped");
    assertThat(rows("SELECT * FROM v")).containsExactly("[" + ROWS + "]");
  }

  @Test
  void dropEndsAReplacement() throws Exception {
    CompletableFuture<Void> replaced =
        replaceAside("CREATE OR REPLACE MATERIALIZED VIEW v" + SLOW + "AS ");
    awaitReplacement();
    execute("DROP MATERIALIZED VIEW v");
    assertThatThrownBy(() -> replaced.get(1, TimeUnit.MINUTES)).hasMessageContaining("dropped");
    assertThat(views()).isEmpty();
    execute("VACUUM");
    execute("DROP TABLE large");
  }

  @Test
  void whatIsBeingReadIsStillReadAfterADrop() {
    execute("CREATE MATERIALIZED VIEW copy AS SELECT * FROM large");
    assertThat(rows("SELECT COUNT(*) AS n FROM copy")).containsExactly("[" + ROWS + "]");
    session.close();
    store.reopen();
    session = store.database().session();
    try (Result reading = session.execute("SELECT * FROM copy");
        Session other = store.database().session()) {
      var read = reading.iterator();
      read.next();
      other.execute("DROP MATERIALIZED VIEW copy").close();
      other.execute("VACUUM").close();
      int rows = 1;
      for (; read.hasNext(); rows++) {
        read.next();
      }
      assertThat(rows).isEqualTo(ROWS);
    }
  }

  private CompletableFuture<Void> replaceAside(String create) {
    return CompletableFuture.runAsync(
        () -> {
          try (Session other = store.database().session()) {
            other.execute(create + NEW).close();
          }
        },
        task -> new Thread(task).start());
  }

  private void awaitReplacement() throws InterruptedException {
    while (!views().contains("v$replacement")) {
      Thread.sleep(10);
    }
  }

  /** The first column of SHOW VIEWS. */
  private List<String> views() {
    return rows("SHOW VIEWS").stream().map(row -> row.substring(1, row.indexOf(','))).toList();
  }

  private void execute(String sql) {
    session.execute(sql).close();
  }

  private List<String> rows(String sql) {
    try (Result result = session.execute(sql)) {
      var rows = new ArrayList<String>();
      result.forEach(row -> rows.add(Values.texts(row).toString()));
      rows.sort(null);
      return rows;
    }
  }
}
