package io.caisson.benchmarks.store;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures {@link EmbeddedStore}, {@link RawTree}, {@link GroupedTree} and {@link GroupedFile} turn
 * by turn and prints what one achieves of the other. The rounds alternate, so that a machine that
 * slows down meanwhile slows down both.
 *
 * <pre>java -cp … io.caisson.benchmarks.store.StoreBenchmark [ROUNDS [SECONDS [WORK]]]</pre>
 *
 * <p>WORK is a regular expression that is found in the names of the comparisons to make.
 */
public final class StoreBenchmark {
  private static final int DEFAULT_ROUNDS = 5;
  private static final int DEFAULT_SECONDS = 4;
  private static final String EMBEDDED = "EmbeddedStore.";
  private static final String RAW = "RawTree.";
  private static final String GROUPED = "GroupedTree.";
  private static final String FILE = "GroupedFile.";
  private static final String[] OPENED = {
    "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
  };

  private final int rounds;
  private final int seconds;
  private final Pattern work;

  private StoreBenchmark(int rounds, int seconds, Pattern work) {
    this.rounds = rounds;
    this.seconds = seconds;
    this.work = work;
  }

  /** Runs the measurement and prints it. */
  public static void main(String[] arguments) throws RunnerException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_ROUNDS;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_SECONDS;
    Pattern work = Pattern.compile(arguments.length > 2 ? arguments[2] : "");
    new StoreBenchmark(rounds, seconds, work).run(System.out);
  }

  /**
   * A pair to compare.
   *
   * @param slower by how many microseconds the disk takes longer for a batch of commits, at most
   */
  private record Comparison(String what, String measured, String against, int slower) {
    Comparison(String what, String measured, String against) {
      this(what, measured, against, 0);
    }

    /** How commits of many threads share what a commit of one waits for. */
    static Comparison ofThreads(String disk, int slower) {
      return new Comparison(
          "64 threads of one put, of one thread's" + disk,
          EMBEDDED + "singlePutOf64Threads",
          EMBEDDED + "singlePut",
          slower);
    }
  }

  private void run(PrintStream out) throws RunnerException {
    var comparisons =
        List.of(
            new Comparison("point reads", EMBEDDED + "pointReads", RAW + "pointReads"),
            new Comparison("range scan", EMBEDDED + "rangeScan", RAW + "rangeScan"),
            new Comparison("1,000 puts, synced", EMBEDDED + "thousandPuts", RAW + "thousandPuts"),
            new Comparison("one put, synced", EMBEDDED + "singlePut", RAW + "singlePut"),
            new Comparison(
                "64 threads of one put, of one thread's on the bare tree",
                EMBEDDED + "singlePutOf64Threads",
                RAW + "singlePut"),
            Comparison.ofThreads("", 0),
            Comparison.ofThreads(", syncs 0 to 1 ms slower", 1_000),
            Comparison.ofThreads(", syncs 0 to 4 ms slower", 4_000),
            new Comparison(
                "64 threads of one put in groups on the bare tree, of one thread's",
                GROUPED + "singlePutOf64Threads",
                RAW + "singlePut"),
            new Comparison(
                "64 threads of one put, of groups on the bare tree",
                EMBEDDED + "singlePutOf64Threads",
                GROUPED + "singlePutOf64Threads"),
            new Comparison(
                "64 threads that only wait for a sync, of one thread's",
                FILE + "syncOf64Threads",
                FILE + "sync"));
    var lines = new ArrayList<String>();
    for (Comparison comparison : comparisons) {
      if (!work.matcher(comparison.what).find()) {
        continue;
      }
      double[] measured = new double[rounds];
      double[] against = new double[rounds];
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        measured[round] = rate(comparison.measured, comparison.slower);
        against[round] = rate(comparison.against, comparison.slower);
        ratios[round] = measured[round] / against[round];
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "| %-62s | %,12.0f | %,12.0f | %6.2f | %.2f to %.2f |",
              comparison.what,
              median(measured),
              median(against),
              median(ratios),
              java.util.Arrays.stream(ratios).min().orElseThrow(),
              java.util.Arrays.stream(ratios).max().orElseThrow()));
    }
    out.println("| work | measured/s | against/s | ratio | of the rounds |");
    out.println("|---|---|---|---|---|");
    lines.forEach(out::println);
  }

  private double rate(String benchmark, int slower) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + benchmark.replace(".", "\\.") + "$")
            .forks(1)
            .warmupIterations(2)
            .warmupTime(TimeValue.seconds(seconds))
            .measurementIterations(2)
            .measurementTime(TimeValue.seconds(seconds))
            .jvmArgsAppend(OPENED)
            .shouldFailOnError(true);
    if (benchmark.startsWith(EMBEDDED)) {
      options.param("slower", String.valueOf(slower));
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    return results.iterator().next().getPrimaryResult().getScore();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
