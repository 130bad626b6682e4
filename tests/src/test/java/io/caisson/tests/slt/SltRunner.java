package io.caisson.tests.slt;

import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.Position;
import io.caisson.tests.TemporaryDirectory;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs the records of a file on a fresh store and collects what went otherwise. For one thread. */
final class SltRunner implements AutoCloseable {
  private static final String DEFAULT = "default";

  private final TestStore store = new TestStore();
  private final TemporaryDirectory directory = TemporaryDirectory.create();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Session> sessions = new HashMap<>();
  private Session session = session(DEFAULT);

  /** Runs a file; answers a description of each record that failed. */
  static List<String> run(Path file) {
    try (var runner = new SltRunner()) {
      for (SltRecord record : SltFile.read(file)) {
        runner.run(record);
      }
      return runner.failures;
    }
  }

  private void run(SltRecord record) {
    if (record instanceof SltRecord.Statement statement) {
      runStatement(statement);
    } else if (record instanceof SltRecord.Failure failure) {
      runFailure(failure, null);
    } else if (record instanceof SltRecord.Query query) {
      runQuery(query);
    } else if (record instanceof SltRecord.Copy copy) {
      runCopy(copy);
    } else if (record instanceof SltRecord.BadCopy copy) {
      runFailure(copy.failure(), copy.rows());
    } else if (record instanceof SltRecord.Connection connection) {
      session = session(connection.name());
    } else {
      closeSessions();
      store.reopen();
      session = session(DEFAULT);
    }
  }

  private Session session(String name) {
    return sessions.computeIfAbsent(name, n -> store.database().session());
  }

  private void closeSessions() {
    sessions.values().forEach(Session::close);
    sessions.clear();
  }

  private void runStatement(SltRecord.Statement statement) {
    try (Result result = session.execute(sql(statement.sql()))) {
      result.iterator().forEachRemaining(row -> {});
      statement
          .tag()
          .filter(tag -> !tag.equals(result.command()))
          .ifPresent(tag -> fail(statement, statement.sql(), tag, result.command()));
    } catch (RuntimeException e) {
      fail(statement, statement.sql(), "success", describe(e));
    }
  }

  /** The statement with the directory for its files. */
  private String sql(String text) {
    return text.replace("${tmp}", directory.path().toString());
  }

  private static InputStream lines(String rows) {
    return new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8));
  }

  private void runCopy(SltRecord.Copy copy) {
    var out = new ByteArrayOutputStream();
    boolean outwards = copy.sql().contains("STDOUT");
    try (Result result =
        outwards
            ? session.copyOut(copy.sql(), out)
            : session.copyIn(copy.sql(), lines(copy.rows()))) {
      copy.tag()
          .filter(tag -> !tag.equals(result.command()))
          .ifPresent(tag -> fail(copy, copy.sql(), tag, result.command()));
      String written = out.toString(StandardCharsets.UTF_8);
      if (outwards && !written.equals(copy.rows())) {
        fail(copy, copy.sql(), copy.rows(), written);
      }
    } catch (RuntimeException e) {
      fail(copy, copy.sql(), "success", describe(e));
    }
  }

  private void runFailure(SltRecord.Failure expected, @Nullable String rows) {
    String wanted =
        expected.state()
            + expected.place().map(place -> " at " + place).orElse("")
            + expected.message().map(message -> " matching " + message).orElse("");
    try (Result result =
        rows == null
            ? session.execute(sql(expected.sql()))
            : session.copyIn(sql(expected.sql()), lines(rows))) {
      fail(expected, expected.sql(), wanted, "success: " + result.toList());
    } catch (CaissonException e) {
      String text = e.getMessage() + (e.hint() == null ? "" : "\n" + e.hint());
      boolean fits =
          e.state().code().equals(expected.state())
              && expected.place().stream().allMatch(place -> place.equals(place(e.position())))
              && expected.message().stream().allMatch(m -> m.matcher(text).find());
      if (!fits) {
        fail(expected, expected.sql(), wanted, describe(e));
      }
    } catch (RuntimeException e) {
      fail(expected, expected.sql(), wanted, describe(e));
    }
  }

  private void runQuery(SltRecord.Query query) {
    try (Result result = session.execute(query.sql())) {
      String types = result.columns().stream().map(SltRunner::letter).collect(Collectors.joining());
      List<String> names = result.columns().stream().map(ResultColumn::name).toList();
      var rows = new ArrayList<String>();
      for (Row row : result) {
        rows.add(text(row));
      }
      var expected = new ArrayList<>(query.rows());
      if (query.sorted()) {
        rows.sort(null);
        expected.sort(null);
      }
      if (!types.equals(query.types())) {
        fail(query, query.sql(), "types " + query.types(), "types " + types);
      }
      if (query.names().isPresent() && !query.names().get().equals(names)) {
        fail(query, query.sql(), "names " + query.names().get(), "names " + names);
      }
      if (!rows.equals(expected)) {
        fail(query, query.sql(), block(expected), block(rows));
      }
    } catch (RuntimeException e) {
      fail(query, query.sql(), block(query.rows()), describe(e));
    }
  }

  private static String block(List<String> rows) {
    return rows.stream().map(row -> "\n    " + row).collect(Collectors.joining());
  }

  private static String text(Row row) {
    return Values.texts(row).stream()
        .map(value -> value.isEmpty() ? "(empty)" : value)
        .collect(Collectors.joining(" | "));
  }

  private static String letter(ResultColumn column) {
    return switch (column.type().kind()) {
      case SMALLINT, INTEGER, BIGINT -> "I";
      case REAL, DOUBLE, NUMERIC -> "R";
      case TEXT -> "T";
      case BOOLEAN -> "B";
      case DATE -> "D";
      case TIME -> "C";
      case TIMESTAMP -> "S";
      case BYTEA -> "Y";
      case TIMESTAMPTZ, INTERVAL, UUID, JSONB -> "V";
      case ARRAY -> "A";
    };
  }

  private static @Nullable String place(@Nullable Position position) {
    return position == null ? null : position.line() + ":" + position.column();
  }

  private static String describe(RuntimeException error) {
    if (error instanceof CaissonException e) {
      return e.state().code()
          + " at "
          + place(e.position())
          + ": "
          + e.getMessage()
          + (e.hint() == null ? "" : "\n    hint: " + e.hint());
    }
    StackTraceElement[] trace = error.getStackTrace();
    return error + (trace.length == 0 ? "" : "\n    at " + trace[0]);
  }

  private void fail(SltRecord record, String sql, String expected, String got) {
    failures.add(
        "line " + record.line() + ": " + sql + "\n  expected: " + expected + "\n  got: " + got);
  }

  @Override
  public void close() {
    closeSessions();
    store.close();
    directory.close();
  }
}
