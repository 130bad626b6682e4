package io.caisson.tests.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Result;
import io.caisson.StreamWriter;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.examples.nexmark.NexmarkEvent;
import io.caisson.examples.nexmark.NexmarkGenerator;
import io.caisson.examples.nexmark.NexmarkOptions;
import io.caisson.testkit.CaissonTest;
import io.caisson.tests.Seeds;
import io.caisson.tests.Values;
import io.caisson.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Nexmark's query 12: how many bids each bidder made in ten seconds of the time at which bids were
 * processed, which is when they were appended. The clock is moved by hand; the answers are computed
 * of the times that it showed.
 */
class NexmarkArrivalTest {
  private static final int SCENARIOS = 3;
  private static final long SIZE = 10_000_000;
  private static final String QUERY =
      "SELECT bidder, COUNT(*) AS bid_count, window_start AS starttime, window_end AS endtime"
          + " FROM TUMBLE(bid, p_time, INTERVAL '10' SECOND)"
          + " GROUP BY bidder, window_start, window_end";

  @TestFactory
  Stream<DynamicTest> theViewCountsBidsByTheTimeOfTheirArrival() {
    return Seeds.tests(1, SCENARIOS, NexmarkArrivalTest::run);
  }

  private static void run(long seed) {
    try (var scenario = new Scenario(seed)) {
      scenario.run();
    }
  }

  private static final class Scenario implements AutoCloseable {
    private final String description;
    private final SplittableRandom random;
    private final NexmarkGenerator generator;
    private final CaissonTest test = CaissonTest.open();
    private final Map<List<Long>, Long> counts = new TreeMap<>(Scenario::compare);
    private long sequence;
    private int position;

    Scenario(long seed) {
      description = Seeds.repeat(seed);
      random = new SplittableRandom(seed);
      generator = new NexmarkGenerator(NexmarkOptions.of(seed));
    }

    private static int compare(List<Long> a, List<Long> b) {
      int first = Long.compare(a.get(0), b.get(0));
      return first != 0 ? first : Long.compare(a.get(1), b.get(1));
    }

    void run() {
      test.run("CREATE STREAM bid (auction BIGINT, bidder BIGINT, p_time AS PROCTIME())");
      int created = random.nextInt(20);
      for (int step = 0; step < 60; step++) {
        if (step == created) {
          test.run("CREATE MATERIALIZED VIEW q12 AS " + QUERY);
        }
        switch (random.nextInt(8)) {
          case 0 -> test.restart();
          case 1, 2 -> test.advanceBy(Duration.ofMillis(random.nextInt(15_000)));
          default -> append(1 + random.nextInt(300));
        }
      }
      List<String> expected = new ArrayList<>();
      counts.forEach(
          (key, count) ->
              expected.add(
                  List.of(
                          key.get(0).toString(),
                          count.toString(),
                          time(key.get(1)),
                          time(key.get(1) + SIZE))
                      .toString()));
      expected.sort(null);
      assertThat(rows("SELECT * FROM q12")).as("view, " + description).isEqualTo(expected);
      assertThat(rows(QUERY)).as("query, " + description).isEqualTo(expected);
      assertThat(rows("SELECT * FROM q12$late")).as(description).isEmpty();
    }

    private static String time(long micros) {
      return Values.text(Timestamps.fromMicros(micros));
    }

    /** Appends bids, which do not bring the time along. */
    private void append(int events) {
      var bids = new ArrayList<NexmarkEvent.Bid>();
      for (int end = position + events; position < end; position++) {
        if (generator.event(position) instanceof NexmarkEvent.Bid bid) {
          bids.add(bid);
        }
      }
      long[] auctions = bids.stream().mapToLong(NexmarkEvent.Bid::auction).toArray();
      long[] bidders = bids.stream().mapToLong(NexmarkEvent.Bid::bidder).toArray();
      var rows =
          new Columns(
              List.of(
                  new LongColumn(auctions, null, auctions.length),
                  new LongColumn(bidders, null, bidders.length)),
              bidders.length);
      try (StreamWriter writer = test.database().writer("bid", "test")) {
        assertThat(writer.append(rows, ++sequence, "")).isTrue();
      }
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, test.time());
      bids.forEach(bid -> counts.merge(List.of(bid.bidder(), now / SIZE * SIZE), 1L, Long::sum));
    }

    private List<String> rows(String sql) {
      try (Result result = test.session().execute(sql)) {
        var rows = new ArrayList<String>();
        result.forEach(row -> rows.add(Values.texts(row).toString()));
        rows.sort(null);
        return rows;
      }
    }

    @Override
    public void close() {
      test.close();
    }
  }
}
