package io.caisson.benchmarks.nexmark;

import io.caisson.Caisson;
import io.caisson.Database;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.StreamWriter;
import io.caisson.column.ColumnsBuilder;
import io.caisson.time.Clock;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes to open a database whose view has many groups, until the view answers by key
 * with all that was acknowledged: after it was closed, and after its process was gone in the midst
 * of appending. An existing directory is not filled again.
 *
 * <pre>java -cp … io.caisson.benchmarks.nexmark.RestartBenchmark DIRECTORY [GROUPS]</pre>
 *
 * <p>For one thread.
 */
public final class RestartBenchmark {
  private static final long DEFAULT_GROUPS = 10_000_000;
  private static final int BATCH = 20_000;
  private static final int ROUNDS = 3;
  private static final int APPENDS_BEFORE_THE_END = 50;
  private static final String CHILD = "child";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final List<SqlType> COLUMNS =
      List.of(SqlType.of(TypeKind.BIGINT), SqlType.of(TypeKind.BIGINT));

  /** A prime: steps of it come to each group once, all over the state. */
  private static final long STRIDE = 7_919;

  private final Path directory;
  private final long groups;
  private final PrintStream out;

  private RestartBenchmark(Path directory, long groups, PrintStream out) {
    this.directory = directory;
    this.groups = groups;
    this.out = out;
  }

  /** Runs the measurement and prints it. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    long groups = arguments.length > 1 ? Long.parseLong(arguments[1]) : DEFAULT_GROUPS;
    var benchmark = new RestartBenchmark(Path.of(arguments[0]), groups, System.out);
    if (arguments.length > 2 && arguments[2].equals(CHILD)) {
      benchmark.appendAndBeGone();
    } else {
      benchmark.run();
    }
  }

  private void run() throws IOException, InterruptedException {
    fill();
    out.println("| restart | of groups | ms |");
    out.println("|---|---|---|");
    for (int round = 0; round < ROUNDS; round++) {
      measure("after closing");
    }
    for (int round = 0; round < ROUNDS; round++) {
      startChild();
      measure("after the process was gone");
    }
  }

  private void fill() {
    try (Caisson caisson = Caisson.open(directory);
        Session session = caisson.database("restart").session();
        Result stream =
            session.execute(
                "CREATE STREAM IF NOT EXISTS payments (account BIGINT, cents BIGINT)"
                    + " WITH (retention_bytes = '1 GB')");
        Result view =
            session.execute(
                "CREATE MATERIALIZED VIEW IF NOT EXISTS balances AS SELECT account, COUNT(*) AS n,"
                    + " SUM(cents) AS cents FROM payments GROUP BY account");
        StreamWriter writer = caisson.database("restart").writer("payments", "benchmark")) {
      while (writer.lastSequence() < groups) {
        append(writer);
      }
      check(session, writer.lastSequence() - 1);
      out.printf(Locale.ROOT, "%s, %s%n", stream.command(), view.command());
    }
  }

  /** The sequence is how many rows there are. */
  private void append(StreamWriter writer) {
    var rows = new ColumnsBuilder(COLUMNS);
    long from = Math.max(0, writer.lastSequence());
    for (long row = from; row < from + BATCH; row++) {
      rows.column(0).addLong(account(row));
      rows.column(1).addLong(row);
    }
    writer.append(rows.build(), from + BATCH, "");
  }

  private long account(long row) {
    return Math.floorMod(row * STRIDE, groups);
  }

  private void measure(String what) {
    long start = Clock.system().monotonicNanos();
    try (Caisson caisson = Caisson.open(directory)) {
      Database database = caisson.database("restart");
      try (StreamWriter writer = database.writer("payments", "benchmark");
          Session session = database.session()) {
        check(session, writer.lastSequence() - 1);
        double millis = (Clock.system().monotonicNanos() - start) / NANOS_PER_MILLI;
        out.printf(Locale.ROOT, "| %s | %,d | %.0f |%n", what, groups, millis);
      }
    }
  }

  /** The last row that was acknowledged is in the view. */
  private void check(Session session, long lastRow) {
    long account = account(lastRow);
    try (Result result = session.execute("SELECT n FROM balances WHERE account = ?", account)) {
      long found = result.toList().get(0).getLong("n");
      if (found != 1 + lastRow / groups) {
        throw new IllegalStateException(account + " has " + found + " payments");
      }
    }
  }

  private void startChild() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RestartBenchmark.class.getName(),
                directory.toString(),
                String.valueOf(groups),
                CHILD)
            .inheritIO()
            .start();
    child.waitFor();
  }

  /** The view has all but the last append when the process ends. */
  private void appendAndBeGone() {
    Database database = Caisson.open(directory).database("restart");
    StreamWriter writer = database.writer("payments", "benchmark");
    try (Session session = database.session()) {
      for (int i = 0; i < APPENDS_BEFORE_THE_END; i++) {
        append(writer);
        check(session, writer.lastSequence() - 1);
      }
      append(writer);
      Runtime.getRuntime().halt(1);
    }
  }
}
