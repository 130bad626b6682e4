package io.caisson.tests.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.TestStore;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongQueryTest {
  private static final int ROWS = 2_000;
  private static final int ROWS_A_STATEMENT = 200;
  private static final int TEXT = 800;
  private static final int LONGER_THAN_A_TRANSACTION_SECONDS = 6;

  private static void fill(Session session) {
    session.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, text TEXT)").close();
    for (int first = 0; first < ROWS; first += ROWS_A_STATEMENT) {
      session
          .execute(
              "INSERT INTO t VALUES "
                  + IntStream.range(first, first + ROWS_A_STATEMENT)
                      .mapToObj(id -> "(" + id + ", '" + "x".repeat(TEXT) + "')")
                      .collect(Collectors.joining(", ")))
          .close();
    }
  }

  @Test
  void selectThatLastsLongerThanATransactionReadsTheWholeTable() throws InterruptedException {
    try (var store = new TestStore();
        Session session = store.database().session()) {
      fill(session);
      try (Result result = session.execute("SELECT id FROM t")) {
        Iterator<Row> rows = result.iterator();
        assertThat(rows.next().get(0)).isEqualTo(0L);
        TimeUnit.SECONDS.sleep(LONGER_THAN_A_TRANSACTION_SECONDS);
        long expected = 1;
        while (rows.hasNext()) {
          assertThat(rows.next().get(0)).isEqualTo(expected++);
        }
        assertThat(expected).isEqualTo(ROWS);
      }
    }
  }

  @Test
  void selectsOfDocumentsEntriesAndRecordsThatLastLongReadAllOfThem() throws InterruptedException {
    try (var store = new TestStore();
        Session session = store.database().session()) {
      fillSchemaless(session);
      try (Result documents = session.execute("SELECT _id FROM carts");
          Result entries = session.execute("SELECT key FROM sessions");
          Result records = session.execute("SELECT n FROM events")) {
        List<Iterator<Row>> all =
            List.of(documents.iterator(), entries.iterator(), records.iterator());
        all.forEach(rows -> assertThat(rows.next().get(0)).isNotNull());
        TimeUnit.SECONDS.sleep(LONGER_THAN_A_TRANSACTION_SECONDS);
        for (Iterator<Row> rows : all) {
          long count = 1;
          while (rows.hasNext()) {
            assertThat(rows.next().get(0)).isNotNull();
            count++;
          }
          assertThat(count).isEqualTo(ROWS);
        }
      }
    }
  }

  @Test
  void selectOfDocumentsCanBeCancelled() {
    try (var store = new TestStore();
        Session session = store.database().session()) {
      fillSchemaless(session);
      try (Result documents = session.execute("SELECT _id FROM carts")) {
        Iterator<Row> rows = documents.iterator();
        assertThat(rows.next().get(0)).isNotNull();
        session.cancel();
        assertThatExceptionOfType(CaissonException.class)
            .isThrownBy(() -> rows.forEachRemaining(row -> assertThat(row.get(0)).isNotNull()))
            .matches(e -> e.state() == SqlState.QUERY_CANCELED);
      }
    }
  }

  /** As many documents, entries and records as the table has rows. */
  private static void fillSchemaless(Session session) {
    fill(session);
    for (String sql :
        List.of(
            "CREATE COLLECTION carts",
            "CREATE BUCKET sessions",
            "CREATE RECORD TABLE events",
            "SET statement_chunks = on",
            "INSERT INTO carts SELECT CAST(id AS TEXT), '{\"text\": \"' || text || '\"}' FROM t",
            "INSERT INTO sessions SELECT CAST(id AS TEXT), text FROM t",
            "INSERT INTO events (_type, record)"
                + " SELECT 'e', '{\"n\": ' || id || ', \"text\": \"' || text || '\"}' FROM t")) {
      session.execute(sql).close();
    }
  }

  @Test
  void recursionWithoutAnEndCanBeCancelled() {
    try (var store = new TestStore();
        Session session = store.database().session()) {
      var canceller =
          new Thread(
              () -> {
                try {
                  TimeUnit.MILLISECONDS.sleep(200);
                  session.cancel();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      canceller.start();
      assertThatExceptionOfType(CaissonException.class)
          .isThrownBy(
              () ->
                  session
                      .execute(
                          "WITH RECURSIVE n (i) AS"
                              + " (SELECT 1 UNION ALL SELECT MOD(i + 1, 1000) FROM n)"
                              + " SELECT COUNT(*) FROM n")
                      .toList())
          .matches(e -> e.state() == SqlState.QUERY_CANCELED);
    }
  }
}
