package io.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Caisson;
import io.caisson.CaissonOptions;
import io.caisson.Session;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.fdb.embedded.EmbeddedOptions;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.time.Timestamps;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleShardsTest {
  private static final String CLOSED =
      "SELECT window_end, COUNT(*) AS n FROM TUMBLE(s, ts, INTERVAL '1' MINUTE) GROUP BY window_end"
          + " EMIT ON WINDOW CLOSE";

  @TempDir private Path directory;

  private final ClockByHand clock =
      new ClockByHand(Timestamps.toMicros(LocalDateTime.of(2026, 3, 14, 12, 0)));
  private Caisson caisson;
  private Session session;

  @BeforeEach
  void open() {
    var store = EmbeddedDatabase.open(directory, EmbeddedOptions.defaults());
    var sql = new SqlFrontEnd(clock);
    caisson =
        new OpenStore(
            store, Optional.empty(), () -> sql, CaissonOptions.defaults().withClock(clock));
    session = caisson.database("test").session();
  }

  @AfterEach
  void close() {
    session.close();
    caisson.close();
  }

  @Test
  void aShardThatIsSilentForTooLongHoldsTheWatermarkBackNoLonger() {
    run(
        "CREATE STREAM s (k BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts) PARTITION BY (k)"
            + " WITH (shards = 2, idle_timeout = '1 minute')");
    run("CREATE MATERIALIZED VIEW closed AS " + CLOSED);
    for (int k = 0; k < 16; k++) {
      insert(k, "10:00:00");
    }
    clock.pass(30);
    insert(1, "10:05:00");
    insert(1, "10:06:00");
    assertThat(rows("SELECT * FROM closed")).isEmpty();

    clock.pass(120);
    insert(1, "10:07:00");
    List<String> closed = rows("SELECT * FROM closed ORDER BY window_end");
    assertThat(closed).hasSize(3);
    for (int k = 0; k < 16; k++) {
      insert(k, "10:06:30");
    }
    assertThat(rows("SELECT k FROM closed$late")).hasSize(16);

    close();
    open();
    run("CREATE MATERIALIZED VIEW again AS " + CLOSED);
    assertThat(rows("SELECT * FROM again ORDER BY window_end")).isEqualTo(closed);
    assertThat(rows("SELECT * FROM again$late ORDER BY k"))
        .isEqualTo(rows("SELECT * FROM closed$late ORDER BY k"));
  }

  private void insert(int k, String time) {
    run("INSERT INTO s VALUES (" + k + ", TIMESTAMP '2026-03-14 " + time + "')");
  }

  private void run(String sql) {
    session.execute(sql).close();
  }

  private List<String> rows(String sql) {
    var rows = new ArrayList<String>();
    session.execute(sql).forEach(row -> rows.add(row.toString()));
    return rows;
  }
}
