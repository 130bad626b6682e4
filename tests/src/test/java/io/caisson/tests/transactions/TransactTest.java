package io.caisson.tests.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.Database;
import io.caisson.PreparedStatement;
import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.Transaction;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.TestStore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TransactTest {
  private static final int ACCOUNTS = 5;
  private static final int THREADS = 4;
  private static final int TRANSFERS = 40;

  private final TestStore store = new TestStore();
  private final Database database = store.database();
  private final Session session = database.session();

  @BeforeEach
  void define() {
    session.execute("CREATE TABLE accounts (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL)");
    session.execute("CREATE STREAM transfers (source BIGINT, target BIGINT, amount BIGINT)");
    PreparedStatement insert = session.prepare("INSERT INTO accounts VALUES (?, ?)");
    for (int id = 0; id < ACCOUNTS; id++) {
      insert.execute(id, 100);
    }
  }

  @AfterEach
  void close() {
    session.close();
    store.close();
  }

  private long number(String sql, Object... parameters) {
    return number(session.execute(sql, parameters));
  }

  private static long number(Result result) {
    return Objects.requireNonNull((Number) result.toList().get(0).get(0)).longValue();
  }

  private static long balance(Transaction transaction, long id) {
    return number(transaction.execute("SELECT balance FROM accounts WHERE id = ?", id));
  }

  private static void transfer(Transaction transaction, long source, long target, long amount) {
    if (source != target && balance(transaction, source) >= amount) {
      transaction.execute(
          "UPDATE accounts SET balance = balance - $2 WHERE id = $1", source, amount);
      transaction.execute(
          "UPDATE accounts SET balance = balance + $2 WHERE id = $1", target, amount);
      transaction.execute("INSERT INTO transfers VALUES (?, ?, ?)", source, target, amount);
    }
  }

  @Test
  void transfersOfManyThreadsKeepTheSum() throws InterruptedException, ExecutionException {
    var attempts = new AtomicInteger();
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < THREADS; i++) {
        var random = new SplittableRandom(i);
        running.add(
            executor.submit(
                () -> {
                  for (int n = 0; n < TRANSFERS; n++) {
                    long source = random.nextInt(ACCOUNTS);
                    long target = random.nextInt(ACCOUNTS);
                    long amount = random.nextInt(1, 60);
                    database.transact(
                        transaction -> {
                          attempts.incrementAndGet();
                          transfer(transaction, source, target, amount);
                          return true;
                        });
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      executor.shutdown();
    }
    assertThat(attempts.get()).isGreaterThanOrEqualTo(THREADS * TRANSFERS);
    assertThat(number("SELECT SUM(balance) FROM accounts")).isEqualTo(ACCOUNTS * 100L);
    assertThat(number("SELECT MIN(balance) FROM accounts")).isNotNegative();
    assertThat(
            number(
                """
                SELECT COUNT(*) FROM accounts a WHERE a.balance <> 100
                  + (SELECT COALESCE(SUM(amount), 0) FROM transfers WHERE target = a.id)
                  - (SELECT COALESCE(SUM(amount), 0) FROM transfers WHERE source = a.id)
                """))
        .isZero();
  }

  @Test
  void conflictRunsTheFunctionAgain() {
    var attempts = new AtomicInteger();
    long balance =
        database.transact(
            transaction -> {
              long before = balance(transaction, 1);
              if (attempts.incrementAndGet() == 1) {
                session.execute("UPDATE accounts SET balance = 7 WHERE id = 1");
              }
              transaction.execute("UPDATE accounts SET balance = ? WHERE id = 1", before + 1);
              return before + 1;
            });
    assertThat(attempts).hasValue(2);
    assertThat(balance).isEqualTo(8);
    assertThat(number("SELECT balance FROM accounts WHERE id = 1")).isEqualTo(8);
  }

  @Test
  void whatTheFunctionThrowsLeavesNoTrace() {
    assertThatThrownBy(
            () ->
                database.transact(
                    transaction -> {
                      transaction.execute("DELETE FROM accounts");
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no");
    assertThat(number("SELECT COUNT(*) FROM accounts")).isEqualTo(ACCOUNTS);
  }

  @Test
  void failedStatementThatIsIgnoredIsNotCommitted() {
    assertThatThrownBy(
            () ->
                database.transact(
                    transaction -> {
                      transaction.execute("DELETE FROM accounts WHERE id = 1");
                      assertThatThrownBy(
                              () -> transaction.execute("INSERT INTO accounts VALUES (2, 0)"))
                          .isInstanceOf(CaissonException.class);
                      return true;
                    }))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.UNIQUE_VIOLATION));
    assertThat(number("SELECT COUNT(*) FROM accounts")).isEqualTo(ACCOUNTS);
  }

  @Test
  void functionMustNotEndItsTransaction() {
    for (String sql : List.of("COMMIT", "ROLLBACK", "BEGIN")) {
      assertThatThrownBy(() -> database.transact(transaction -> transaction.execute(sql)))
          .isInstanceOfSatisfying(
              CaissonException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.INVALID_TRANSACTION_TERMINATION));
    }
  }

  @Test
  void transactionThatGrowsTooLargeFailsWithTheWayOut() {
    session.execute("CREATE TABLE big (id BIGINT PRIMARY KEY, text TEXT)");
    String text = "x".repeat(80_000);
    assertThatThrownBy(
            () ->
                database.transact(
                    transaction -> {
                      for (int i = 0; i < 200; i++) {
                        transaction.execute("INSERT INTO big VALUES (?, ?)", i, text);
                      }
                      return true;
                    }))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> {
              assertThat(e.state()).isEqualTo(SqlState.TRANSACTION_TOO_LARGE);
              assertThat(e.hint()).contains("COMMIT more often");
            });
    assertThat(number("SELECT COUNT(*) FROM big")).isZero();
  }

  @Test
  void statementsTakeValuesOfEveryType() {
    session.execute(
        "CREATE TABLE v (id BIGINT PRIMARY KEY, i INTEGER, s SMALLINT, d DOUBLE PRECISION, r REAL,"
            + " t TEXT, b BOOLEAN, y BYTEA, at_day DATE, at_time TIMESTAMP)");
    PreparedStatement insert =
        session.prepare("INSERT INTO v VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    assertThat(insert.parameters()).isEqualTo(10);
    var time = LocalDateTime.of(2026, 3, 14, 10, 0, 1);
    insert.execute(1, 2, 3, 4.5, 1.5, "six", true, new byte[] {7}, LocalDate.of(2026, 3, 14), time);
    insert.execute(2, null, null, null, null, null, null, null, null, null);
    insert.execute(
        3L, "4", (short) 5, new BigDecimal("6.25"), 1, 7, "no", null, "2026-01-31", "2026-01-31");
    Row row = session.execute("SELECT * FROM v WHERE id = ?", 1).toList().get(0);
    assertThat(row.get("i")).isEqualTo(2);
    assertThat(row.get("s")).isEqualTo((short) 3);
    assertThat(row.get("d")).isEqualTo(4.5);
    assertThat(row.get("r")).isEqualTo(1.5f);
    assertThat(row.get("y")).isEqualTo(new byte[] {7});
    assertThat(row.get("at_time")).isEqualTo(time);
    assertThat(number("SELECT COUNT(*) FROM v WHERE i IS NULL AND at_time IS NULL")).isEqualTo(1);
    assertThat(number("SELECT id FROM v WHERE at_time = ?", time)).isEqualTo(1);
    assertThat(number("SELECT id FROM v WHERE at_day = ?", LocalDate.of(2026, 1, 31))).isEqualTo(3);
    assertThat(number("SELECT id FROM v WHERE t = $1 AND b = $2", "six", true)).isEqualTo(1);
    assertThat(number(session.execute("SELECT COUNT(*) FROM v WHERE id = ?", (Object) null)))
        .isZero();
    assertThat(number("SELECT $2 + $1 * $2", 2, 10)).isEqualTo(30);
    assertThat(number("SELECT id FROM v ORDER BY id LIMIT ? OFFSET ?", 1, 1)).isEqualTo(2);
    assertThat(session.execute("SELECT ? || '!'", "x").toList().get(0).get(0)).isEqualTo("x!");
    assertThat(session.execute("SELECT ?", (Object) null).toList().get(0).get(0)).isNull();
    assertThat(session.execute("UPDATE v SET t = ?, d = ? WHERE id = ?", "neu", 1, 2).command())
        .isEqualTo("UPDATE 1");
    assertThat(session.execute("DELETE FROM v WHERE id IN (?, ?)", 1, 2).command())
        .isEqualTo("DELETE 2");
  }

  @Test
  void valuesThatDoNotFitAreRefused() {
    assertState("SELECT * FROM accounts WHERE id = ?", SqlState.UNDEFINED_PARAMETER);
    assertState("SELECT 1", SqlState.UNDEFINED_PARAMETER, 1);
    assertState("SELECT * FROM accounts WHERE id = $2", SqlState.UNDEFINED_PARAMETER, 1);
    assertState("SELECT * FROM accounts WHERE id = ?", SqlState.INVALID_TEXT, "one");
    assertState("SELECT * FROM accounts WHERE id = ?", SqlState.DATATYPE_MISMATCH, true);
    assertState(
        "INSERT INTO accounts VALUES (?, 1)", SqlState.NUMERIC_OUT_OF_RANGE, Double.MAX_VALUE);
    assertState("INSERT INTO accounts VALUES (?, $1)", SqlState.SYNTAX_ERROR, 1);
    assertState("SELECT ?", SqlState.DATATYPE_MISMATCH, new Object());
  }

  private void assertState(String sql, SqlState state, Object... parameters) {
    assertThatThrownBy(() -> session.execute(sql, parameters).toList())
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).as(e.getMessage()).isEqualTo(state));
  }

  @Test
  void preparedStatementOutlivesChangesOfDefinitions() {
    PreparedStatement select = session.prepare("SELECT * FROM accounts WHERE id = ?");
    assertThat(select.execute(1).toList()).hasSize(1);
    session.execute("DROP TABLE accounts");
    session.execute("CREATE TABLE accounts (id BIGINT PRIMARY KEY, owner TEXT)");
    session.execute("INSERT INTO accounts VALUES (1, 'Ann')");
    assertThat(select.execute(1).toList().get(0).get("owner")).isEqualTo("Ann");
  }

  @Test
  void conditionOnTheKeyByValueReadsThatKeyAlone() {
    session.execute("BEGIN");
    assertThat(number("SELECT balance FROM accounts WHERE id = ?", 1)).isEqualTo(100);
    session.execute("UPDATE accounts SET balance = 1 WHERE id = 2");
    try (Session other = database.session()) {
      other.execute("UPDATE accounts SET balance = ? WHERE id = ?", 9, 3);
    }
    assertThat(session.execute("COMMIT").command()).isEqualTo("COMMIT");
  }

  @Test
  void largeStatementsRunInChunks() {
    session.execute("CREATE TABLE big (id BIGINT PRIMARY KEY, n BIGINT, text TEXT)");
    String text = "y".repeat(20_000);
    PreparedStatement insert = session.prepare("INSERT INTO big VALUES (?, ?, ?)");
    for (int i = 0; i < 700; i++) {
      insert.execute(i, 0, text);
    }
    assertState("UPDATE big SET n = n + 1", SqlState.TRANSACTION_TOO_LARGE);
    assertThat(number("SELECT SUM(n) FROM big")).isZero();
    session.execute("SET statement_chunks = on");
    assertThat(session.execute("UPDATE big SET n = n + 1").command()).isEqualTo("UPDATE 700");
    assertThat(number("SELECT SUM(n) FROM big")).isEqualTo(700);
    session.execute("CREATE TABLE copy (id BIGINT PRIMARY KEY, text TEXT)");
    assertThat(session.execute("INSERT INTO copy SELECT id, text FROM big").command())
        .isEqualTo("INSERT 0 700");
    assertThatThrownBy(() -> session.execute("UPDATE big SET n = 1 / (600 - id)"))
        .hasMessageMatching(
            "division by zero \\(after \\d+ rows in \\d+ transactions, which stay\\)");
    assertThat(number("SELECT COUNT(*) FROM big WHERE n = 0 AND id < 500")).isGreaterThan(0);
    assertThat(session.execute("DELETE FROM big WHERE id >= 100").command())
        .isEqualTo("DELETE 600");
  }
}
