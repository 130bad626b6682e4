package io.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Bucket;
import io.caisson.BucketOptions;
import io.caisson.Caisson;
import io.caisson.CaissonOptions;
import io.caisson.Database;
import io.caisson.DocumentCollection;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.Table;
import io.caisson.Transaction;
import io.caisson.fdb.embedded.Durability;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.fdb.embedded.EmbeddedOptions;
import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Money that several threads move between a table's rows, documents, counters and a stream, each
 * move one transaction, on a store that fails now and then. Whatever happens, none is lost, none is
 * made, no balance is negative, and every move that was committed left one record.
 */
class ModelsInTransactionsPropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 4_711);
  private static final int MOVES = Integer.getInteger("caisson.moves", 40);
  private static final int THREADS = 3;
  private static final int OWNERS = 3;
  private static final long EACH = 100;

  @TempDir private Path directory;
  private final AtomicInteger committed = new AtomicInteger();

  /** Where money can be; each place knows the way through Java and the one through SQL. */
  private enum Place {
    TABLE("SELECT balance FROM accounts WHERE id = ?", "SELECT SUM(balance) FROM accounts") {
      @Override
      long balance(Transaction transaction, long owner) {
        return number(transaction.table("accounts").get(owner).orElseThrow().get("balance"));
      }

      @Override
      void add(Transaction transaction, long owner, long amount) {
        Table accounts = transaction.table("accounts");
        long balance = number(accounts.get(owner).orElseThrow().get("balance"));
        assertThat(accounts.update(Map.of("balance", balance + amount), owner)).isTrue();
      }
    },
    DOCUMENT(
        "SELECT CAST(doc ->> 'balance' AS BIGINT) FROM wallets WHERE _id = CAST(? AS TEXT)",
        "SELECT SUM(CAST(doc ->> 'balance' AS BIGINT)) FROM wallets") {
      @Override
      long balance(Transaction transaction, long owner) {
        DocumentCollection wallets = transaction.collection("wallets");
        return number(wallets.get(String.valueOf(owner)).orElseThrow().get("balance"));
      }

      @Override
      void add(Transaction transaction, long owner, long amount) {
        long balance = balance(transaction, owner) + amount;
        DocumentCollection wallets = transaction.collection("wallets");
        assertThat(wallets.patch(String.valueOf(owner), Map.of("balance", balance))).isTrue();
      }
    },
    COUNTER("SELECT value FROM cash WHERE key = CAST(? AS TEXT)", "SELECT SUM(value) FROM cash") {
      @Override
      long balance(Transaction transaction, long owner) {
        return transaction.bucket("cash").counter(String.valueOf(owner)).orElseThrow();
      }

      @Override
      void add(Transaction transaction, long owner, long amount) {
        transaction.bucket("cash").add(String.valueOf(owner), amount);
      }
    },
    STREAM(
        "SELECT COALESCE(SUM(amount), 0) FROM payments WHERE owner = ?",
        "SELECT SUM(amount) FROM payments") {
      @Override
      long balance(Transaction transaction, long owner) {
        return byQuery(transaction, owner);
      }

      @Override
      void add(Transaction transaction, long owner, long amount) {
        transaction.append("payments", Map.of("owner", owner, "amount", amount));
      }
    };

    private final String oneBalance;
    private final String total;

    Place(String oneBalance, String total) {
      this.oneBalance = oneBalance;
      this.total = total;
    }

    abstract long balance(Transaction transaction, long owner);

    abstract void add(Transaction transaction, long owner, long amount);

    long byQuery(Transaction transaction, long owner) {
      return first(transaction.execute(oneBalance, owner));
    }

    private static long number(@Nullable Object value) {
      return ((Number) Objects.requireNonNull(value)).longValue();
    }
  }

  private static long first(Result result) {
    return Place.number(result.toList().get(0).get(0));
  }

  private static long total(Transaction transaction) {
    long total = 0;
    for (Place place : Place.values()) {
      total += first(transaction.execute(place.total));
    }
    return total;
  }

  private static void define(Database database) {
    try (Session session = database.session()) {
      session.execute("CREATE TABLE accounts (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL)");
      session.execute("CREATE STREAM payments (owner BIGINT, amount BIGINT)");
    }
    var unused = database.createTable("moves");
    DocumentCollection wallets = database.createCollection("wallets");
    Bucket cash = database.createBucket("cash", BucketOptions.counters());
    for (long owner = 0; owner < OWNERS; owner++) {
      var row = database.table("accounts").insert(Map.of("id", owner, "balance", EACH));
      assertThat(row.get("balance")).isEqualTo(EACH);
      assertThat(wallets.put(String.valueOf(owner), Map.of("balance", EACH))).isFalse();
      cash.set(String.valueOf(owner), EACH);
      long number = owner;
      database.transact(
          transaction -> {
            transaction.append("payments", Map.of("owner", number, "amount", EACH));
            return number;
          });
    }
  }

  private static final class Regret extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private void move(Database database, SplittableRandom random) {
    Place[] places = Place.values();
    Place source = places[random.nextInt(places.length)];
    Place target = places[random.nextInt(places.length)];
    long giver = random.nextInt(OWNERS);
    long taker = random.nextInt(OWNERS);
    long amount = random.nextLong(1, EACH);
    boolean query = random.nextBoolean();
    boolean regret = random.nextInt(8) == 0;
    boolean look = random.nextInt(4) == 0;
    try {
      boolean moved =
          database.transact(
              transaction -> {
                long balance =
                    query ? source.byQuery(transaction, giver) : source.balance(transaction, giver);
                if (balance < amount) {
                  return false;
                }
                source.add(transaction, giver, -amount);
                assertThat(source.byQuery(transaction, giver)).isEqualTo(balance - amount);
                target.add(transaction, taker, amount);
                transaction.recordTable("moves").insert("move", Map.of("amount", amount));
                if (look) {
                  assertThat(total(transaction)).isEqualTo(OWNERS * EACH * places.length);
                }
                if (regret) {
                  throw new Regret();
                }
                return true;
              });
      if (moved) {
        var unused = committed.incrementAndGet();
      }
    } catch (Regret e) {
      assertThat(regret).isTrue();
    }
  }

  @Test
  @Timeout(300)
  void moneyIsNeitherMadeNorLost() throws InterruptedException, ExecutionException {
    EmbeddedDatabase store =
        EmbeddedDatabase.open(
            directory, EmbeddedOptions.defaults().withDurability(Durability.MEMORY));
    var sql = new SqlFrontEnd(Clock.system());
    try (Caisson caisson =
        new OpenStore(store, Optional.empty(), () -> sql, CaissonOptions.defaults())) {
      Database database = caisson.database("test");
      define(database);
      store.options().setTransactionMaxRetryDelay(2);
      store.faults(FaultPlan.everywhere(SEED, 0.01).withLongestDelay(Duration.ofMillis(2)));
      run(database);
      store.faults(FaultPlan.none());
      check(database);
    }
  }

  private void run(Database database) throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        var random = new SplittableRandom(SEED + thread);
        running.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < MOVES; i++) {
                    move(database, random);
                  }
                }));
      }
      for (Future<?> one : running) {
        Object unused = one.get();
      }
    } finally {
      executor.shutdown();
    }
  }

  private void check(Database database) {
    boolean checked =
        database.transact(
            transaction -> {
              assertThat(total(transaction))
                  .as("-Dcaisson.seed=" + SEED)
                  .isEqualTo(OWNERS * EACH * Place.values().length);
              for (Place place : Place.values()) {
                for (long owner = 0; owner < OWNERS; owner++) {
                  assertThat(place.balance(transaction, owner)).as(place.name()).isNotNegative();
                }
              }
              return true;
            });
    assertThat(checked).isTrue();
    assertThat(committed.get()).isPositive();
    assertThat(database.recordTable("moves").count()).isEqualTo(committed.get());
  }
}
