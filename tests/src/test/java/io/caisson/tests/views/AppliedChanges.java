package io.caisson.tests.views;

import io.caisson.Change;
import io.caisson.ChangeBatch;
import io.caisson.Database;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.Subscription;
import io.caisson.Transaction;
import io.caisson.tests.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A consumer whose effect and acknowledgement are one transaction: it counts in a table how often
 * each row of a view is there. For one thread.
 */
final class AppliedChanges {
  static final String TABLE =
      "CREATE TABLE IF NOT EXISTS applied (line TEXT PRIMARY KEY, n BIGINT)";

  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final Database database;
  private final String subscription;

  AppliedChanges(Database database, String subscription) {
    this.database = database;
    this.subscription = subscription;
  }

  /**
   * Takes in changes until none come for a while.
   *
   * @param most how many acknowledgements at most
   * @return how many there were
   */
  int take(int most, Duration patience) {
    int taken = 0;
    try (Subscription changes = database.subscribe(subscription)) {
      var group = new ArrayList<Change>();
      while (taken < most) {
        ChangeBatch batch = changes.next(patience);
        if (batch == null) {
          return taken;
        }
        group.addAll(batch.changes());
        String token = batch.token();
        if (token != null) {
          List<Change> whole = List.copyOf(group);
          database.transact(
              transaction -> {
                apply(transaction, whole);
                transaction.acknowledge(subscription, token);
                return token;
              });
          group.clear();
          taken++;
        }
      }
    }
    return taken;
  }

  /**
   * Takes in changes until the counts are what a view's rows are, and none come any more: nothing
   * may come twice. A busy machine takes its time until a view that was opened is at its end.
   *
   * @return how many acknowledgements there were
   */
  int takeAll(Session session, Map<String, Long> view) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    int all = 0;
    int taken;
    do {
      taken = take(Integer.MAX_VALUE, PATIENCE);
      all += taken;
    } while (System.nanoTime() < end && (taken > 0 || !counted(session).equals(view)));
    return all;
  }

  private static void apply(Transaction transaction, List<Change> changes) {
    for (Change change : changes) {
      transaction
          .execute(
              "INSERT INTO applied VALUES (?, ?) ON CONFLICT (line) DO UPDATE SET n = applied.n +"
                  + " excluded.n",
              Values.texts(change.row()).toString(),
              change.weight())
          .close();
    }
  }

  /** How often each row has come and not gone. */
  static Map<String, Long> counted(Session session) {
    var rows = new TreeMap<String, Long>();
    try (Result result = session.execute("SELECT line, n FROM applied WHERE n <> 0")) {
      result.forEach(row -> rows.put(String.valueOf(row.getString("line")), row.getLong("n")));
    }
    return rows;
  }

  /** How often each row is in a view. */
  static Map<String, Long> rows(Session session, String view) {
    var rows = new TreeMap<String, Long>();
    try (Result result = session.execute("SELECT * FROM " + view)) {
      result.forEach(row -> rows.merge(Values.texts(row).toString(), 1L, Long::sum));
    }
    return rows;
  }
}
