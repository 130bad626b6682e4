package io.caisson.benchmarks;

import io.caisson.Caisson;
import io.caisson.Database;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.StreamWriter;
import io.caisson.column.ColumnsBuilder;
import io.caisson.time.Clock;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How many rows a second go through the engine alone: columnar batches into a stream with one
 * tumbling view, each append durable, until the view has them all. {@code caisson load} adds the
 * parsing of text to this. For one thread.
 *
 * <pre>java -cp … io.caisson.benchmarks.LoadBenchmark DIRECTORY [ROWS [BATCH]]</pre>
 */
public final class LoadBenchmark {
  private static final int DEFAULT_ROWS = 1_000_000;
  private static final int DEFAULT_BATCH = 10_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long MICROS_PER_MILLI = 1_000;
  private static final int MEAN_MILLIS_BETWEEN_ROWS = 20;
  private static final int USERS = 20_000;
  private static final List<String> TYPES = List.of("view", "view", "view", "cart", "purchase");
  private static final List<SqlType> COLUMNS =
      List.of(
          SqlType.of(TypeKind.BIGINT),
          SqlType.of(TypeKind.TEXT),
          SqlType.of(TypeKind.BIGINT),
          SqlType.of(TypeKind.TIMESTAMP));

  private final SplittableRandom random = new SplittableRandom(1);
  private final ColumnsBuilder rows = new ColumnsBuilder(COLUMNS);
  private long micros;

  private LoadBenchmark() {}

  /** Runs the measurement and prints it. */
  public static void main(String[] arguments) {
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_ROWS;
    int batch = arguments.length > 2 ? Integer.parseInt(arguments[2]) : DEFAULT_BATCH;
    try (Caisson caisson = Caisson.open(Path.of(arguments[0]))) {
      new LoadBenchmark().run(caisson.database("benchmark"), count, batch, System.out);
    }
  }

  private void run(Database database, int count, int batch, PrintStream out) {
    try (Session session = database.session()) {
      session
          .execute(
              "CREATE STREAM clicks (user_id BIGINT, type TEXT, cents BIGINT, ts TIMESTAMP(3),"
                  + " WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)")
          .close();
      session
          .execute(
              "CREATE MATERIALIZED VIEW per_minute AS"
                  + " SELECT window_start, type, COUNT(*) AS n, SUM(cents) AS cents"
                  + " FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '1' MINUTE))"
                  + " GROUP BY window_start, window_end, type")
          .close();
      long start = Clock.system().monotonicNanos();
      append(database, count, batch);
      double appended = secondsSince(start);
      long seen;
      try (Result result = session.execute("SELECT SUM(n) AS n FROM per_minute")) {
        seen = result.toList().get(0).getLong("n");
      }
      double fresh = secondsSince(start);
      out.printf(
          Locale.ROOT,
          "%,d rows appended in %.2f s, %,d of them in the view after %.2f s: %,.0f rows/s%n",
          count,
          appended,
          seen,
          fresh,
          count / fresh);
    }
  }

  private void append(Database database, int count, int batch) {
    try (StreamWriter writer = database.writer("clicks", "benchmark")) {
      for (int done = 0; done < count; done += batch) {
        int size = Math.min(batch, count - done);
        for (int i = 0; i < size; i++) {
          addRow();
        }
        writer.append(rows.build(), done, "");
      }
    }
  }

  private void addRow() {
    micros += random.nextInt(2 * MEAN_MILLIS_BETWEEN_ROWS) * MICROS_PER_MILLI;
    rows.column(0).addLong(random.nextInt(USERS));
    rows.column(1).addText(TYPES.get(random.nextInt(TYPES.size())));
    rows.column(2).addLong(random.nextInt(10_000));
    rows.column(3).addLong(micros);
  }

  private static double secondsSince(long nanos) {
    return (Clock.system().monotonicNanos() - nanos) / NANOS_PER_SECOND;
  }
}
