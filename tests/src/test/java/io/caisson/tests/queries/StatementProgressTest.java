package io.caisson.tests.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Database;
import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.TestStore;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Statements that run in several transactions say how far they are, and can be cancelled. */
class StatementProgressTest {
  private static final String PROGRESS =
      "SELECT command, object_name, rows_done, transactions FROM caisson_catalog.statements";
  private static final int ROWS = 4_000;
  private static final int LONGEST_SECONDS = 60;

  private static List<Row> progress(Database database) {
    try (Session session = database.session();
        Result result = session.execute(PROGRESS)) {
      return result.toList();
    }
  }

  /** Waits until a statement has committed something, and answers how far it is. */
  private static Row begun(Database database) throws InterruptedException {
    for (int i = 0; i < LONGEST_SECONDS * 20; i++) {
      List<Row> rows = progress(database);
      if (rows.size() == 1 && rows.get(0).getLong("rows_done") > 0) {
        return rows.get(0);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("no statement has begun");
  }

  @Test
  void copyThatWaitsForRowsSaysHowManyItHasWrittenAndEndsWhenCancelled()
      throws IOException, InterruptedException, ExecutionException {
    var executor = Executors.newSingleThreadExecutor();
    try (var store = new TestStore();
        Session session = store.database().session();
        var in = new PipedInputStream(1 << 20)) {
      session.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, filler TEXT)").close();
      assertThat(progress(store.database())).isEmpty();
      CompletableFuture<@Nullable Throwable> done;
      try (var out = new PipedOutputStream(in)) {
        Session.Statement copy = session.parse("COPY t FROM STDIN (FORMAT csv)").get(0);
        done =
            CompletableFuture.runAsync(() -> session.copyIn(copy, in).close(), executor)
                .handle((nothing, error) -> error);
        for (int id = 0; id < ROWS; id++) {
          out.write((id + "," + "x".repeat(200) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Row row = begun(store.database());
        assertThat(row.get("command")).isEqualTo("COPY");
        assertThat(row.get("object_name")).isEqualTo("t");
        assertThat(row.getLong("rows_done")).isBetween(1L, (long) ROWS);
        assertThat(row.getLong("transactions")).isPositive();
        session.cancel();
      }
      assertThat(done.get())
          .cause()
          .isInstanceOfSatisfying(
              CaissonException.class,
              cause -> assertThat(cause.state()).isEqualTo(SqlState.QUERY_CANCELED))
          .hasMessageContaining("transactions, which stay");
      assertThat(progress(store.database())).isEmpty();
    } finally {
      executor.shutdown();
    }
  }
}
