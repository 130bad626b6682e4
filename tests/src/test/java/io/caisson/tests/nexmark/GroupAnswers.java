package io.caisson.tests.nexmark;

import static io.caisson.tests.nexmark.Happened.row;
import static io.caisson.tests.nexmark.Happened.time;
import static java.util.stream.Collectors.groupingBy;

import io.caisson.examples.nexmark.NexmarkEvent.Bid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queries that count bids, or take the best of them, for each of something. Stateless. */
final class GroupAnswers {
  private static final int BEST = 10;
  private static final long CHEAP = 10_000;
  private static final long EXPENSIVE = 1_000_000;

  private GroupAnswers() {}

  static Stream<String> q15(Happened all) {
    return groups(all, bid -> Happened.day(bid))
        .map(
            bids -> {
              var values = new ArrayList<@Nullable Object>();
              values.add(Happened.day(bids.get(0)));
              values.addAll(ranks(bids));
              return row(values.toArray());
            });
  }

  static Stream<String> q16(Happened all) {
    return groups(all, bid -> List.<Object>of(bid.channel(), Happened.day(bid)))
        .map(
            bids -> {
              var values = new ArrayList<@Nullable Object>();
              values.add(bids.get(0).channel());
              values.add(Happened.day(bids.get(0)));
              values.add(bids.stream().map(Happened::minute).max(String::compareTo).orElseThrow());
              values.addAll(ranks(bids));
              return row(values.toArray());
            });
  }

  static Stream<String> q17(Happened all) {
    return groups(all, bid -> List.<Object>of(bid.auction(), Happened.day(bid)))
        .map(
            bids -> {
              var prices = bids.stream().mapToLong(Bid::price).summaryStatistics();
              return row(
                  bids.get(0).auction(),
                  Happened.day(bids.get(0)),
                  prices.getCount(),
                  inRank(bids, 1).count(),
                  inRank(bids, 2).count(),
                  inRank(bids, 3).count(),
                  prices.getMin(),
                  prices.getMax(),
                  prices.getAverage(),
                  prices.getSum());
            });
  }

  static Stream<String> q18(Happened all) {
    return groups(all, bid -> List.<Object>of(bid.bidder(), bid.auction()))
        .map(bids -> bids.stream().max(Comparator.comparingLong(Bid::dateTime)).orElseThrow())
        .map(GroupAnswers::whole)
        .map(values -> row(values.toArray()));
  }

  static Stream<String> q19(Happened all) {
    Comparator<Bid> order =
        Comparator.comparingLong(Bid::price)
            .reversed()
            .thenComparingLong(Bid::dateTime)
            .thenComparing(Bid::extra);
    return groups(all, Bid::auction)
        .flatMap(
            bids -> {
              List<Bid> sorted = bids.stream().sorted(order).limit(BEST).toList();
              return IntStream.range(0, sorted.size())
                  .mapToObj(
                      place -> {
                        List<@Nullable Object> values = whole(sorted.get(place));
                        values.add(place + 1);
                        return row(values.toArray());
                      });
            });
  }

  private static Stream<List<Bid>> groups(Happened all, Function<Bid, Object> key) {
    Map<Object, List<Bid>> groups = all.bids().stream().collect(groupingBy(key));
    return groups.values().stream();
  }

  private static List<@Nullable Object> whole(Bid b) {
    return new ArrayList<>(
        List.<Object>of(
            b.auction(),
            b.bidder(),
            b.price(),
            b.channel(),
            b.url(),
            time(b.dateTime()),
            b.extra()));
  }

  /** Bids, bidders and auctions, each of all bids and of those of three ranks of price. */
  private static Collection<Long> ranks(List<Bid> bids) {
    var counts = new ArrayList<Long>();
    for (int rank = 0; rank <= 3; rank++) {
      counts.add(inRank(bids, rank).count());
    }
    for (int rank = 0; rank <= 3; rank++) {
      counts.add(inRank(bids, rank).map(Bid::bidder).distinct().count());
    }
    for (int rank = 0; rank <= 3; rank++) {
      counts.add(inRank(bids, rank).map(Bid::auction).distinct().count());
    }
    return counts;
  }

  private static Stream<Bid> inRank(List<Bid> bids, int rank) {
    return bids.stream()
        .filter(
            bid ->
                switch (rank) {
                  case 1 -> bid.price() < CHEAP;
                  case 2 -> bid.price() >= CHEAP && bid.price() < EXPENSIVE;
                  case 3 -> bid.price() >= EXPENSIVE;
                  default -> true;
                });
  }
}
