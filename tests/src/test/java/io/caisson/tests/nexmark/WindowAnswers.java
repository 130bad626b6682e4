package io.caisson.tests.nexmark;

import static io.caisson.tests.nexmark.Happened.SECOND;
import static io.caisson.tests.nexmark.Happened.row;
import static io.caisson.tests.nexmark.Happened.time;
import static java.util.stream.Collectors.groupingBy;

import io.caisson.examples.nexmark.NexmarkEvent.Auction;
import io.caisson.examples.nexmark.NexmarkEvent.Bid;
import io.caisson.examples.nexmark.NexmarkEvent.Person;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The queries that look at some seconds at a time, where no row comes too late. Stateless. */
final class WindowAnswers {
  private static final long SIZE = 10 * SECOND;
  private static final long SLIDE = 2 * SECOND;

  private WindowAnswers() {}

  static Stream<String> q5(Happened all) {
    var counts = new TreeMap<Long, Map<Long, Long>>();
    for (Bid bid : all.bids()) {
      long last = Math.floorDiv(bid.dateTime(), SLIDE) * SLIDE;
      for (long start = last; start > bid.dateTime() - SIZE; start -= SLIDE) {
        counts.computeIfAbsent(start, s -> new TreeMap<>()).merge(bid.auction(), 1L, Long::sum);
      }
    }
    var rows = new ArrayList<String>();
    counts.forEach(
        (start, auctions) -> {
          long most = Collections.max(auctions.values());
          auctions.forEach(
              (auction, count) -> {
                if (count == most) {
                  rows.add(row(auction, count, time(start), time(start + SIZE)));
                }
              });
        });
    return rows.stream();
  }

  static Stream<String> q7(Happened all) {
    var highest = new TreeMap<Long, Long>();
    for (Bid bid : all.bids()) {
      highest.merge(start(bid.dateTime()) + SIZE, bid.price(), Math::max);
    }
    return all.bids().stream()
        .flatMap(
            b ->
                Stream.of(start(b.dateTime()), start(b.dateTime()) + SIZE)
                    .filter(end -> highest.getOrDefault(end, -1L) == b.price())
                    .filter(end -> b.dateTime() >= end - SIZE && b.dateTime() <= end)
                    .map(
                        end ->
                            row(
                                b.auction(),
                                b.price(),
                                b.bidder(),
                                time(b.dateTime()),
                                b.extra())));
  }

  static Stream<String> q8(Happened all) {
    Map<Long, Set<Long>> sellers = new TreeMap<>();
    for (Auction auction : all.auctions()) {
      sellers
          .computeIfAbsent(start(auction.dateTime()), s -> new HashSet<>())
          .add(auction.seller());
    }
    return all.people().stream()
        .filter(p -> sellers.getOrDefault(start(p.dateTime()), Set.of()).contains(p.id()))
        .map((Person p) -> row(p.id(), p.name(), time(start(p.dateTime()))));
  }

  static Stream<String> q11(Happened all) {
    var rows = new ArrayList<String>();
    all.bids().stream()
        .collect(groupingBy(Bid::bidder))
        .forEach(
            (bidder, bids) -> {
              List<Long> times = bids.stream().map(Bid::dateTime).sorted().toList();
              int first = 0;
              for (int i = 1; i <= times.size(); i++) {
                if (i == times.size() || times.get(i) - times.get(i - 1) >= SIZE) {
                  rows.add(
                      row(
                          bidder,
                          i - first,
                          time(times.get(first)),
                          time(times.get(i - 1) + SIZE)));
                  first = i;
                }
              }
            });
    return rows.stream();
  }

  private static long start(long micros) {
    return Math.floorDiv(micros, SIZE) * SIZE;
  }
}
