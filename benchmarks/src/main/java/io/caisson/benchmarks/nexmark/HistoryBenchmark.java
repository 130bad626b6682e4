package io.caisson.benchmarks.nexmark;

import io.caisson.time.Clock;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What an event costs when there were many before it, for each query with windows: the time of the
 * last half million events before each mark, appended durably until the view has them, and the heap
 * that is in use then. The streams keep a gigabyte. Default marks are 1, 5 and 10 million; 50
 * million take the better part of an hour.
 *
 * <pre>java -cp … io.caisson.benchmarks.nexmark.HistoryBenchmark DIRECTORY [MILLIONS…]</pre>
 *
 * <p>For one thread.
 */
public final class HistoryBenchmark {
  private static final List<String> QUERIES = List.of("q5", "q7", "q8", "q11");
  private static final List<String> DEFAULT_MILLIONS = List.of("1", "5", "10");
  private static final long MILLION = 1_000_000;
  private static final long MEASURED = 500_000;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double BYTES_PER_MEGABYTE = 1 << 20;

  private final Path directory;
  private final List<String> millions;
  private final PrintStream out;

  private HistoryBenchmark(Path directory, List<String> millions, PrintStream out) {
    this.directory = directory;
    this.millions = millions;
    this.out = out;
  }

  /** Runs the measurement and prints it. */
  public static void main(String[] arguments) {
    List<String> millions =
        arguments.length > 1 ? List.of(arguments).subList(1, arguments.length) : DEFAULT_MILLIONS;
    new HistoryBenchmark(Path.of(arguments[0]), millions, System.out).run();
  }

  private void run() {
    out.println("| query | events before | µs an event | heap in use, MB |");
    out.println("|---|---|---|---|");
    for (String query : QUERIES) {
      try (var house = new AuctionHouse(directory)) {
        for (String stream : List.of("person", "auction", "bid")) {
          house.run("ALTER STREAM " + stream + " SET (retention_bytes = '1 GB')");
        }
        house.create(query);
        long done = 0;
        for (String mark : millions) {
          long until = (long) (Double.parseDouble(mark) * MILLION);
          if (until - MEASURED < done) {
            throw new IllegalArgumentException("marks are at least half a million events apart");
          }
          house.append(done, until - MEASURED);
          measure(house, query, until);
          done = until;
        }
      }
    }
  }

  private void measure(AuctionHouse house, String query, long until) {
    house.await(query);
    long start = Clock.system().monotonicNanos();
    house.append(until - MEASURED, until);
    house.await(query);
    long nanos = Clock.system().monotonicNanos() - start;
    out.printf(
        Locale.ROOT,
        "| %s | %,d | %.2f | %,.0f |%n",
        query,
        until - MEASURED,
        nanos / NANOS_PER_MICRO / MEASURED,
        HeapMeter.nowBytes() / BYTES_PER_MEGABYTE);
  }
}
