package io.caisson.testkit;

import io.caisson.Database;
import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A subscription to a view. What the view gained and lost since the last look is compared as a
 * whole, since how it is cut into steps is up to the machine. For one thread.
 */
public final class FollowedView implements AutoCloseable {
  private static final String VERSION = "caisson_version";
  private static final String WEIGHT = "caisson_weight";
  private static final String PROGRESSED = "caisson_progressed";
  private static final int LEADING_COLUMNS = 4;

  private final String view;
  private final Database database;
  private final Session session;
  private final Result changes;
  private final Iterator<Row> rows;

  FollowedView(Database database, String view) {
    this.view = view;
    this.database = database;
    session = database.session();
    changes = session.execute("SUBSCRIBE TO " + view + " WITH (SNAPSHOT = false, PROGRESS)");
    rows = changes.iterator();
  }

  /**
   * Fails unless the view has, since it is followed or since the last look, gained and lost exactly
   * these rows.
   *
   * @param expected as {@link CaissonTest#added} and {@link CaissonTest#removed} make them
   */
  public void changedExactly(Change... expected) {
    List<String> lines = Arrays.stream(expected).map(Change::line).toList();
    List<String> found = next().stream().map(Change::line).toList();
    new Difference("changes of \"" + view + "\"", "change", lines, found).check();
  }

  /** Fails where the view has gained or lost anything since the last look. */
  public void changedNothing() {
    changedExactly();
  }

  /** What the view has gained and lost since it is followed or since the last look. */
  public List<Change> next() {
    long version = reached();
    Map<String, Long> weights = new TreeMap<>();
    long seen = -1;
    while (seen < version) {
      Row row = rows.next();
      if (row.get(PROGRESSED) == Boolean.TRUE) {
        seen = row.getLong(VERSION);
      } else {
        String line =
            Texts.line(
                IntStream.range(LEADING_COLUMNS, row.size())
                    .mapToObj(i -> Texts.of(row.get(i)))
                    .toList());
        weights.merge(line, row.getLong(WEIGHT), Long::sum);
      }
    }
    return weights.entrySet().stream()
        .filter(change -> change.getValue() != 0)
        .map(change -> new Change(change.getKey(), change.getValue()))
        .toList();
  }

  /** The version that the view has reached when it has all that was written. */
  private long reached() {
    try (Session other = database.session();
        Result mark =
            other.execute("SUBSCRIBE TO " + view + " WITH (SNAPSHOT = false, PROGRESS)")) {
      return mark.iterator().next().getLong(VERSION);
    }
  }

  /** Ends the subscription. */
  @Override
  public void close() {
    changes.close();
    session.close();
  }
}
