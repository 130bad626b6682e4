package io.caisson.tests.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.Bucket;
import io.caisson.BucketOptions;
import io.caisson.Database;
import io.caisson.DocumentCollection;
import io.caisson.Filter;
import io.caisson.RecordTable;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.StreamWriter;
import io.caisson.Table;
import io.caisson.Transaction;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.TestStore;
import io.caisson.type.TypeKind.Physical;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables, documents, key-values, records and streams in transactions of programs. */
class ModelsInTransactionTest {
  private final TestStore store = new TestStore();
  private final Database database = store.database();
  private final Session session = database.session();
  private final DocumentCollection carts = database.createCollection("carts");
  private final Bucket hits = database.createBucket("hits", BucketOptions.counters());
  private final RecordTable log = database.createTable("log");

  @BeforeEach
  void define() {
    session.execute("CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT UNIQUE)");
    session.execute("CREATE STREAM clicks (user_id BIGINT NOT NULL, url TEXT)");
    session.execute("INSERT INTO users VALUES (1, 'ann'), (2, 'bo')");
  }

  @AfterEach
  void close() {
    session.close();
    store.close();
  }

  private void transact(Consumer<Transaction> work) {
    boolean done =
        database.transact(
            transaction -> {
              work.accept(transaction);
              return true;
            });
    assertThat(done).isTrue();
  }

  private List<Row> rows(String sql) {
    return session.execute(sql).toList();
  }

  private static long count(Transaction transaction, String from) {
    return transaction.execute("SELECT COUNT(*) AS n FROM " + from).toList().get(0).getLong("n");
  }

  /** Writes into everything. */
  private static void write(Transaction transaction) {
    assertThat(
            transaction
                .table("users")
                .insert(Map.<String, Object>of("id", 3, "name", "cy"))
                .get("id"))
        .isEqualTo(3L);
    assertThat(transaction.collection("carts").insertJson("{\"_id\": \"c\", \"n\": 1}"))
        .isEqualTo("c");
    transaction.bucket("hits").add("home", 5);
    transaction.recordTable("log").insert("event", Map.of("user", 3));
    transaction.append("clicks", Map.<String, Object>of("user_id", 3, "url", "/"));
  }

  @Test
  void callsAndStatementsSeeEachOther() {
    transact(
        transaction -> {
          write(transaction);
          for (String from : List.of("carts", "hits", "log", "clicks", "users WHERE id = 3")) {
            assertThat(count(transaction, from)).as(from).isEqualTo(1);
          }
          assertThat(transaction.execute("UPDATE users SET name = 'Cy' WHERE id = 3").command())
              .isEqualTo("UPDATE 1");
          assertThat(transaction.table("users").get(3).orElseThrow().get("name")).isEqualTo("Cy");
          assertThat(transaction.execute("INSERT INTO hits VALUES ('about', 7)").command())
              .isEqualTo("INSERT 0 1");
          assertThat(transaction.bucket("hits").counter("about")).hasValue(7);
          assertThat(transaction.bucket("hits").counter("home")).hasValue(5);
          assertThat(transaction.collection("carts").find(Filter.eq("n", 1)).count()).isEqualTo(1);
          assertThat(
                  transaction.recordTable("log").update(Filter.eq("user", 3), Map.of("ok", true)))
              .isEqualTo(1);
        });
    assertThat(rows("SELECT name FROM users WHERE id = 3").get(0).get(0)).isEqualTo("Cy");
    assertThat(carts.getJson("c")).isPresent();
    assertThat(hits.counter("home")).hasValue(5);
    assertThat(log.select().where("ok", true).count()).isEqualTo(1);
    assertThat(rows("SELECT * FROM clicks")).hasSize(1);
  }

  @Test
  void rollbackLeavesNothing() {
    assertThatThrownBy(
            () ->
                transact(
                    transaction -> {
                      write(transaction);
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(rows("SELECT * FROM users")).hasSize(2);
    assertThat(carts.count()).isZero();
    assertThat(hits.counter("home")).isEmpty();
    assertThat(log.count()).isZero();
    assertThat(rows("SELECT * FROM clicks")).isEmpty();
  }

  @Test
  void callThatFailsEndsTheTransaction() {
    assertState(
        () ->
            transact(
                transaction -> {
                  transaction.bucket("hits").add("home", 1);
                  Table users = transaction.table("users");
                  assertState(
                      () -> users.insert(Map.<String, Object>of("id", 9, "name", "ann")),
                      SqlState.UNIQUE_VIOLATION);
                  assertState(() -> users.get(1), SqlState.IN_FAILED_TRANSACTION);
                  assertState(
                      () -> transaction.execute("SELECT 1"), SqlState.IN_FAILED_TRANSACTION);
                }),
        SqlState.UNIQUE_VIOLATION);
    assertThat(hits.counter("home")).isEmpty();
  }

  private static void assertState(ThrowingCallable call, SqlState state) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).as(e.getMessage()).isEqualTo(state));
  }

  @Test
  void whatWasReadAndChangedMeanwhileRunsTheFunctionAgain() {
    var attempts = new AtomicInteger();
    transact(
        transaction -> {
          Table users = transaction.table("users");
          String name = (String) users.get(1).orElseThrow().get("name");
          if (attempts.incrementAndGet() == 1) {
            assertThat(database.table("users").update(Map.of("name", "Ann"), 1)).isTrue();
          }
          assertThat(users.update(Map.of("name", name + "!"), 1)).isTrue();
        });
    assertThat(attempts).hasValue(2);
    assertThat(database.table("users").get(1).orElseThrow().get("name")).isEqualTo("Ann!");
  }

  @Test
  void scanIsInMemoryWhenItReturns() {
    transact(
        transaction -> {
          Table users = transaction.table("users");
          var scan = users.scan();
          assertThat(users.delete(1)).isTrue();
          assertThat(scan.toList()).hasSize(2);
          assertThat(users.range(1, 3).toList()).hasSize(1);
          assertThat(users.upsert(Map.<String, Object>of("id", 2, "name", "Bo")).get("name"))
              .isEqualTo("Bo");
        });
    assertThat(rows("SELECT name FROM users").get(0).get(0)).isEqualTo("Bo");
  }

  @Test
  void producerAppendsOnce() {
    for (int time = 0; time < 2; time++) {
      boolean first = time == 0;
      transact(
          transaction -> {
            StreamWriter writer = transaction.writer("clicks", "p");
            assertThat(writer.append(row(1), 5, "at 5")).isEqualTo(first);
            assertThat(count(transaction, "clicks")).isEqualTo(1);
            if (first) {
              transaction.bucket("hits").add("home", 1);
            }
          });
    }
    assertThat(database.writer("clicks", "p").lastSequence()).isEqualTo(5);
    assertThat(hits.counter("home")).hasValue(1);
  }

  private static Columns row(long user) {
    var users = new ColumnBuilder(Physical.LONG);
    users.addLong(user);
    var urls = new ColumnBuilder(Physical.BYTES);
    urls.addText("/");
    return new Columns(List.of(users.build(), urls.build()), 1);
  }

  @Test
  void viewDoesNotKnowWhatIsNotCommitted() {
    session.execute(
        "CREATE MATERIALIZED VIEW n AS SELECT user_id, COUNT(*) AS n FROM clicks GROUP BY user_id");
    assertState(
        () ->
            transact(
                transaction -> {
                  transaction.append("clicks", Map.of("user_id", 3));
                  var unused = transaction.execute("SELECT * FROM n");
                }),
        SqlState.FEATURE_NOT_SUPPORTED);
    transact(transaction -> transaction.append("clicks", Map.of("user_id", 3)));
    assertThat(rows("SELECT * FROM n")).hasSize(1);
  }

  @Test
  void badNamesAndValuesAreRefused() {
    assertFails(transaction -> transaction.table("nothing"), SqlState.UNDEFINED_OBJECT);
    assertFails(transaction -> transaction.table("carts"), SqlState.WRONG_OBJECT_TYPE);
    assertFails(transaction -> transaction.collection("users"), SqlState.WRONG_OBJECT_TYPE);
    assertFails(transaction -> transaction.bucket("users"), SqlState.WRONG_OBJECT_TYPE);
    assertFails(transaction -> transaction.recordTable("nothing"), SqlState.UNDEFINED_OBJECT);
    assertFails(
        tr -> tr.append("users", Map.<String, Object>of("id", 1)), SqlState.WRONG_OBJECT_TYPE);
    assertFails(tr -> tr.append("clicks", Map.of("user", 1)), SqlState.UNDEFINED_COLUMN);
    assertFails(tr -> tr.append("clicks", Map.of("user_id", "x")), SqlState.DATATYPE_MISMATCH);
    assertFails(tr -> tr.append("clicks", Map.of("url", "/")), SqlState.NOT_NULL_VIOLATION);
    assertFails(tr -> tr.collection("carts").createIndex("i", "a"), SqlState.FEATURE_NOT_SUPPORTED);
    session.execute("CREATE CHANGELOG user_changes FROM users");
    assertFails(tr -> tr.append("user_changes", Map.of("op", "x")), SqlState.WRONG_OBJECT_TYPE);
  }

  private void assertFails(Consumer<Transaction> work, SqlState state) {
    assertState(() -> transact(work), state);
  }

  @Test
  void nothingIsOfUseAfterTheEnd() {
    var kept = new AtomicReference<Table>();
    transact(transaction -> kept.set(transaction.table("users")));
    assertState(() -> kept.get().get(1), SqlState.CLOSED);
  }

  @Test
  void transactionThatGrowsTooLargeFails() {
    String text = "x".repeat(80_000);
    assertFails(
        transaction -> {
          for (int i = 0; i < 200; i++) {
            String id = transaction.collection("carts").insert(Map.of("text", text));
            assertThat(id).isNotEmpty();
          }
        },
        SqlState.TRANSACTION_TOO_LARGE);
    assertThat(carts.count()).isZero();
  }
}
