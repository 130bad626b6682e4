package io.caisson.tests.nexmark;

import static java.util.stream.Collectors.groupingBy;

import io.caisson.examples.nexmark.NexmarkEvent;
import io.caisson.examples.nexmark.NexmarkEvent.Auction;
import io.caisson.examples.nexmark.NexmarkEvent.Bid;
import io.caisson.examples.nexmark.NexmarkEvent.Person;
import io.caisson.tests.Values;
import io.caisson.time.Timestamps;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that happened at an auction house, each kind in the order in which it came. Immutable.
 *
 * @param people who registered
 * @param auctions what was put up
 * @param bids what was offered
 */
record Happened(List<Person> people, List<Auction> auctions, List<Bid> bids) {
  static final long SECOND = 1_000_000;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");

  /** Sorts events by their kind. */
  static Happened of(List<NexmarkEvent> events) {
    return new Happened(
        all(events, Person.class), all(events, Auction.class), all(events, Bid.class));
  }

  private static <T> List<T> all(List<NexmarkEvent> events, Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  Map<Long, List<Bid>> bidsByAuction() {
    return bids.stream().collect(groupingBy(Bid::auction));
  }

  /** The bids for an auction that were made while it was open. */
  static Stream<Bid> whileOpen(Auction auction, Map<Long, List<Bid>> bidsByAuction) {
    return bidsByAuction.getOrDefault(auction.id(), List.of()).stream()
        .filter(b -> b.dateTime() >= auction.dateTime() && b.dateTime() <= auction.expires());
  }

  /** A row as tests compare it. */
  static String row(@Nullable Object... values) {
    return Arrays.stream(values).map(Values::text).toList().toString();
  }

  static LocalDateTime time(long micros) {
    return Timestamps.fromMicros(micros);
  }

  static String day(Bid bid) {
    return DAY.format(time(bid.dateTime()));
  }

  static String minute(Bid bid) {
    return MINUTE.format(time(bid.dateTime()));
  }
}
