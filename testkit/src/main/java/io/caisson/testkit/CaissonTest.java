package io.caisson.testkit;

import io.caisson.Caisson;
import io.caisson.Database;
import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database for one test, with any streams, tables and views: the test gives rows, says what time
 * it is, and looks at what came out. It needs no test framework; what is not as expected is an
 * {@link AssertionError}. For one thread.
 *
 * <pre>
 *   try (var test = CaissonTest.open()) {
 *     test.run("CREATE STREAM …; CREATE MATERIALIZED VIEW per_minute AS …");
 *     test.insert("clicks", 1, "view", "2026-03-14 10:00:01");
 *     test.view("per_minute").areExactly(CaissonTest.row("2026-03-14 10:00:00", 1));
 *   }
 * </pre>
 */
public final class CaissonTest implements AutoCloseable {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String DATABASE = "test";

  private final ScratchDirectory directory = ScratchDirectory.create();
  private final ManualClock clock;
  private final List<FollowedView> followed = new ArrayList<>();
  private Caisson caisson;
  private Session session;

  private CaissonTest(Instant time) {
    clock = new ManualClock(time);
    caisson = Caisson.open(directory.path(), clock);
    session = database().session();
  }

  /** A database that holds nothing, at the begin of 2026. */
  public static CaissonTest open() {
    return openAt(BEGIN);
  }

  /** A database that holds nothing, at some time. */
  public static CaissonTest openAt(Instant time) {
    return new CaissonTest(time);
  }

  /** The database itself, for what a test does with Java's API. */
  public Database database() {
    return caisson.database(DATABASE);
  }

  /** The session in which statements run. */
  public Session session() {
    return session;
  }

  /**
   * Runs statements.
   *
   * @param statements one or several, separated by semicolons
   */
  public void run(String statements) {
    for (Session.Statement statement : session.parse(statements)) {
      try (Result result = session.execute(statement)) {
        result.iterator().forEachRemaining(row -> {});
      }
    }
  }

  /**
   * Inserts a row.
   *
   * @param object a stream, a table or anything else that takes rows
   * @param values a value for each column, of the class that rows have or one that SQL converts,
   *     such as text for a time; null for NULL
   */
  public void insert(String object, @Nullable Object... values) {
    String places = String.join(", ", Collections.nCopies(values.length, "?"));
    execute("INSERT INTO " + object + " VALUES (" + places + ")", values).close();
  }

  /** A row that a test expects; times may be given as text. */
  public static ExpectedRow row(@Nullable Object... values) {
    return new ExpectedRow(Texts.line(Texts.of(Arrays.asList(values))));
  }

  /** That a view gained a row. */
  public static Change added(@Nullable Object... values) {
    return new Change(Texts.line(Texts.of(Arrays.asList(values))), 1);
  }

  /** That a view lost a row. */
  public static Change removed(@Nullable Object... values) {
    return new Change(Texts.line(Texts.of(Arrays.asList(values))), -1);
  }

  /** The rows of a view, when it has taken in all that was written. */
  public RowsCheck view(String view) {
    return new RowsCheck("view \"" + view + "\"", query("SELECT * FROM " + view));
  }

  /** The rows that came too late for the windows of a view, with these windows. */
  public RowsCheck late(String view) {
    return new RowsCheck("late rows of \"" + view + "\"", query("SELECT * FROM " + view + "$late"));
  }

  /**
   * The rows that a query answers.
   *
   * @param sql the query
   * @param parameters values for its places
   */
  public RowsCheck rows(String sql, @Nullable Object... parameters) {
    return new RowsCheck(sql, query(sql, parameters));
  }

  private List<Row> query(String sql, @Nullable Object... parameters) {
    try (Result result = execute(sql, parameters)) {
      return result.toList();
    }
  }

  @SuppressWarnings("NullAway") // it does not see in a class file that the array may hold null
  private Result execute(String sql, @Nullable Object[] parameters) {
    return session.execute(sql, parameters);
  }

  /** Follows a view's changes from now on; ends with the test at the latest. */
  public FollowedView follow(String view) {
    var subscription = new FollowedView(database(), view);
    followed.add(subscription);
    return subscription;
  }

  /** What time it is. */
  public Instant time() {
    return clock.instant();
  }

  /** Says what time it is from now on. */
  public void advanceTo(Instant time) {
    if (time.isBefore(time())) {
      throw new IllegalArgumentException(time + " is before " + time() + ": time does not go back");
    }
    clock.set(time);
  }

  /** Says that some time has passed. */
  public void advanceBy(Duration duration) {
    advanceTo(time().plus(duration));
  }

  /** Closes the database and opens it again, as a restart of a program would; ends what follows. */
  public void restart() {
    end();
    caisson = Caisson.open(directory.path(), clock);
    session = database().session();
  }

  private void end() {
    followed.forEach(FollowedView::close);
    followed.clear();
    session.close();
    caisson.close();
  }

  @Override
  public void close() {
    end();
    directory.close();
  }
}
