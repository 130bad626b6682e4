package io.caisson.cli.demo;

import io.caisson.Database;
import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.StreamWriter;
import io.caisson.column.ColumnsBuilder;
import io.caisson.time.Clock;
import io.caisson.time.Timestamps;
import java.time.LocalDateTime;
import java.util.List;

/** The demo's stream and views, and the questions that its panel asks of them. For one thread. */
final class DemoShop implements AutoCloseable {
  private static final String PRODUCER = "demo";
  private static final long GAP_BETWEEN_DEMOS_MICROS = 900_000_000L;
  private static final List<String> DEFINITIONS =
      List.of(
          """
          CREATE STREAM IF NOT EXISTS clicks (
            ts TIMESTAMP(3), type TEXT, page TEXT, product TEXT, user_id BIGINT, price_cents BIGINT,
            WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)
          """,
          """
          CREATE MATERIALIZED VIEW IF NOT EXISTS per_minute AS
          SELECT window_start, COUNT(*) AS clicks,
                 COUNT(*) FILTER (WHERE type = 'purchase') AS purchases,
                 SUM(price_cents) FILTER (WHERE type = 'purchase') AS revenue_cents
          FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
          GROUP BY window_start, window_end
          """,
          """
          CREATE MATERIALIZED VIEW IF NOT EXISTS by_page AS
          SELECT page, COUNT(*) AS clicks,
                 COUNT(*) FILTER (WHERE type = 'view') AS views,
                 COUNT(*) FILTER (WHERE type = 'purchase') AS purchases
          FROM clicks GROUP BY page
          """,
          """
          CREATE MATERIALIZED VIEW IF NOT EXISTS by_product AS
          SELECT product, COUNT(*) AS purchases, SUM(price_cents) AS revenue_cents
          FROM clicks WHERE type = 'purchase' GROUP BY product
          """);

  private final Session session;
  private final StreamWriter writer;
  private final ColumnsBuilder rows;
  private long sequence;

  DemoShop(Database database) {
    session = database.session();
    for (String definition : DEFINITIONS) {
      session.execute(definition).close();
    }
    writer = database.writer("clicks", PRODUCER);
    sequence = writer.lastSequence();
    rows = new ColumnsBuilder(writer.columns().stream().map(ResultColumn::type).toList());
  }

  /** Clicks that an earlier demo left in the store. */
  long clicksSoFar() {
    return number("SELECT SUM(clicks) FROM by_page");
  }

  /** Where event time has to go on so that an earlier demo's windows stay behind it. */
  long nextMicros() {
    return rows("SELECT MAX(window_start) FROM per_minute").get(0).get(0)
            instanceof LocalDateTime last
        ? Timestamps.toMicros(last) + GAP_BETWEEN_DEMOS_MICROS
        : ClickGenerator.START_MICROS;
  }

  /** Adds a click to the next append. */
  void add(ClickGenerator click) {
    click.addTo(rows);
  }

  /** Appends what was added. */
  void append() {
    if (rows.size() > 0) {
      writer.append(rows.build(), ++sequence, "");
    }
  }

  /**
   * How long a view takes to show what was just appended, in nanoseconds: from now to the answer of
   * a SELECT, which waits for all that was acknowledged before it.
   *
   * @throws IllegalStateException when the answer lacks something
   */
  long measureDelay(long clicks) {
    long start = Clock.system().monotonicNanos();
    long seen = number("SELECT SUM(clicks) FROM by_page");
    long delay = Clock.system().monotonicNanos() - start;
    if (seen < clicks) {
      throw new IllegalStateException("a view shows " + seen + " of " + clicks + " clicks");
    }
    return delay;
  }

  long inWindows() {
    return number("SELECT SUM(clicks) FROM per_minute");
  }

  long late() {
    return number("SELECT COUNT(*) FROM per_minute$late");
  }

  /** The last windows, newest first. */
  List<Row> minutes(int count) {
    return rows("SELECT * FROM per_minute ORDER BY window_start DESC LIMIT " + count);
  }

  List<Row> pages() {
    return rows("SELECT page, clicks, views, purchases FROM by_page ORDER BY page");
  }

  List<Row> products(int count) {
    return rows(
        "SELECT product, purchases, revenue_cents FROM by_product"
            + " ORDER BY purchases DESC, product LIMIT "
            + count);
  }

  private List<Row> rows(String sql) {
    try (Result result = session.execute(sql)) {
      return result.toList();
    }
  }

  private long number(String sql) {
    return rows(sql).get(0).get(0) instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public void close() {
    writer.close();
    session.close();
  }
}
