package io.caisson.tests.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.EventStream;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.StreamReader;
import io.caisson.StreamRow;
import io.caisson.StreamWriter;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.TestStore;
import io.caisson.time.Timestamps;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StreamReadingTest {
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 1, 1, 12, 0);

  private final TestStore store = new TestStore();
  private Session session = store.database().session();
  private long nextId;
  private long sequence;

  @AfterEach
  void close() {
    session.close();
    store.close();
  }

  private void execute(String sql) {
    session.execute(sql).close();
  }

  private List<String> texts(String sql) {
    try (Result result = session.execute(sql)) {
      return result.toList().stream().map(Object::toString).toList();
    }
  }

  private void create(String options) {
    execute(
        "CREATE STREAM s (id BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) "
            + options);
  }

  /** Rows with growing ids, one a minute from noon on. */
  private Columns rows(int count) {
    var builder =
        new ColumnsBuilder(List.of(SqlType.of(TypeKind.BIGINT), SqlType.of(TypeKind.TIMESTAMP)));
    for (int i = 0; i < count; i++) {
      builder.column(0).addLong(nextId);
      builder.column(1).addLong(Timestamps.toMicros(NOON.plusMinutes(nextId++)));
    }
    return builder.build();
  }

  private void append(int... counts) {
    try (StreamWriter writer = store.database().writer("s", "test")) {
      for (int count : counts) {
        writer.append(rows(count), ++sequence, "");
      }
    }
  }

  private EventStream stream() {
    return store.database().stream("s");
  }

  private static List<Long> ids(List<StreamRow> rows) {
    return rows.stream().map(row -> row.row().getLong("id")).toList();
  }

  private static List<Long> rest(StreamReader reader, int page) {
    var ids = new ArrayList<Long>();
    try (reader) {
      for (List<StreamRow> rows = reader.next(page); !rows.isEmpty(); rows = reader.next(page)) {
        assertThat(rows).hasSizeLessThanOrEqualTo(page);
        ids.addAll(ids(rows));
      }
    }
    return ids;
  }

  private static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  private static void assertFails(ThrowingCallable call, SqlState state, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(CaissonException.class, e -> assertThat(e.state()).isEqualTo(state))
        .hasMessageContaining(text);
  }

  @Test
  void readingGoesOnBehindEveryPosition() {
    create("WITH (shards = 3)");
    append(1, 5, 1, 1, 40, 1);
    assertThat(stream().columns().get(0).name()).isEqualTo("id");
    List<StreamRow> all;
    try (StreamReader reader = stream().read()) {
      all = reader.next(1_000);
    }
    assertThat(ids(all)).isEqualTo(range(0, 49));
    assertThat(all).extracting(StreamRow::shard).contains(0, 1, 2);
    for (int i = 0; i < all.size(); i++) {
      String position = all.get(i).position();
      assertThat(rest(stream().readAfter(position), 7)).isEqualTo(range(i + 1, 49));
    }
    session.close();
    store.reopen();
    session = store.database().session();
    assertThat(rest(stream().readAfter(all.get(10).position()), 1)).isEqualTo(range(11, 49));
    assertThat(rest(stream().read(), 5)).isEqualTo(range(0, 49));
  }

  @Test
  void aReadersPositionIsWhereItGoesOn() {
    create("");
    try (StreamReader reader = stream().read()) {
      assertThat(reader.next(10)).isEmpty();
      append(3, 3);
      assertThat(ids(reader.next(2))).containsExactly(0L, 1L);
      assertThat(rest(stream().readAfter(reader.position()), 10)).isEqualTo(range(2, 6));
      assertThat(ids(reader.next(10))).isEqualTo(range(2, 6));
      assertThat(rest(stream().readAfter(reader.position()), 10)).isEmpty();
      String end = stream().end();
      append(2);
      assertThat(rest(stream().readAfter(end), 10)).isEqualTo(range(6, 8));
      assertThat(ids(reader.next(10))).isEqualTo(range(6, 8));
    }
  }

  @Test
  void aWaitingReaderGetsRowsAsTheyComeAndGivesUpInTime() throws Exception {
    create("");
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (StreamReader reader = stream().read()) {
      assertThat(reader.await(10, Duration.ofMillis(50))).isEmpty();
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 20; i++) {
                  append(1 + i % 3);
                }
              },
              other);
      var found = new ArrayList<Long>();
      while (found.size() < 39) {
        found.addAll(ids(reader.await(4, Duration.ofSeconds(30))));
      }
      writing.get();
      assertThat(found).isEqualTo(range(0, 39));
    } finally {
      other.shutdown();
    }
  }

  @Test
  void readingBeginsAtAnEventTime() {
    create("");
    append(10, 10, 10);
    assertThat(rest(stream().readFrom(NOON.plusMinutes(15)), 4)).isEqualTo(range(15, 30));
    assertThat(rest(stream().readFrom(NOON.plusSeconds(1)), 4)).isEqualTo(range(1, 30));
    assertThat(rest(stream().readFrom(NOON.minusDays(1)), 4)).isEqualTo(range(0, 30));
    assertThat(rest(stream().readFrom(NOON.plusDays(1)), 4)).isEmpty();
    execute("INSERT INTO s VALUES (100, TIMESTAMP '2026-01-01 12:00:00')");
    assertThat(rest(stream().readFrom(NOON.plusMinutes(29)), 4)).containsExactly(29L, 100L);
    execute("CREATE STREAM timeless (id BIGINT)");
    assertFails(
        () -> store.database().stream("timeless").readFrom(NOON),
        SqlState.WRONG_OBJECT_TYPE,
        "no event time");
  }

  @Test
  void readingBeginsAtTheTimeOfACommit() {
    create("");
    append(3);
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
    assertThat(rest(stream().readSince(now.minusHours(1)), 10)).isEqualTo(range(0, 3));
    assertThat(rest(stream().readSince(now.plusHours(1)), 10)).isEmpty();
    try (StreamReader reader = stream().read()) {
      for (StreamRow row : reader.next(3)) {
        assertThat(row.committedAt()).isBetween(now.minusSeconds(60), now.plusSeconds(11));
        LocalDateTime at = row.committedAt();
        assertThat(rest(stream().readSince(at), 10)).contains(row.row().getLong("id"));
      }
    }
  }

  @Test
  void whatRetentionRemovedIsNotPassedOverInSilence() {
    create("WITH (retention_bytes = '1 MB')");
    append(1, 1, 1);
    String first;
    try (StreamReader reader = stream().read()) {
      first = reader.next(1).get(0).position();
    }
    String last = stream().end();
    execute("ALTER STREAM s SET (retention_bytes = '1 B')");
    execute("VACUUM s");
    append(2);
    assertThat(rest(stream().read(), 10)).containsExactly(3L, 4L);
    assertThat(rest(stream().readAfter(last), 10)).containsExactly(3L, 4L);
    assertFails(
        () -> rest(stream().readAfter(first), 10),
        SqlState.INVALID_PARAMETER,
        "removed by retention");
  }

  @Test
  void retentionWaitsForViewsAndAViewKeepsWhatItTookIn() throws Exception {
    create("WITH (retention_bytes = '1 B')");
    execute("CREATE MATERIALIZED VIEW n AS SELECT COUNT(*) AS n, MAX(id) AS last FROM s");
    append(10, 20);
    assertThat(texts("SELECT * FROM n")).containsExactly("{n=30, last=29}");
    long left = 30;
    while (left > 0) {
      // The view's checkpoint comes within a second or so; until then the rows stay.
      execute("VACUUM s");
      left = Long.parseLong(texts("SELECT COUNT(*) AS n FROM s").get(0).replaceAll("\\D", ""));
      assertThat(texts("SELECT * FROM n")).containsExactly("{n=30, last=29}");
      Thread.sleep(20);
    }
    append(5);
    assertThat(texts("SELECT * FROM n")).containsExactly("{n=35, last=34}");
    session.close();
    store.reopen();
    session = store.database().session();
    assertThat(texts("SELECT * FROM n")).containsExactly("{n=35, last=34}");
    execute("ALTER STREAM s SET (retention_bytes = '1 GB')");
    execute("ALTER STREAM s ADD COLUMN more BIGINT DEFAULT 7");
    session.close();
    store.reopen();
    session = store.database().session();
    assertThat(texts("SELECT * FROM n")).containsExactly("{n=35, last=34}");
    execute("CREATE MATERIALIZED VIEW later AS SELECT COUNT(*) AS n, SUM(more) AS more FROM s");
    assertThat(texts("SELECT * FROM later")).containsExactly("{n=5, more=35}");
  }

  @Test
  void aLoadThatIsRepeatedAfterRetentionBringsNothingBack() {
    create("WITH (retention_bytes = '1 B')");
    append(10);
    execute("VACUUM s");
    try (StreamWriter writer = store.database().writer("s", "test")) {
      assertThat(writer.lastSequence()).isEqualTo(1);
      assertThat(writer.append(rows(10), 1, "")).isFalse();
    }
    assertThat(rest(stream().read(), 10)).isEmpty();
  }

  @Test
  void writersThatWereOpenedBeforeGoOnOrSayWhy() {
    create("");
    try (StreamWriter writer = store.database().writer("s", "old")) {
      writer.append(rows(1), 1, "");
      execute("ALTER STREAM s ADD COLUMN more BIGINT NOT NULL DEFAULT 5");
      writer.append(rows(1), 2, "");
      execute("ALTER STREAM s RENAME TO other");
      writer.append(rows(1), 3, "");
      assertThat(texts("SELECT id, more FROM other"))
          .containsExactly("{id=0, more=5}", "{id=1, more=5}", "{id=2, more=5}");
      execute("DROP STREAM other");
      assertFails(() -> writer.append(rows(1), 4, ""), SqlState.UNDEFINED_OBJECT, "was dropped");
    }
  }

  @Test
  void sequencesThatWereThereBeforeWriteNothing() {
    create("");
    try (StreamWriter one = store.database().writer("s", "p");
        StreamWriter two = store.database().writer("s", "p")) {
      assertThat(one.append(rows(1), 5, "at 5")).isTrue();
      assertThat(one.append(rows(1), 5, "at 5")).isFalse();
      assertThat(two.append(rows(1), 4, "late")).isFalse();
      assertThat(two.append(rows(1), 9, "at 9")).isTrue();
      assertThat(one.append(rows(1), 7, "at 7")).isFalse();
      assertThat(one.append(rows(0), 10, "no rows")).isTrue();
    }
    try (StreamWriter again = store.database().writer("s", "p");
        StreamWriter other = store.database().writer("s", "q")) {
      assertThat(again.lastSequence()).isEqualTo(10);
      assertThat(again.lastNote()).isEqualTo("no rows");
      assertThat(other.lastSequence()).isEqualTo(-1);
    }
    assertThat(rest(stream().read(), 10)).containsExactly(0L, 3L);
  }

  @Test
  void blocksOutsideARangeOfTimesAreNotRead() {
    create("");
    append(10, 10, 10, 10, 10, 10, 10, 10, 10, 10);
    List<String> plan =
        texts(
            "EXPLAIN ANALYZE SELECT id FROM s WHERE ts >= TIMESTAMP '2026-01-01 12:25:00'"
                + " AND ts < TIMESTAMP '2026-01-01 12:35:00'");
    assertThat(String.join("\n", plan))
        .contains("(rows=10 ")
        .contains("Blocks of streams: 2 read, 8 skipped");
  }

  @Test
  void whatIsNoPositionOrNoStreamIsRefused() {
    create("");
    execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
    for (String text : List.of("", "nonsense", "1.2.3", "1.2.99999.0", "-1.0.0.0", "1.2.3.4.x")) {
      assertFails(
          () -> stream().readAfter(text), SqlState.INVALID_PARAMETER, "is no position of a stream");
    }
    assertFails(() -> stream().readAfter("77.1.0.0"), SqlState.INVALID_PARAMETER, "another life");
    assertFails(() -> stream().read().next(0), SqlState.INVALID_PARAMETER, "at least 1");
    assertFails(
        () -> store.database().stream("missing"), SqlState.UNDEFINED_OBJECT, "does not exist");
    assertFails(() -> store.database().stream("t"), SqlState.WRONG_OBJECT_TYPE, "not a STREAM");
    StreamReader closed = stream().read();
    closed.close();
    assertFails(() -> closed.next(1), SqlState.CLOSED, "closed");
  }
}
