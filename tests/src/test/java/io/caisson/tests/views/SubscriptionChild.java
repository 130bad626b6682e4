package io.caisson.tests.views;

import io.caisson.Caisson;
import io.caisson.Database;
import io.caisson.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * A process that writes into a stream and a table and at the same time takes in the changes of a
 * view over them, and says after each write how many there were.
 */
final class SubscriptionChild {
  static final String DATABASE = "test";
  static final String VIEW =
      "SELECT s.k, t.name, COUNT(*) AS n, SUM(s.v) AS total FROM s LEFT JOIN t ON t.k = s.k GROUP"
          + " BY s.k, t.name";

  private SubscriptionChild() {}

  public static void main(String[] arguments) throws InterruptedException {
    var random = new SplittableRandom(Long.parseLong(arguments[1]));
    try (Caisson caisson = Caisson.open(Path.of(arguments[0]))) {
      Database database = caisson.database(DATABASE);
      try (Session session = database.session()) {
        create(session);
      }
      var writer = new Thread(() -> write(database, random));
      writer.start();
      while (writer.isAlive()) {
        new AppliedChanges(database, "sub").take(20, Duration.ofSeconds(1));
      }
    }
  }

  private static void create(Session session) {
    session.execute("CREATE STREAM IF NOT EXISTS s (k BIGINT, v BIGINT)").close();
    session.execute("CREATE TABLE IF NOT EXISTS t (k BIGINT PRIMARY KEY, name TEXT)").close();
    session.execute(AppliedChanges.TABLE).close();
    session.execute("CREATE MATERIALIZED VIEW IF NOT EXISTS v AS " + VIEW).close();
    session.execute("CREATE SUBSCRIPTION IF NOT EXISTS sub FROM v WITH (snapshot)").close();
  }

  private static void write(Database database, SplittableRandom random) {
    try (Session session = database.session()) {
      for (long n = 0; ; n++) {
        long k = random.nextInt(50);
        String sql =
            random.nextInt(4) == 0
                ? "INSERT INTO t VALUES (%d, 'n%d') ON CONFLICT (k) DO UPDATE SET name = excluded.name"
                    .formatted(k, random.nextInt(5))
                : "INSERT INTO s VALUES (%d, %d), (%d, %d)".formatted(k, n, k + 1, n);
        session.execute(sql).close();
        System.out.println("done " + n);
      }
    }
  }
}
