package io.caisson.cli.sql;

import io.caisson.CopyDirection;
import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.cli.command.Streams;
import io.caisson.time.Clock;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs statements in a session and prints what they answer. For one thread. */
final class StatementRunner {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Session session;
  private final Streams streams;
  private final ResultFormat format;
  private boolean timing;

  StatementRunner(Session session, Streams streams, ResultFormat format) {
    this.session = session;
    this.streams = streams;
    this.format = format;
  }

  Session session() {
    return session;
  }

  Streams streams() {
    return streams;
  }

  /** Turns the print of times on or off and says which it is now. */
  boolean toggleTiming() {
    timing = !timing;
    return timing;
  }

  /** Runs a text with which no rows come. */
  void run(String text) {
    run(text, null);
  }

  /**
   * Runs all statements of a text, in order, up to the first error.
   *
   * @param rows what COPY FROM STDIN reads, or null where there is nothing
   * @throws io.caisson.error.CaissonException the first error, with its place in the text
   */
  void run(String text, @Nullable InputStream rows) {
    runAll(text, () -> rows);
  }

  /**
   * Runs all statements of a text, in order, up to the first error.
   *
   * @param rows begins what a COPY FROM STDIN reads, each anew
   * @throws io.caisson.error.CaissonException the first error, with its place in the text
   */
  void runAll(String text, Supplier<@Nullable InputStream> rows) {
    for (Session.Statement statement : session.parse(text)) {
      long start = Clock.system().monotonicNanos();
      try (Result result = execute(statement, rows)) {
        // Where the rows are written to the output there is nothing else on it.
        if (statement.copies() != CopyDirection.OUT) {
          print(result);
        }
      }
      if (timing) {
        double millis = (Clock.system().monotonicNanos() - start) / NANOS_PER_MILLI;
        streams.out().printf(Locale.ROOT, "Time: %.3f ms%n", millis);
      }
      streams.out().flush();
    }
  }

  private Result execute(Session.Statement statement, Supplier<@Nullable InputStream> source) {
    return switch (statement.copies()) {
      case NONE -> session.execute(statement);
      case IN -> {
        InputStream rows = source.get();
        yield rows == null ? session.execute(statement) : session.copyIn(statement, rows);
      }
      case OUT -> session.copyOut(statement, streams.out());
    };
  }

  private void print(Result result) {
    if (result.columns().isEmpty()) {
      if (format == ResultFormat.TABLE) {
        streams.out().print(result.command() + "\n");
      }
      return;
    }
    boolean live = result.command().toUpperCase(Locale.ROOT).startsWith("SUBSCRIBE");
    ResultPrinter printer = format.printer(streams.out());
    printer.begin(result.columns());
    if (live) {
      settle(printer);
    }
    boolean rowsHeld = false;
    try {
      for (Row row : result) {
        printer.row(row);
        rowsHeld = true;
        // checkError is how a PrintStream says that its reader (head, a pager) has gone.
        if (live && settle(printer)) {
          return;
        }
      }
      rowsHeld = false;
    } finally {
      if (rowsHeld) {
        settle(printer);
      }
    }
    printer.end();
    // What changes rows and returns some says both, as psql does.
    if (format == ResultFormat.TABLE && result.command().contains(" ")) {
      streams.out().print(result.command() + "\n");
    }
  }

  // Whether there is nobody left to read.
  private boolean settle(ResultPrinter printer) {
    printer.settle();
    return streams.out().checkError();
  }
}
