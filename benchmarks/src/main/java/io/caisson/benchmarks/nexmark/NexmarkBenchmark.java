package io.caisson.benchmarks.nexmark;

import io.caisson.examples.nexmark.NexmarkGenerator;
import io.caisson.examples.nexmark.NexmarkOptions;
import io.caisson.examples.nexmark.NexmarkQueries;
import io.caisson.time.Clock;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How many events a second each of Nexmark's queries takes in, and how much memory that needs: once
 * with the view there while events are appended, durably, and once with the view created when all
 * events are in the streams. Each query has a database of its own, and a tenth of the events before
 * it, which do not count. The clock stops when the view has all events.
 *
 * <pre>java -cp … io.caisson.benchmarks.nexmark.NexmarkBenchmark DIRECTORY [EVENTS [QUERY…]]</pre>
 *
 * <p>For one thread.
 */
public final class NexmarkBenchmark {
  private static final int DEFAULT_EVENTS = 1_000_000;
  private static final int WARM_UP = 10;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_MEGABYTE = 1 << 20;

  private final Path directory;
  private final int events;
  private final PrintStream out;

  private NexmarkBenchmark(Path directory, int events, PrintStream out) {
    this.directory = directory;
    this.events = events;
    this.out = out;
  }

  /** Runs the measurement and prints it. */
  public static void main(String[] arguments) {
    int events = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_EVENTS;
    List<String> queries =
        arguments.length > 2
            ? List.of(arguments).subList(2, arguments.length)
            : NexmarkQueries.names();
    new NexmarkBenchmark(Path.of(arguments[0]), events, System.out).run(queries);
  }

  private void run(List<String> queries) {
    out.println("| query | live, events/s | over history, events/s | peak heap, MB |");
    out.println("|---|---|---|---|");
    out.printf(Locale.ROOT, "| the generator alone | %,.0f | | |%n", events / generate());
    out.printf(Locale.ROOT, "| the streams alone | %,.0f | | |%n", events / append());
    for (String query : queries) {
      live(query, events / WARM_UP);
      try (var heap = new HeapMeter()) {
        double live = live(query, events);
        double peak = heap.peakBytes() / BYTES_PER_MEGABYTE;
        double history = overHistory(query);
        out.printf(
            Locale.ROOT,
            "| %s | %,.0f | %,.0f | %,.0f |%n",
            query,
            events / live,
            events / history,
            peak);
      }
    }
  }

  private double generate() {
    var generator = new NexmarkGenerator(NexmarkOptions.of(1));
    long start = Clock.system().monotonicNanos();
    long bytes = 0;
    for (int position = 0; position < events; position++) {
      bytes += generator.event(position).extra().length();
    }
    if (bytes == 0) {
      throw new IllegalStateException("events without filling");
    }
    return secondsSince(start);
  }

  private double append() {
    double[] seconds = new double[2];
    for (int round = 0; round < seconds.length; round++) {
      try (var house = new AuctionHouse(directory)) {
        long start = Clock.system().monotonicNanos();
        house.append(0, events);
        seconds[round] = secondsSince(start);
      }
    }
    return Arrays.stream(seconds).min().orElseThrow();
  }

  private double live(String query, int count) {
    try (var house = new AuctionHouse(directory)) {
      house.create(query);
      house.await(query);
      long start = Clock.system().monotonicNanos();
      house.append(0, count);
      house.await(query);
      return secondsSince(start);
    }
  }

  private double overHistory(String query) {
    try (var house = new AuctionHouse(directory)) {
      house.append(0, events);
      long start = Clock.system().monotonicNanos();
      house.create(query);
      house.await(query);
      return secondsSince(start);
    }
  }

  private static double secondsSince(long nanos) {
    return (Clock.system().monotonicNanos() - nanos) / NANOS_PER_SECOND;
  }
}
