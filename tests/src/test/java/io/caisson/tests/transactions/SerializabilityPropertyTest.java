package io.caisson.tests.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Result;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Several sessions run random statements in transactions that overlap at random. What a transaction
 * that committed was answered must be what it is answered by a model that runs the committed
 * transactions one after the other, in the order of their commits; one that only read must fit the
 * moment at which it began to read. {@code -Dcaisson.seed=} repeats a scenario, {@code
 * -Dcaisson.scenarios=} runs more of them.
 */
class SerializabilityPropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 20_261);
  private static final int SCENARIOS =
      Integer.getInteger("caisson.scenarios", System.getProperty("caisson.seed") == null ? 8 : 1);
  private static final int STEPS = 250;
  private static final int SESSIONS = 4;
  private static final int KEYS = 6;

  @TestFactory
  Stream<DynamicTest> committedTransactionsCouldHaveRunOneAfterTheOther() {
    return IntStream.range(0, SCENARIOS)
        .mapToObj(i -> SEED + i)
        .map(seed -> DynamicTest.dynamicTest("-Dcaisson.seed=" + seed, () -> run(seed)));
  }

  private static void run(long seed) {
    try (var scenario = new Scenario(seed)) {
      for (int step = 0; step < STEPS; step++) {
        scenario.step();
      }
      scenario.end();
    }
  }

  /** The rows of the table and of the stream, as a program would keep them. */
  private static final class Model {
    private final TreeMap<Long, Long> table = new TreeMap<>();
    private long streamRows;

    Model() {}

    Model(Model other) {
      table.putAll(other.table);
      streamRows = other.streamRows;
    }

    /** Runs a statement; answers its tag or its row. */
    String run(Op op) {
      return switch (op.kind()) {
        case ADD_TO_ONE -> "UPDATE " + change(op, op.key(), op.key());
        case ADD_TO_MANY -> "UPDATE " + change(op, op.key(), op.key() + 2);
        case PUT -> {
          table.merge(op.key(), op.value(), Long::sum);
          yield "INSERT 0 1";
        }
        case DELETE -> "DELETE " + (table.remove(op.key()) == null ? 0 : 1);
        case READ_ONE -> String.valueOf(table.getOrDefault(op.key(), -1L));
        case SUM -> table.size() + " " + table.values().stream().mapToLong(Long::longValue).sum();
        case APPEND -> {
          streamRows++;
          yield "INSERT 0 1";
        }
        case COUNT_STREAM -> String.valueOf(streamRows);
      };
    }

    private long change(Op op, long first, long last) {
      long changed = 0;
      for (long key = first; key <= last; key++) {
        if (table.computeIfPresent(key, (k, n) -> n + op.value()) != null) {
          changed++;
        }
      }
      return changed;
    }
  }

  private enum Kind {
    ADD_TO_ONE(true, "UPDATE t SET n = n + %2$d WHERE id = %1$d"),
    ADD_TO_MANY(true, "UPDATE t SET n = n + %2$d WHERE id BETWEEN %1$d AND %1$d + 2"),
    PUT(true, "INSERT INTO t VALUES (%d, %d) ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n"),
    DELETE(true, "DELETE FROM t WHERE id = %d"),
    READ_ONE(false, "SELECT COALESCE(MAX(n), -1) FROM t WHERE id = %d"),
    SUM(false, "SELECT COUNT(*) || ' ' || COALESCE(SUM(n), 0) FROM t"),
    APPEND(true, "INSERT INTO s VALUES (%d)"),
    COUNT_STREAM(false, "SELECT COUNT(*) FROM s");

    private final boolean writes;
    private final String sql;

    Kind(boolean writes, String sql) {
      this.writes = writes;
      this.sql = sql;
    }
  }

  private static final List<Kind> KINDS = List.of(Kind.values());

  private record Op(Kind kind, long key, long value) {
    String sql() {
      return kind.sql.formatted(key, value);
    }
  }

  /** A statement and what it was answered. */
  private record Answered(Op op, String answer) {}

  /** A session and its transaction. */
  private static final class Client {
    private final Session session;
    private final List<Answered> done = new ArrayList<>();
    private boolean open;
    private @Nullable Model atBegin;

    Client(Session session) {
      this.session = session;
    }
  }

  private static final class Scenario implements AutoCloseable {
    private final TestStore store = new TestStore();
    private final SplittableRandom random;
    private final List<Client> clients = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private final Model model = new Model();

    Scenario(long seed) {
      random = new SplittableRandom(seed);
      for (int i = 0; i < SESSIONS; i++) {
        clients.add(new Client(store.database().session()));
      }
      answer(clients.get(0), "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)");
      answer(clients.get(0), "CREATE STREAM s (id BIGINT)");
    }

    void step() {
      int number = random.nextInt(SESSIONS);
      Client client = clients.get(number);
      if (!client.open && random.nextInt(4) > 0) {
        answer(client, "BEGIN");
        client.open = true;
      } else if (client.open && random.nextInt(4) == 0) {
        end(client, number, random.nextInt(5) > 0);
      } else {
        statement(client, number);
      }
    }

    private void statement(Client client, int number) {
      Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      var op = new Op(kind, random.nextInt(KEYS), random.nextInt(1, 100));
      if (client.open && client.atBegin == null) {
        client.atBegin = new Model(model);
      }
      String answer;
      try {
        answer = answer(client, op.sql());
      } catch (CaissonException e) {
        // Open for longer than five seconds, on a slow machine.
        assertThat(e.state()).as(this::description).isEqualTo(SqlState.SERIALIZATION_FAILURE);
        client.done.clear();
        end(client, number, true);
        return;
      }
      history.add(number + ": " + op.sql() + " -> " + answer);
      if (client.open) {
        client.done.add(new Answered(op, answer));
      } else {
        assertThat(answer).as(this::description).isEqualTo(model.run(op));
      }
    }

    private void end(Client client, int number, boolean commit) {
      boolean happened = false;
      try {
        happened = answer(client, commit ? "COMMIT" : "ROLLBACK").equals("COMMIT");
      } catch (CaissonException e) {
        assertThat(e.state()).as(this::description).isEqualTo(SqlState.SERIALIZATION_FAILURE);
      }
      history.add(number + ": " + (commit ? "COMMIT" : "ROLLBACK") + " -> " + happened);
      boolean wrote = client.done.stream().anyMatch(one -> one.op().kind().writes);
      Model begin = client.atBegin;
      Model replayed = happened && wrote ? model : new Model(begin == null ? model : begin);
      for (Answered one : client.done) {
        assertThat(one.answer()).as(this::description).isEqualTo(replayed.run(one.op()));
      }
      client.done.clear();
      client.open = false;
      client.atBegin = null;
    }

    void end() {
      for (int i = 0; i < SESSIONS; i++) {
        if (clients.get(i).open) {
          end(clients.get(i), i, true);
        }
      }
      var rows = new TreeMap<Long, Long>();
      try (Result result = clients.get(0).session.execute("SELECT id, n FROM t")) {
        result.forEach(row -> rows.put(row.getLong("id"), row.getLong("n")));
      }
      assertThat(rows).as(this::description).isEqualTo(model.table);
    }

    private static String answer(Client client, String sql) {
      try (Result result = client.session.execute(sql)) {
        return result.columns().isEmpty()
            ? result.command()
            : Values.texts(result.toList().get(0)).get(0);
      }
    }

    private String description() {
      return String.join("\n", history);
    }

    @Override
    public void close() {
      clients.forEach(client -> client.session.close());
      store.close();
    }
  }
}
