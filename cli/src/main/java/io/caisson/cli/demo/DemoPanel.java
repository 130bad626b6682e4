package io.caisson.cli.demo;

import io.caisson.Row;
import io.caisson.cli.command.Streams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What the views say, as a panel that is drawn over itself on a terminal, or as a line now and then
 * elsewhere. For one thread.
 */
final class DemoPanel {
  private static final int MINUTES = 8;
  private static final int TOP = 5;
  private static final int BAR = 30;
  private static final double PERCENT = 100;

  private final Streams streams;
  private final DemoShop shop;
  private int drawn;

  DemoPanel(Streams streams, DemoShop shop) {
    this.streams = streams;
    this.shop = shop;
  }

  /** Draws the panel over the one before. */
  void draw(long sent, double seconds, Latencies delays) {
    List<String> lines = lines(sent, seconds, delays);
    var text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    for (String line : lines) {
      text.append(line).append("\u001b[K\n");
    }
    text.append("\u001b[J");
    drawn = lines.size();
    streams.out().print(text);
    streams.out().flush();
  }

  /** Prints the panel once, for good. */
  void print(long sent, double seconds, Latencies delays) {
    if (drawn > 0) {
      draw(sent, seconds, delays);
      return;
    }
    lines(sent, seconds, delays).forEach(line -> streams.out().print(line + "\n"));
    streams.out().flush();
  }

  /** Prints one line of news. */
  void printLine(long sent, double seconds, Latencies delays) {
    List<Row> last = shop.minutes(1);
    streams
        .out()
        .print(
            String.format(
                Locale.ROOT,
                "%5.1f s  %,9d clicks  %s: %s purchases  late %,d  event to view p50 %.2f ms p99 %.2f ms\n",
                seconds,
                sent,
                last.isEmpty() ? "-" : minute(last.get(0)),
                last.isEmpty() ? "0" : last.get(0).get("purchases"),
                shop.late(),
                delays.percentileMillis(0.50),
                delays.percentileMillis(0.99)));
    streams.out().flush();
  }

  private List<String> lines(long sent, double seconds, Latencies delays) {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d clicks in %.1f s (%,.0f a second)    late for their minute: %,d",
            sent,
            seconds,
            sent / Math.max(seconds, 1e-3),
            shop.late()));
    lines.add(
        String.format(
            Locale.ROOT,
            "event to view: p50 %.2f ms, p99 %.2f ms   (append returned until SELECT saw it, %,d times)",
            delays.percentileMillis(0.50),
            delays.percentileMillis(0.99),
            delays.count()));
    lines.add("");
    minutes(lines);
    lines.add("");
    pagesAndProducts(lines);
    return lines;
  }

  private void minutes(List<String> lines) {
    List<Row> minutes = new ArrayList<>(shop.minutes(MINUTES));
    Collections.reverse(minutes);
    long most = 1;
    for (Row row : minutes) {
      most = Math.max(most, row.getLong("purchases"));
    }
    lines.add("purchases a minute (event time)");
    for (Row row : minutes) {
      long purchases = row.getLong("purchases");
      lines.add(
          String.format(
              Locale.ROOT,
              "  %s %5d %s",
              minute(row),
              purchases,
              "#".repeat((int) (purchases * BAR / most))));
    }
  }

  private void pagesAndProducts(List<String> lines) {
    List<Row> pages = shop.pages();
    List<Row> products = shop.products(TOP);
    lines.add(String.format(Locale.ROOT, "%-40s%s", "conversion by page", "top products"));
    for (int i = 0; i < Math.max(pages.size(), products.size()); i++) {
      String left = "";
      if (i < pages.size()) {
        Row page = pages.get(i);
        long clicks = page.getLong("clicks");
        left =
            String.format(
                Locale.ROOT,
                "  %-9s %,9d clicks %6.2f %%",
                page.getString("page"),
                clicks,
                PERCENT * page.getLong("purchases") / Math.max(clicks, 1));
      }
      String right = "";
      if (i < products.size()) {
        Row product = products.get(i);
        right =
            String.format(
                Locale.ROOT,
                "  %-16s %,6d sold",
                product.getString("product"),
                product.getLong("purchases"));
      }
      lines.add(String.format(Locale.ROOT, "%-40s%s", left, right).stripTrailing());
    }
  }

  private static String minute(Row row) {
    String time = String.valueOf(row.get("window_start"));
    int at = time.indexOf('T');
    return at < 0 ? time : time.substring(at + 1, Math.min(time.length(), at + 6));
  }
}
