package io.caisson.tests.views;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Result;
import io.caisson.Session;
import io.caisson.StreamWriter;
import io.caisson.tests.Seeds;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random streams, rows, standing queries, cuts of the input and restarts: every view equals its
 * query over the rows that were in time, and its late rows are exactly the others. {@code
 * -Dcaisson.seed=} repeats a scenario, {@code -Dcaisson.scenarios=} runs more of them.
 */
class ViewEqualsQueryPropertyTest {
  private static final int SCENARIOS = 25;

  @TestFactory
  Stream<DynamicTest> viewEqualsItsQuery() {
    return Seeds.tests(SCENARIOS, ViewEqualsQueryPropertyTest::run);
  }

  private static void run(long seed) {
    try (var scenario = new Scenario(seed)) {
      scenario.run();
    }
  }

  private static final class Scenario implements AutoCloseable {
    private static final int STEPS = 14;
    private static final int VIEWS = 4;
    private static final int[] ROWS = {1, 2, 17, 120, 700};

    private final String description;
    private final SplittableRandom random;
    private final History history;
    private final List<StandingQuery> views = new ArrayList<>();
    private final TestStore store = new TestStore();
    private Session session = store.database().session();
    private long sequence;
    private int windowedStreams;

    Scenario(long seed) {
      description = Seeds.repeat(seed);
      random = new SplittableRandom(seed);
      history = new History(random);
    }

    void run() {
      execute(RandomAggregates.DEFINITION);
      execute(history.createSharded("s"));
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(5)) {
          case 0 -> createView();
          case 1 -> restart();
          case 2 -> checkOne();
          default -> append();
        }
      }
      while (views.size() < VIEWS) {
        createView();
      }
      for (int i = 0; i < views.size(); i++) {
        check(i);
      }
      assertThat(rows("SELECT * FROM s")).as(description).isEqualTo(history.texts());
    }

    private void createView() {
      if (views.size() < VIEWS) {
        StandingQuery query =
            random.nextInt(3) == 0
                ? new ComposedQueries(random, history.columns()).query()
                : StandingQuery.random(random, history.columns());
        execute("CREATE MATERIALIZED VIEW v" + views.size() + " AS " + query.over("s"));
        views.add(query);
      }
    }

    private void append() {
      try (StreamWriter writer = store.database().writer("s", "test")) {
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
          int count = ROWS[random.nextInt(ROWS.length)];
          assertThat(writer.append(history.grow(count), ++sequence, "")).as(description).isTrue();
        }
      }
    }

    private void restart() {
      session.close();
      store.reopen();
      session = store.database().session();
    }

    private void checkOne() {
      if (!views.isEmpty()) {
        check(random.nextInt(views.size()));
      }
    }

    private void check(int view) {
      StandingQuery query = views.get(view);
      String what = description + "\n" + history.createSharded("s") + "\n" + query.over("s");
      List<String> found = rows("SELECT * FROM v" + view);
      if (query.windows().isEmpty()) {
        assertThat(found).as(what).isEqualTo(rows(query.over("s")));
        return;
      }
      history.follow(store.database().stream("s"));
      assertThat(rows(query.over("s")))
          .as("windows of a query: " + what)
          .isEqualTo(overWindowed(query, false));
      assertThat(found).as(what).isEqualTo(overWindowed(query, true));
      String late = history.columns().stream().map(StreamColumn::sql).collect(joining(", "));
      assertThat(rows("SELECT " + late + ", window_start, window_end FROM v" + view + "$late"))
          .as("late rows: " + what)
          .isEqualTo(history.lateTexts(query.windows()));
    }

    /** What the query says of streams whose rows have their windows. */
    private List<String> overWindowed(StandingQuery query, boolean decides) {
      var names = new ArrayList<String>();
      for (StreamWindow window : query.windows()) {
        String name = "windowed_" + windowedStreams++;
        execute(history.createWindowed(name));
        try (StreamWriter writer = store.database().writer(name, "test")) {
          writer.append(history.windowed(history.split(window, decides).inTime()), 1, "");
        }
        names.add(name);
      }
      List<String> rows = rows(query.over("s", names));
      names.forEach(name -> execute("DROP STREAM " + name));
      return rows;
    }

    private void execute(String sql) {
      try (Result result = session.execute(sql)) {
        result.iterator().forEachRemaining(row -> {});
      } catch (RuntimeException e) {
        throw new AssertionError(description + "\n" + sql + "\n" + e.getMessage(), e);
      }
    }

    private List<String> rows(String sql) {
      try (Result result = session.execute(sql)) {
        var rows = new ArrayList<String>();
        result.forEach(row -> rows.add(Values.texts(row).toString()));
        rows.sort(null);
        return rows;
      } catch (RuntimeException e) {
        throw new AssertionError(description + "\n" + sql + "\n" + e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      session.close();
      store.close();
    }
  }
}
