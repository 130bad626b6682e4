package io.caisson.benchmarks.nexmark;

import io.caisson.Database;
import io.caisson.PreparedStatement;
import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.StreamWriter;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.time.Clock;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * How long it takes from the call that appends a bid until the bid is seen, while five views are
 * kept and 10,000 events a second come in: by a SELECT that is asked as soon as the append returns,
 * turn by turn from each view, and by who has subscribed to one of them. Both include the sync of
 * the append.
 *
 * <pre>
 * java -cp … io.caisson.benchmarks.nexmark.LatencyBenchmark DIRECTORY [SECONDS [EVENTS_PER_SECOND]]
 * </pre>
 *
 * <p>Three threads: one gives the load, one probes, one is subscribed.
 */
public final class LatencyBenchmark {
  private static final int DEFAULT_SECONDS = 60;
  private static final int DEFAULT_RATE = 10_000;
  private static final int WARM_UP_SECONDS = 10;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final double NANOS_PER_MILLI = 1e6;

  /** Bids for auctions below 0 are probes; multiples of it are what query 2 selects. */
  private static final long STEP = -123;

  /** Each view with its column that says of which auction or by whom the bid was. */
  private static final Map<String, String> VIEWS =
      Map.of(
          "q2", "auction", "q11", "bidder", "q17", "auction", "q18", "auction", "q22", "auction");

  private final AuctionHouse house;
  private final int rate;
  private final Clock clock = Clock.system();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Map<Long, Long> begun = new ConcurrentHashMap<>();
  private final List<Long> selected = new ArrayList<>();
  private final List<Long> pushed = new ArrayList<>();
  private volatile long measuredFrom = Long.MAX_VALUE;
  private volatile long position;

  private LatencyBenchmark(AuctionHouse house, int rate) {
    this.house = house;
    this.rate = rate;
  }

  /** Runs the measurement and prints it. */
  public static void main(String[] arguments) throws InterruptedException {
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_SECONDS;
    int rate = arguments.length > 2 ? Integer.parseInt(arguments[2]) : DEFAULT_RATE;
    try (var house = new AuctionHouse(Path.of(arguments[0]))) {
      var benchmark = new LatencyBenchmark(house, rate);
      benchmark.run(seconds);
      benchmark.print(System.out);
    }
  }

  private void run(int seconds) throws InterruptedException {
    VIEWS.keySet().forEach(house::create);
    var load = new Thread(this::load, "load");
    load.start();
    Session session = house.database().session();
    Result changes = session.execute("SUBSCRIBE TO q2");
    var subscriber = new Thread(() -> follow(changes), "subscriber");
    subscriber.start();
    long start = clock.monotonicNanos();
    measuredFrom = start + TimeUnit.SECONDS.toNanos(Math.min(WARM_UP_SECONDS, seconds / 2));
    probe(start + TimeUnit.SECONDS.toNanos(seconds));
    ended.set(true);
    load.join();
    session.cancel();
    subscriber.join();
    session.close();
  }

  private void load() {
    long start = clock.monotonicNanos();
    while (!ended.get()) {
      long due = (clock.monotonicNanos() - start) * rate / TimeUnit.SECONDS.toNanos(1);
      if (due > position) {
        house.append(position, due);
        position = due;
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  private void probe(long until) {
    Database database = house.database();
    try (Session session = database.session();
        StreamWriter writer = database.writer("bid", "probe")) {
      var statements = new ArrayList<PreparedStatement>();
      VIEWS.forEach(
          (view, column) ->
              statements.add(
                  session.prepare("SELECT 1 AS one FROM " + view + " WHERE " + column + " = ?")));
      for (long number = 1; clock.monotonicNanos() < until; number++) {
        long id = number * STEP;
        long start = clock.monotonicNanos();
        begun.put(id, start);
        writer.append(bid(writer, id), number, "");
        PreparedStatement statement = statements.get((int) (number % statements.size()));
        try (Result result = statement.execute(id)) {
          if (result.toList().isEmpty()) {
            throw new IllegalStateException("probe " + id + " is not visible");
          }
        }
        note(selected, start);
        LockSupport.parkNanos(PROBE_NANOS);
      }
    }
  }

  /** A bid of the time that the load has reached. */
  private Columns bid(StreamWriter writer, long id) {
    var row = new ColumnsBuilder(writer.columns().stream().map(column -> column.type()).toList());
    row.column(0).addLong(id);
    row.column(1).addLong(id);
    row.column(2).addLong(1);
    row.column(3).addText("probe");
    row.column(4).addText("https://www.nexmark.com/a/b/c/item.htm");
    row.column(5).addLong(AuctionHouse.time(position));
    row.column(6).addText("");
    return row.build();
  }

  private void follow(Result changes) {
    try {
      for (Row row : changes) {
        Long start = begun.get(row.getLong("auction"));
        if (start != null) {
          note(pushed, start);
        }
      }
    } catch (CaissonException e) {
      if (e.state() != SqlState.QUERY_CANCELED) {
        throw e;
      }
    }
  }

  private void note(List<Long> latencies, long start) {
    if (start >= measuredFrom) {
      latencies.add(clock.monotonicNanos() - start);
    }
  }

  private void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%,d events in %,.0f s of their own time%n",
        position,
        (double) position / rate);
    out.println("| seen by | p50, ms | p99, ms | max, ms | probes |");
    out.println("|---|---|---|---|---|");
    print(out, "SELECT from one of five views", selected);
    print(out, "SUBSCRIBE", pushed);
  }

  private static void print(PrintStream out, String what, List<Long> latencies) {
    long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
    out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f | %,d |%n",
        what,
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 1),
        sorted.length);
  }

  private static double at(long[] sorted, double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)] / NANOS_PER_MILLI;
  }
}
