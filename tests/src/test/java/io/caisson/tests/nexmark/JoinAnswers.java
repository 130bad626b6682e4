package io.caisson.tests.nexmark;

import static io.caisson.tests.nexmark.Happened.row;
import static io.caisson.tests.nexmark.Happened.time;
import static java.util.stream.Collectors.averagingLong;
import static java.util.stream.Collectors.groupingBy;

import io.caisson.examples.nexmark.NexmarkEvent.Auction;
import io.caisson.examples.nexmark.NexmarkEvent.Bid;
import io.caisson.examples.nexmark.NexmarkEvent.Person;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The queries that bring people, auctions and bids together. Stateless. */
final class JoinAnswers {
  private static final Set<String> STATES = Set.of("OR", "ID", "CA");
  private static final int CATEGORY = 10;
  private static final int CLOSED_AUCTIONS = 11;
  private static final Comparator<Bid> BEST_LAST =
      Comparator.comparingLong(Bid::price)
          .thenComparing(Comparator.comparingLong(Bid::dateTime).reversed());

  private JoinAnswers() {}

  static Stream<String> q3(Happened all) {
    Map<Long, List<Person>> people = all.people().stream().collect(groupingBy(Person::id));
    return all.auctions().stream()
        .filter(a -> a.category() == CATEGORY)
        .flatMap(
            a ->
                people.getOrDefault(a.seller(), List.of()).stream()
                    .filter(p -> STATES.contains(p.state()))
                    .map(p -> row(p.name(), p.city(), p.state(), a.id())));
  }

  static Stream<String> q4(Happened all) {
    return won(all).stream()
        .collect(groupingBy(w -> w.auction().category(), averagingLong(w -> w.bid().price())))
        .entrySet()
        .stream()
        .map(category -> row(category.getKey(), category.getValue()));
  }

  static Stream<String> q6(Happened all) {
    var rows = new ArrayList<String>();
    var bySeller = new TreeMap<Long, List<Won>>(won(all).stream().collect(groupingBy(Won::seller)));
    bySeller.forEach(
        (seller, won) -> {
          List<Won> sorted =
              won.stream()
                  .sorted(
                      Comparator.comparingLong((Won w) -> w.bid().dateTime())
                          .thenComparingLong(w -> w.auction().id()))
                  .toList();
          for (int i = 0; i < sorted.size(); i++) {
            double average =
                sorted.subList(Math.max(0, i + 1 - CLOSED_AUCTIONS), i + 1).stream()
                    .mapToLong(w -> w.bid().price())
                    .average()
                    .orElseThrow();
            rows.add(row(seller, sorted.get(i).auction().id(), average));
          }
        });
    return rows.stream();
  }

  static Stream<String> q9(Happened all) {
    return won(all).stream()
        .map(
            w -> {
              Auction a = w.auction();
              Bid b = w.bid();
              return row(
                  a.id(),
                  a.item().name(),
                  a.item().description(),
                  a.item().initialBid(),
                  a.item().reserve(),
                  time(a.dateTime()),
                  time(a.expires()),
                  a.seller(),
                  a.category(),
                  a.extra(),
                  b.auction(),
                  b.bidder(),
                  b.price(),
                  time(b.dateTime()),
                  b.extra());
            });
  }

  static Stream<String> q20(Happened all) {
    Map<Long, List<Bid>> bids = all.bidsByAuction();
    return all.auctions().stream()
        .filter(a -> a.category() == CATEGORY)
        .flatMap(
            a ->
                bids.getOrDefault(a.id(), List.of()).stream()
                    .map(
                        b ->
                            row(
                                b.auction(),
                                b.bidder(),
                                b.price(),
                                b.channel(),
                                b.url(),
                                time(b.dateTime()),
                                b.extra(),
                                a.item().name(),
                                a.item().description(),
                                a.item().initialBid(),
                                a.item().reserve(),
                                time(a.dateTime()),
                                time(a.expires()),
                                a.seller(),
                                a.category(),
                                a.extra())));
  }

  static Stream<String> q23(Happened all) {
    Map<Long, List<Person>> people = all.people().stream().collect(groupingBy(Person::id));
    Map<Long, List<Auction>> sold = all.auctions().stream().collect(groupingBy(Auction::seller));
    var rows = new ArrayList<String>();
    for (Bid bid : all.bids()) {
      for (Person person : people.getOrDefault(bid.bidder(), List.of())) {
        for (Auction auction : sold.getOrDefault(bid.bidder(), List.of())) {
          rows.add(expanded(bid, person, auction));
        }
      }
    }
    return rows.stream();
  }

  private static String expanded(Bid b, Person p, Auction a) {
    return row(
        b.bidder(),
        b.price(),
        b.channel(),
        b.url(),
        b.extra(),
        p.id(),
        p.name(),
        p.emailAddress(),
        p.creditCard(),
        p.city(),
        p.state(),
        p.extra(),
        a.item().name(),
        a.item().description(),
        a.item().initialBid(),
        a.item().reserve(),
        time(a.dateTime()),
        time(a.expires()),
        a.seller(),
        a.category(),
        a.extra());
  }

  /** An auction and the bid that it went to. */
  private record Won(Auction auction, Bid bid) {
    long seller() {
      return auction.seller();
    }
  }

  private static List<Won> won(Happened all) {
    Map<Long, List<Bid>> bids = all.bidsByAuction();
    var won = new ArrayList<Won>();
    for (Auction auction : all.auctions()) {
      Optional<Bid> best = Happened.whileOpen(auction, bids).max(BEST_LAST);
      best.ifPresent(bid -> won.add(new Won(auction, bid)));
    }
    return won;
  }
}
