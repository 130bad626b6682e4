package io.caisson.benchmarks.table;

import io.caisson.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Measures tables of Caisson, H2 and SQLite, all embedded in this process and all durable at each
 * commit. They do each piece of work turn by turn, round by round, after one round that does not
 * count, so that a machine that slows down meanwhile slows down all.
 *
 * <pre>java -cp … io.caisson.benchmarks.table.TableBenchmark DIRECTORY [ROWS [ROUNDS]]</pre>
 */
public final class TableBenchmark {
  private static final int DEFAULT_ROWS = 1_000_000;
  private static final int DEFAULT_ROUNDS = 5;
  private static final int ROWS_OF_A_TRANSACTION = 1_000;
  private static final int READS = 20_000;
  private static final int UPDATES = 4_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<ItemTable> tables;
  private final int rows;
  private final int rounds;
  private final PrintStream out;

  private TableBenchmark(List<ItemTable> tables, int rows, int rounds, PrintStream out) {
    this.tables = tables;
    this.rows = rows;
    this.rounds = rounds;
    this.out = out;
  }

  /** Runs the measurement and prints it. */
  public static void main(String[] arguments) throws IOException, SQLException {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_ROWS;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : DEFAULT_ROUNDS;
    List<ItemTable> tables =
        List.of(
            new CaissonItems(directory.resolve("caisson")),
            JdbcItems.h2(directory.toAbsolutePath()),
            JdbcItems.sqlite(directory));
    try {
      new TableBenchmark(tables, rows, rounds, System.out).run();
    } finally {
      tables.forEach(ItemTable::close);
    }
  }

  /** Some work, of which a number of pieces are done in a call. */
  private interface Work {
    int run(ItemTable table, int round);
  }

  private void run() {
    var head = new StringBuilder("| work |");
    tables.forEach(table -> head.append(' ').append(table.database()).append(", 1/s |"));
    out.println(head.append(" ratio to the faster other | of the rounds |"));
    out.println("|---".repeat(tables.size() + 3) + "|");
    measure("insert with two indexes, 1,000 rows in a transaction", this::insert);
    measure("row by its key", this::read);
    measure("update by key, each a transaction", this::update);
    measure("rows of a sum over a range of all keys", this::sum);
  }

  private int insert(ItemTable table, int round) {
    int part = rows / (rounds + 1);
    long first = (long) round * part;
    for (long at = first; at < first + part; at += ROWS_OF_A_TRANSACTION) {
      long end = Math.min(at + ROWS_OF_A_TRANSACTION, first + part);
      table.insert(LongStream.range(at, end).mapToObj(Item::of).toList());
    }
    return part;
  }

  private long anyId() {
    return random.nextLong((long) rows / (rounds + 1) * (rounds + 1));
  }

  private int read(ItemTable table, int round) {
    for (int i = 0; i < READS; i++) {
      long id = anyId();
      if (table.price(id) != Item.of(id).price()) {
        throw new IllegalStateException(table.database() + " has another price for " + id);
      }
    }
    return READS;
  }

  private int update(ItemTable table, int round) {
    for (int i = 0; i < UPDATES; i++) {
      table.changePrice(anyId(), i);
    }
    return UPDATES;
  }

  private int sum(ItemTable table, int round) {
    int all = rows / (rounds + 1) * (rounds + 1);
    long expected = LongStream.range(0, all).map(id -> Item.of(id).stock()).sum();
    if (table.stock(0, all) != expected) {
      throw new IllegalStateException(table.database() + " has another sum");
    }
    return all;
  }

  private void measure(String what, Work work) {
    double[][] rates = new double[tables.size()][rounds];
    double[] ratios = new double[rounds];
    for (int round = 0; round <= rounds; round++) {
      for (int i = 0; i < tables.size(); i++) {
        long start = Clock.system().monotonicNanos();
        int pieces = work.run(tables.get(i), round);
        double seconds = (Clock.system().monotonicNanos() - start) / NANOS_PER_SECOND;
        if (round > 0) {
          rates[i][round - 1] = pieces / seconds;
        }
      }
      if (round > 0) {
        double others = Math.max(rates[1][round - 1], rates[2][round - 1]);
        ratios[round - 1] = rates[0][round - 1] / others;
      }
    }
    var cells = new ArrayList<String>();
    for (double[] of : rates) {
      cells.add(String.format(Locale.ROOT, "%,.0f", median(of)));
    }
    out.printf(
        Locale.ROOT,
        "| %s | %s | %.2f | %.2f to %.2f |%n",
        what,
        String.join(" | ", cells),
        median(ratios),
        Arrays.stream(ratios).min().orElseThrow(),
        Arrays.stream(ratios).max().orElseThrow());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
