package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Result;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.Seeds;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random tables that random transactions change, a stream beside them, and random standing queries
 * over all of them, created, dropped and restarted at any time: every view equals its query. {@code
 * -Dcaisson.seed=} repeats a scenario, {@code -Dcaisson.scenarios=} runs more of them.
 */
class ViewEqualsQueryOverTablesPropertyTest {
  private static final int SCENARIOS = 15;

  @TestFactory
  Stream<DynamicTest> viewEqualsItsQuery() {
    return Seeds.tests(SCENARIOS, ViewEqualsQueryOverTablesPropertyTest::run);
  }

  private static void run(long seed) {
    try (var scenario = new Scenario(seed)) {
      scenario.run();
    }
  }

  private static final class Scenario implements AutoCloseable {
    private static final int STEPS = 40;
    private static final int VIEWS = 4;
    private static final Pattern RELATION = Pattern.compile("%s");

    private final String description;
    private final SplittableRandom random;
    private final List<StreamColumn> columns;
    private final List<ChangingTable> relations = new ArrayList<>();
    private final List<String> views = new ArrayList<>();
    private final List<String> queries = new ArrayList<>();
    private final TestStore store = new TestStore();
    private Session session = store.database().session();
    private int created;

    Scenario(long seed) {
      description = Seeds.repeat(seed);
      random = new SplittableRandom(seed);
      var chosen = new ArrayList<StreamColumn>(List.of(StreamColumn.ID, StreamColumn.TS));
      for (StreamColumn column : StreamColumn.values()) {
        if (!chosen.contains(column) && random.nextInt(3) > 0) {
          chosen.add(column);
        }
      }
      Collections.shuffle(chosen, new Random(random.nextLong()));
      columns = List.copyOf(chosen);
      relations.add(ChangingTable.table("t0", columns, random));
      relations.add(ChangingTable.table("t1", columns, random));
      relations.add(ChangingTable.stream("s", columns, random));
    }

    void run() {
      execute(RandomAggregates.DEFINITION);
      relations.forEach(relation -> execute(relation.create()));
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(10)) {
          case 0, 1 -> createView();
          case 2 -> restart();
          case 3 -> dropView();
          case 4, 5 -> checkOne();
          case 6, 7 -> transaction();
          default -> change();
        }
      }
      while (views.size() < VIEWS) {
        createView();
      }
      change();
      for (int i = 0; i < views.size(); i++) {
        check(i);
      }
    }

    private void createView() {
      if (views.size() < VIEWS) {
        String query = RELATION.matcher(template()).replaceAll(m -> relation().name());
        String name = "v" + created++;
        execute("CREATE MATERIALIZED VIEW " + name + " AS " + query);
        views.add(name);
        queries.add(query);
      }
    }

    private String template() {
      StandingQuery query;
      do {
        query =
            random.nextInt(3) == 0
                ? StandingQuery.random(random, columns)
                : new ComposedQueries(random, columns).query();
      } while (!query.windows().isEmpty());
      return query.template();
    }

    private ChangingTable relation() {
      return relations.get(random.nextInt(relations.size()));
    }

    private void dropView() {
      if (!views.isEmpty()) {
        int view = random.nextInt(views.size());
        execute("DROP MATERIALIZED VIEW " + views.remove(view));
        queries.remove(view);
      }
    }

    private void restart() {
      session.close();
      store.reopen();
      session = store.database().session();
    }

    private boolean change() {
      ChangingTable.Change change = relation().change();
      try (Result result = session.execute(change.sql(), change.values().toArray())) {
        result.iterator().forEachRemaining(row -> {});
        return true;
      } catch (CaissonException e) {
        assertThat(e.state())
            .as(description + "\n" + change.sql() + "\n" + e.getMessage())
            .isEqualTo(SqlState.UNIQUE_VIOLATION);
        return false;
      }
    }

    private void transaction() {
      execute("BEGIN");
      boolean good = true;
      for (int i = 0; good && i < 1 + random.nextInt(5); i++) {
        good = change();
      }
      execute(good && random.nextInt(5) > 0 ? "COMMIT" : "ROLLBACK");
    }

    private void checkOne() {
      if (!views.isEmpty()) {
        check(random.nextInt(views.size()));
      }
    }

    private void check(int view) {
      var what = new StringBuilder(description);
      relations.forEach(relation -> what.append('\n').append(relation.create()));
      what.append('\n').append(queries.get(view));
      assertThat(rows("SELECT * FROM " + views.get(view)))
          .as(what.toString())
          .isEqualTo(rows(queries.get(view)));
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
