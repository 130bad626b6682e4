package io.caisson.examples.nexmark;

import io.caisson.Result;
import io.caisson.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The queries of Nexmark as files of SQL beside this class: {@code streams.sql} creates the
 * streams, {@code q0.sql} and so on each a materialized view of that name. They say what the <a
 * href="https://github.com/nexmark/nexmark">published ones</a> say. Query 12 is not among them: its
 * windows are of the time at which rows come, so that no two runs answer the same. Stateless.
 */
public final class NexmarkQueries {
  private static final int COUNT = 24;
  private static final int PROCESSING_TIME = 12;

  private NexmarkQueries() {}

  /** The names of the queries, {@code q0} to {@code q23}. */
  public static List<String> names() {
    return IntStream.range(0, COUNT)
        .filter(number -> number != PROCESSING_TIME)
        .mapToObj(number -> "q" + number)
        .toList();
  }

  /** The statements that create the streams. */
  public static String streams() {
    return read("streams");
  }

  /** The statements that create a query's view, and before it what it needs. */
  public static String view(String name) {
    return read(name);
  }

  /** The query of a view, to be asked once. */
  public static String query(String name) {
    String statements = view(name);
    String create = "CREATE MATERIALIZED VIEW " + name + " AS";
    String query = statements.substring(statements.indexOf(create) + create.length()).strip();
    return query.substring(0, query.length() - 1);
  }

  /** Runs all statements of a text. */
  public static void run(Session session, String statements) {
    for (Session.Statement statement : session.parse(statements)) {
      try (Result result = session.execute(statement)) {
        result.iterator().forEachRemaining(row -> {});
      }
    }
  }

  private static String read(String name) {
    try (InputStream file = NexmarkQueries.class.getResourceAsStream(name + ".sql")) {
      if (file == null) {
        throw new IllegalArgumentException("there is no query " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
