package io.caisson.cli.demo;

import io.caisson.Database;
import io.caisson.Row;
import io.caisson.cli.command.ExitCode;
import io.caisson.cli.command.Streams;
import io.caisson.time.Clock;
import java.util.Locale;
import org.jline.utils.Signals;

/**
 * One run of the demo: feeds the shop at a steady rate, or all at once, and shows what the views
 * say. For one thread; Ctrl-C comes on another and ends it early.
 */
final class Demo implements AutoCloseable {
  private static final int GAP_MILLIS = 30;
  private static final int ONCE_CLICKS = 20_000;
  private static final int ONCE_BATCH = 500;
  private static final int TICK_MILLIS = 20;
  private static final double DRAW_SECONDS = 0.2;
  private static final double LINE_SECONDS = 2;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Streams streams;
  private final DemoShop shop;
  private final DemoPanel panel;
  private final long seed;
  private final long clicksBefore;
  private final ClickTally tally = new ClickTally();
  private final Latencies delays = new Latencies();
  private final Object previousHandler;
  private volatile boolean interrupted;

  Demo(Database database, Streams streams, long seed) {
    this.streams = streams;
    this.seed = seed;
    shop = new DemoShop(database);
    panel = new DemoPanel(streams, shop);
    clicksBefore = shop.clicksSoFar();
    previousHandler = Signals.register("INT", () -> interrupted = true);
  }

  private static double secondsSince(long start) {
    return (Clock.system().monotonicNanos() - start) / NANOS_PER_SECOND;
  }

  private void send(ClickGenerator clicks, long count) {
    for (long i = 0; i < count; i++) {
      clicks.next();
      tally.count(clicks);
      shop.add(clicks);
    }
    shop.append();
    delays.add(shop.measureDelay(clicksBefore + tally.clicks()));
  }

  /** Runs for some seconds at a rate. */
  int runLive(long rate, long seconds) {
    var clicks = new ClickGenerator(seed, rate * seconds, GAP_MILLIS, shop.nextMicros());
    long start = Clock.system().monotonicNanos();
    double drawn = 0;
    double elapsed = 0;
    while (!interrupted && elapsed < seconds) {
      long due = (long) (elapsed * rate) - tally.clicks();
      if (due > 0) {
        send(clicks, due);
      }
      if (streams.terminalOut() && elapsed - drawn >= DRAW_SECONDS) {
        panel.draw(tally.clicks(), elapsed, delays);
        drawn = elapsed;
      } else if (!streams.terminalOut() && elapsed - drawn >= LINE_SECONDS) {
        panel.printLine(tally.clicks(), elapsed, delays);
        drawn = elapsed;
      }
      pause();
      elapsed = secondsSince(start);
    }
    panel.print(tally.clicks(), elapsed, delays);
    int code = check();
    return interrupted ? ExitCode.INTERRUPTED : code;
  }

  /** Sends a bounded number of clicks as fast as they go. */
  int runOnce() {
    var clicks = new ClickGenerator(seed, ONCE_CLICKS, GAP_MILLIS, shop.nextMicros());
    long start = Clock.system().monotonicNanos();
    while (!interrupted && tally.clicks() < ONCE_CLICKS) {
      send(clicks, ONCE_BATCH);
    }
    panel.print(tally.clicks(), secondsSince(start), delays);
    int code = check();
    return interrupted ? ExitCode.INTERRUPTED : code;
  }

  private static void pause() {
    try {
      Thread.sleep(TICK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // The generator counted for itself, so the views are held against something they never saw.
  private int check() {
    long windows = shop.inWindows();
    long late = shop.late();
    long expected = clicksBefore + tally.clicks();
    boolean sums = windows + late == expected;
    streams
        .out()
        .print(
            String.format(
                Locale.ROOT,
                "\n%,d clicks in windows + %,d late = %,d, %,d were sent: %s\n",
                windows,
                late,
                windows + late,
                expected,
                sums ? "all there" : "THEY DIFFER"));
    boolean products = clicksBefore > 0 || productsAgree();
    if (!products) {
      streams.out().print("The products sold in the view are not those that were sent.\n");
    }
    streams.out().flush();
    return sums && products ? ExitCode.OK : ExitCode.FAILED;
  }

  private boolean productsAgree() {
    int all = ClickGenerator.products(ClickGenerator.pages());
    long sold = 0;
    long revenue = 0;
    boolean same = true;
    for (Row row : shop.products(all)) {
      sold += row.getLong("purchases");
      revenue += row.getLong("revenue_cents");
      for (int i = 0; i < all; i++) {
        if (ClickGenerator.productName(i).equals(row.getString("product"))) {
          same &= tally.purchasesOfProduct(i) == row.getLong("purchases");
        }
      }
    }
    for (Row row : shop.pages()) {
      for (int i = 0; i < ClickGenerator.pages(); i++) {
        if (ClickGenerator.pageName(i).equals(row.getString("page"))) {
          same &= tally.clicksOfPage(i) == row.getLong("clicks");
        }
      }
    }
    return same && sold == tally.purchases() && revenue == tally.revenue();
  }

  @Override
  public void close() {
    Signals.unregister("INT", previousHandler);
    shop.close();
  }
}
