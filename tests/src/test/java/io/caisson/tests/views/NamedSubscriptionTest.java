package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscriptions that have a name, and go on where they were acknowledged. */
@Timeout(60)
class NamedSubscriptionTest {
  private static final int LEADING_COLUMNS = 4;

  private final TestStore store = new TestStore();
  private Session session = store.database().session();

  @AfterEach
  void close() {
    session.close();
    store.close();
  }

  private void execute(String sql) {
    session.execute(sql).close();
  }

  private void reopen() {
    session.close();
    store.reopen();
    session = store.database().session();
  }

  private static void assertFails(ThrowingCallable call, SqlState state, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> {
              assertThat(e).hasMessageContaining(message);
              assertThat(e.state()).isEqualTo(state);
            });
  }

  /** Changes up to the first mark behind some; the token is that of the mark. */
  private record Group(List<String> changes, String token) {}

  private static Group next(Iterator<Row> rows) {
    var changes = new ArrayList<String>();
    while (true) {
      Row row = rows.next();
      if (Boolean.TRUE.equals(row.get("caisson_progressed"))) {
        if (!changes.isEmpty()) {
          changes.sort(null);
          return new Group(changes, Objects.requireNonNull(row.getString("caisson_token")));
        }
      } else {
        List<String> texts = Values.texts(row);
        changes.add(
            (row.getLong("caisson_weight") > 0 ? "+" : "-")
                + texts.subList(LEADING_COLUMNS, texts.size()));
      }
    }
  }

  /** The next changes of a subscription, which is then left. */
  private Group read(String subscription) {
    try (Session reader = store.database().session();
        Result result = reader.execute("SUBSCRIBE TO " + subscription)) {
      return next(result.iterator());
    }
  }

  /** Reads on until a row comes that has a text in it: so far the log is written then. */
  private void readUntil(String subscription, String text) {
    try (Session reader = store.database().session();
        Result result = reader.execute("SUBSCRIBE TO " + subscription)) {
      Iterator<Row> rows = result.iterator();
      while (next(rows).changes().stream().noneMatch(line -> line.contains(text))) {
        assertThat(rows.hasNext()).isTrue();
      }
    }
  }

  private void acknowledge(String subscription, Group group) {
    execute("ACKNOWLEDGE " + subscription + " UP TO '" + group.token() + "'");
  }

  private void createCounts() {
    execute("CREATE STREAM s (k TEXT)");
    execute("INSERT INTO s VALUES ('before')");
    execute("CREATE MATERIALIZED VIEW v AS SELECT k, COUNT(*) AS n FROM s GROUP BY k");
  }

  @Test
  void changesComeAgainUntilTheyAreAcknowledged() {
    createCounts();
    execute("CREATE SUBSCRIPTION sub FROM v");
    execute("INSERT INTO s VALUES ('a')");
    Group first = read("sub");
    assertThat(first.changes()).containsExactly("+[a, 1]");
    assertThat(read("sub")).isEqualTo(first);
    acknowledge("sub", first);
    execute("INSERT INTO s VALUES ('a')");
    Group second = read("sub");
    assertThat(second.changes()).containsExactly("+[a, 2]", "-[a, 1]");
    reopen();
    assertThat(read("sub")).isEqualTo(second);
    acknowledge("sub", second);
    execute("INSERT INTO s VALUES ('b')");
    assertThat(read("sub").changes()).containsExactly("+[b, 1]");
  }

  @Test
  void snapshotComesUntilSomethingIsAcknowledged() {
    createCounts();
    execute("CREATE SUBSCRIPTION sub FROM v WITH (snapshot)");
    assertThat(read("sub").changes()).containsExactly("+[before, 1]");
    execute("INSERT INTO s VALUES ('a')");
    Group snapshot = read("sub");
    assertThat(snapshot.changes()).containsExactly("+[a, 1]", "+[before, 1]");
    acknowledge("sub", snapshot);
    execute("INSERT INTO s VALUES ('a')");
    assertThat(read("sub").changes()).containsExactly("+[a, 2]", "-[a, 1]");
  }

  @Test
  void rowsOfAStreamComeOnce() {
    execute("CREATE STREAM s (k TEXT) WITH (shards = 3)");
    execute("INSERT INTO s VALUES ('before')");
    execute("CREATE SUBSCRIPTION later FROM s");
    execute("CREATE SUBSCRIPTION everything FROM s WITH (snapshot)");
    execute("INSERT INTO s VALUES ('a'), ('b')");
    Group all = read("everything");
    assertThat(all.changes()).containsExactly("+[before]");
    acknowledge("everything", all);
    assertThat(read("everything").changes()).containsExactly("+[a]", "+[b]");
    Group first = read("later");
    assertThat(first.changes()).containsExactly("+[a]", "+[b]");
    acknowledge("later", first);
    reopen();
    execute("INSERT INTO s VALUES ('c')");
    assertThat(read("later").changes()).containsExactly("+[c]");
  }

  @Test
  void acknowledgingIsUndoneWithItsTransaction() {
    createCounts();
    execute("CREATE TABLE effects (n BIGINT PRIMARY KEY)");
    execute("CREATE SUBSCRIPTION sub FROM v");
    execute("INSERT INTO s VALUES ('a')");
    Group first = read("sub");
    execute("BEGIN");
    execute("INSERT INTO effects VALUES (1)");
    acknowledge("sub", first);
    execute("ROLLBACK");
    assertThat(read("sub")).isEqualTo(first);
    store
        .database()
        .transact(
            transaction -> {
              transaction.execute("INSERT INTO effects VALUES (1)").close();
              transaction.acknowledge("sub", first.token());
              return first;
            });
    execute("INSERT INTO s VALUES ('b')");
    assertThat(read("sub").changes()).containsExactly("+[b, 1]");
    assertFails(
        () -> acknowledge("sub", first),
        SqlState.NOT_IN_PREREQUISITE_STATE,
        "is acknowledged as far as that already");
  }

  @Test
  void oneReadsAtATime() {
    createCounts();
    execute("CREATE SUBSCRIPTION sub FROM v WITH (snapshot)");
    try (Session reader = store.database().session();
        Result result = reader.execute("SUBSCRIBE TO sub")) {
      next(result.iterator());
      assertFails(() -> read("sub"), SqlState.OBJECT_IN_USE, "\"sub\" is active");
      assertFails(
          () -> execute("ALTER SUBSCRIPTION sub RESET"), SqlState.OBJECT_IN_USE, "is active");
      assertFails(() -> execute("DROP SUBSCRIPTION sub"), SqlState.OBJECT_IN_USE, "is active");
      assertThat(state()).isEqualTo("active");
    }
    assertThat(state()).isEqualTo("idle");
    execute("DROP SUBSCRIPTION sub");
  }

  private String state() {
    try (Result result =
        session.execute("SELECT state FROM caisson_catalog.subscriptions WHERE name = 'sub'")) {
      return String.valueOf(result.iterator().next().get("state"));
    }
  }

  @Test
  void whatIsNotAcknowledgedInTimeExpires() throws Exception {
    createCounts();
    execute("CREATE SUBSCRIPTION sub FROM v WITH (retention = '1 second')");
    execute("CREATE SUBSCRIPTION patient FROM v");
    execute("INSERT INTO s VALUES ('a')");
    Group first = read("sub");
    execute("VACUUM");
    assertThat(read("sub")).isEqualTo(first);
    Thread.sleep(1_100);
    execute("VACUUM");
    assertThat(read("sub")).as("another subscription has it kept").isEqualTo(first);
    execute("DROP SUBSCRIPTION patient");
    execute("VACUUM");
    assertThat(state()).isEqualTo("expired");
    assertFails(() -> read("sub"), SqlState.NOT_IN_PREREQUISITE_STATE, "has expired");
    assertFails(() -> acknowledge("sub", first), SqlState.NOT_IN_PREREQUISITE_STATE, "has expired");
    execute("ALTER SUBSCRIPTION sub RESET TO SNAPSHOT");
    assertThat(read("sub").changes()).containsExactly("+[a, 1]", "+[before, 1]");
  }

  @Test
  void whatIsTooMuchExpires() {
    createCounts();
    execute("CREATE SUBSCRIPTION sub FROM v WITH (retention_bytes = '1 kB')");
    execute("CREATE SUBSCRIPTION large FROM v WITH (retention_bytes = '1 GB')");
    for (int i = 0; i < 100; i++) {
      execute("INSERT INTO s VALUES ('" + "x".repeat(50) + i + "')");
      var unused = session.execute("SELECT COUNT(*) FROM v").toList();
    }
    readUntil("large", "x99, ");
    execute("DROP SUBSCRIPTION large");
    execute("VACUUM");
    assertThat(state()).isEqualTo("expired");
  }

  @Test
  void streamsKeepForASubscriptionWhatTheyNeedNot() throws Exception {
    execute("CREATE STREAM s (k TEXT) WITH (retention = '1 second')");
    execute("CREATE SUBSCRIPTION sub FROM s WITH (retention = '1 hour')");
    execute("INSERT INTO s VALUES ('a')");
    Thread.sleep(1_200);
    execute("VACUUM");
    assertThat(read("sub").changes()).containsExactly("+[a]");
    execute("ALTER SUBSCRIPTION sub SET (retention = '1 second')");
    execute("INSERT INTO s VALUES ('b')");
    execute("VACUUM");
    assertFails(() -> read("sub"), SqlState.NOT_IN_PREREQUISITE_STATE, "has expired");
    execute("ALTER SUBSCRIPTION sub RESET TO EARLIEST");
  }

  @Test
  void resetGoesToWhereItIsTold() {
    createCounts();
    execute("CREATE SUBSCRIPTION sub FROM v");
    execute("INSERT INTO s VALUES ('a')");
    Group first = read("sub");
    execute("INSERT INTO s VALUES ('b')");
    acknowledge("sub", first);
    Group second = read("sub");
    acknowledge("sub", second);
    execute("ALTER SUBSCRIPTION sub RESET TO '" + first.token() + "'");
    assertThat(read("sub")).isEqualTo(second);
    execute("ALTER SUBSCRIPTION sub RESET TO EARLIEST");
    assertThat(read("sub").changes()).isIn(first.changes(), second.changes());
    execute("ALTER SUBSCRIPTION sub RESET TO SNAPSHOT");
    assertThat(read("sub").changes()).containsExactly("+[a, 1]", "+[b, 1]", "+[before, 1]");
    execute("ALTER SUBSCRIPTION sub RESET");
    execute("INSERT INTO s VALUES ('c')");
    assertThat(read("sub").changes()).containsExactly("+[c, 1]");
  }

  @Test
  void anUnnamedSubscriptionGoesOnBehindAToken() {
    createCounts();
    Group snapshot;
    Group first;
    try (Session reader = store.database().session();
        Result result = reader.execute("SUBSCRIBE TO v WITH (PROGRESS)")) {
      Iterator<Row> rows = result.iterator();
      snapshot = next(rows);
      execute("INSERT INTO s VALUES ('a')");
      first = next(rows);
    }
    execute("INSERT INTO s VALUES ('b')");
    assertThat(read("v AS OF '" + snapshot.token() + "' WITH (PROGRESS)").changes())
        .isEqualTo(first.changes());
    assertThat(read("v AS OF '" + first.token() + "' WITH (PROGRESS)").changes())
        .containsExactly("+[b, 1]");
    reopen();
    assertFails(
        () -> read("v AS OF '" + snapshot.token() + "' WITH (PROGRESS)"),
        SqlState.NOT_IN_PREREQUISITE_STATE,
        "since then are no longer kept");
    assertFails(
        () -> read("v AS OF '9." + first.token().substring(2) + "'"),
        SqlState.INVALID_PARAMETER,
        "of another life of the database");
    assertFails(
        () -> read("s AS OF '" + first.token() + "'"),
        SqlState.INVALID_PARAMETER,
        "is not of \"s\"");
  }

  @Test
  void tokensAreGoodAfterARestartWhereASubscriptionKeepsChanges() {
    createCounts();
    execute("CREATE SUBSCRIPTION sub FROM v");
    execute("INSERT INTO s VALUES ('a')");
    Group first = read("sub");
    execute("INSERT INTO s VALUES ('b')");
    reopen();
    assertThat(read("v AS OF '" + first.token() + "' WITH (PROGRESS)").changes())
        .containsExactly("+[b, 1]");
  }

  @Test
  void queriesAndTablesAreFollowedToo() {
    execute("CREATE TABLE t (id BIGINT PRIMARY KEY, k TEXT)");
    execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    try (Session reader = store.database().session();
        Result result = reader.execute("SUBSCRIBE TO t WITH (PROGRESS)")) {
      Iterator<Row> rows = result.iterator();
      assertThat(next(rows).changes()).containsExactly("+[1, a]", "+[2, b]");
      execute("UPDATE t SET k = 'c' WHERE id = 2");
      assertThat(next(rows).changes()).containsExactly("+[2, c]", "-[2, b]");
    }
    String query = "SUBSCRIBE TO (SELECT k, COUNT(*) AS n FROM t GROUP BY k) WITH (PROGRESS)";
    try (Session reader = store.database().session();
        Result result = reader.execute(query)) {
      Iterator<Row> rows = result.iterator();
      assertThat(next(rows).changes()).containsExactly("+[a, 1]", "+[c, 1]");
      execute("DELETE FROM t WHERE id = 1");
      assertThat(next(rows).changes()).containsExactly("-[a, 1]");
    }
    execute("DROP TABLE t");
  }

  @Test
  void changesOfATableAreKeptForASubscription() {
    execute("CREATE TABLE t (id BIGINT PRIMARY KEY, k TEXT)");
    execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    execute("CREATE SUBSCRIPTION sub FROM t WITH (snapshot)");
    Group snapshot = read("sub");
    assertThat(snapshot.changes()).containsExactly("+[1, a]", "+[2, b]");
    acknowledge("sub", snapshot);
    reopen();
    execute("UPDATE t SET k = 'c' WHERE id = 1");
    assertThat(read("sub").changes()).containsExactly("+[1, c]", "-[1, a]");
    execute("DROP SUBSCRIPTION sub");
    execute("DROP TABLE t");
  }

  @Test
  void upsertsSayWhatBecameOfEachKey() {
    createCounts();
    try (Session reader = store.database().session();
        Result result = reader.execute("SUBSCRIBE TO v WITH (ENVELOPE = 'upsert')")) {
      Iterator<Row> rows = result.iterator();
      assertThat(upsert(rows.next())).isEqualTo("[upsert, before, 1]");
      execute("INSERT INTO s VALUES ('before')");
      assertThat(upsert(rows.next())).isEqualTo("[upsert, before, 2]");
    }
    execute("CREATE TABLE t (id BIGINT PRIMARY KEY, k TEXT)");
    execute("INSERT INTO t VALUES (1, 'a')");
    try (Session reader = store.database().session();
        Result result =
            reader.execute("SUBSCRIBE TO SELECT k, id FROM t WITH (ENVELOPE = 'upsert')")) {
      Iterator<Row> rows = result.iterator();
      assertThat(upsert(rows.next())).isEqualTo("[upsert, 1, a]");
      execute("UPDATE t SET k = 'b'");
      assertThat(upsert(rows.next())).isEqualTo("[upsert, 1, b]");
      execute("DELETE FROM t");
      assertThat(upsert(rows.next())).isEqualTo("[delete, 1, NULL]");
    }
  }

  private static String upsert(Row row) {
    List<String> texts = Values.texts(row);
    return texts.subList(1, texts.size()).toString();
  }
}
