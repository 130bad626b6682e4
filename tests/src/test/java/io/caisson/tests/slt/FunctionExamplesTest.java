package io.caisson.tests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Result;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.FunctionRegistry;
import io.caisson.function.ScalarFunction;
import io.caisson.tests.Repository;
import io.caisson.tests.TestStore;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each function's example is true wherever SQL may say it, and each has its line in a file. */
class FunctionExamplesTest {
  /** Of those that differ in the type of their arrays' elements alone, one. */
  private static final List<ScalarFunction> FUNCTIONS =
      List.copyOf(
          FunctionRegistry.builtIn().all().stream()
              .collect(
                  Collectors.toMap(
                      function -> function.name() + " " + function.method(),
                      function -> function,
                      (one, other) -> one,
                      TreeMap::new))
              .values());

  private static @Nullable Object only(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      return result.toList().get(0).get(0);
    }
  }

  @Test
  void examplesAreTrueInQueries() {
    try (var store = new TestStore();
        Session session = store.database().session()) {
      var wrong = new TreeSet<String>();
      for (ScalarFunction function : FUNCTIONS) {
        try {
          if (!Boolean.TRUE.equals(only(session, "SELECT " + function.example()))) {
            wrong.add(function.signature() + ": " + function.example());
          }
        } catch (CaissonException e) {
          wrong.add(function.signature() + ": " + function.example() + ": " + e.getMessage());
        }
      }
      assertThat(wrong).isEmpty();
    }
  }

  @Test
  void examplesAreTrueInStandingQueries() {
    try (var store = new TestStore();
        Session session = store.database().session()) {
      session.execute("CREATE STREAM single (id BIGINT)").close();
      session.execute("INSERT INTO single VALUES (1)").close();
      var wrong = new TreeSet<String>();
      int refused = 0;
      long refusable =
          FUNCTIONS.stream()
              .filter(
                  f ->
                      f.zoned() || f.random() || f.arguments().contains(SqlType.of(TypeKind.BYTEA)))
              .count();
      for (int i = 0; i < FUNCTIONS.size(); i++) {
        ScalarFunction function = FUNCTIONS.get(i);
        try {
          session
              .execute(
                  "CREATE MATERIALIZED VIEW f%d AS SELECT (%s) AS holds, id FROM single"
                      .formatted(i, function.example()))
              .close();
          if (!Boolean.TRUE.equals(only(session, "SELECT holds FROM f" + i))) {
            wrong.add(function.signature() + ": " + function.example());
          }
          session.execute("DROP MATERIALIZED VIEW f" + i).close();
        } catch (CaissonException e) {
          if (e.state() == SqlState.FEATURE_NOT_SUPPORTED) {
            refused++;
          } else {
            wrong.add(function.signature() + ": " + function.example() + ": " + e.getMessage());
          }
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(refused)
          .as("functions that standing queries refuse")
          .isLessThan((int) refusable + 3);
    }
  }

  @Test
  void everyFunctionHasItsLineInAFile() {
    var text = new StringBuilder();
    Repository.files("tests/src/test/resources/slt/functions", ".slt")
        .forEach(file -> text.append(Repository.read(file)));
    var missing = new TreeSet<String>();
    for (ScalarFunction function : FUNCTIONS) {
      String call =
          function.operator()
              ? " " + Pattern.quote(function.name()) + " "
              : "\\b" + function.name() + "\\(";
      if (!Pattern.compile(call).matcher(text).find()) {
        missing.add(function.name());
      }
    }
    assertThat(missing).isEmpty();
  }
}
