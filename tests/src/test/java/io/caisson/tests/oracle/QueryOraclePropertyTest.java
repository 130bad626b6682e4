package io.caisson.tests.oracle;

import static org.assertj.core.api.Assertions.fail;

import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.tests.Seeds;
import io.caisson.tests.TestStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random queries over random tables: another database in this process gives the same rows. {@code
 * -Dcaisson.seed=} repeats a scenario, {@code -Dcaisson.scenarios=} runs more of them. A difference
 * is reported with as few rows as show it, in the form of an {@code .slt} file, to be kept.
 */
class QueryOraclePropertyTest {
  private static final int SCENARIOS = 6;
  private static final int QUERIES = 25;

  @TestFactory
  Stream<DynamicTest> queriesHaveTheRowsThatAnotherDatabaseGives() {
    return Seeds.tests(SCENARIOS, QueryOraclePropertyTest::run);
  }

  private static void run(long seed) throws SQLException {
    var random = new SplittableRandom(seed);
    RandomTables tables = RandomTables.random(random);
    var queries = new RandomQuery(random);
    var differing = new ArrayList<String>();
    try (var both = new Both(tables)) {
      for (int i = 0; i < QUERIES; i++) {
        String query = queries.next();
        if (!both.agreeOn(query)) {
          differing.add(query);
        }
      }
    }
    if (!differing.isEmpty()) {
      String query = differing.get(0);
      RandomTables few = shrunk(tables, query);
      try (var both = new Both(few)) {
        fail(
            "-Dcaisson.seed=%d: %d of %d queries differ\n\n%s\n%s"
                .formatted(seed, differing.size(), QUERIES, few, both.difference(query)));
      }
    }
  }

  /** The fewest rows that still show the difference. */
  private static RandomTables shrunk(RandomTables tables, String query) throws SQLException {
    for (RandomTables smaller : tables.smaller()) {
      try (var both = new Both(smaller)) {
        if (!both.agreeOn(query)) {
          return shrunk(smaller, query);
        }
      }
    }
    return tables;
  }

  /** Both databases with the same tables. */
  private static final class Both implements AutoCloseable {
    private final TestStore store = new TestStore();
    private final Session session = store.database().session();
    private final OtherDatabase other;

    Both(RandomTables tables) throws SQLException {
      other = new OtherDatabase();
      for (String statement : tables.statements()) {
        session.execute(statement).close();
        other.execute(statement);
      }
    }

    boolean agreeOn(String query) throws SQLException {
      return ours(query).equals(theirs(query));
    }

    String difference(String query) throws SQLException {
      return "query ITR rowsort\n%s\n----\n%s\n\n# but Caisson says\n#   %s"
          .formatted(query, String.join("\n", theirs(query)), String.join("\n#   ", ours(query)));
    }

    private List<String> theirs(String query) throws SQLException {
      return other.rows(query);
    }

    private List<String> ours(String query) {
      var rows = new ArrayList<String>();
      try (Result result = session.execute(query)) {
        for (Row row : result) {
          var values = new ArrayList<String>();
          for (int i = 0; i < row.size(); i++) {
            values.add(Answers.text(row.get(i)));
          }
          rows.add(String.join(" | ", values));
        }
      } catch (CaissonException e) {
        return List.of(e.state().code() + ": " + e.getMessage());
      }
      rows.sort(null);
      return rows;
    }

    @Override
    public void close() throws SQLException {
      session.close();
      store.close();
      other.close();
    }
  }
}
