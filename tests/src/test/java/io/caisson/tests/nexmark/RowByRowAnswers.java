package io.caisson.tests.nexmark;

import static io.caisson.tests.nexmark.Happened.row;
import static io.caisson.tests.nexmark.Happened.time;

import io.caisson.examples.nexmark.NexmarkEvent.Bid;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queries that look at one bid at a time. Stateless. */
final class RowByRowAnswers {
  private static final BigDecimal EUROS = new BigDecimal("0.908");
  private static final String CHANNEL_ID = "&channel_id=";

  private RowByRowAnswers() {}

  static Stream<String> q0(Happened all) {
    return all.bids().stream()
        .map(b -> row(b.auction(), b.bidder(), b.price(), time(b.dateTime()), b.extra()));
  }

  static Stream<String> q1(Happened all) {
    return all.bids().stream()
        .map(b -> row(b.auction(), b.bidder(), euros(b), time(b.dateTime()), b.extra()));
  }

  static Stream<String> q2(Happened all) {
    return all.bids().stream()
        .filter(b -> b.auction() % 123 == 0)
        .map(b -> row(b.auction(), b.price()));
  }

  static Stream<String> q10(Happened all) {
    return all.bids().stream()
        .map(
            b ->
                row(
                    b.auction(),
                    b.bidder(),
                    b.price(),
                    time(b.dateTime()),
                    b.extra(),
                    Happened.day(b),
                    Happened.minute(b)));
  }

  static Stream<String> q13(Happened all) {
    return all.bids().stream()
        .map(
            b ->
                row(
                    b.auction(),
                    b.bidder(),
                    b.price(),
                    time(b.dateTime()),
                    String.valueOf(b.auction() % 10_000)));
  }

  static Stream<String> q14(Happened all) {
    return all.bids().stream()
        .filter(b -> euros(b).compareTo(BigDecimal.valueOf(1_000_000)) > 0)
        .filter(b -> euros(b).compareTo(BigDecimal.valueOf(50_000_000)) < 0)
        .map(
            b ->
                row(
                    b.auction(),
                    b.bidder(),
                    euros(b),
                    timeOfDay(time(b.dateTime()).getHour()),
                    time(b.dateTime()),
                    b.extra(),
                    b.extra().chars().filter(c -> c == 'c').count()));
  }

  static Stream<String> q21(Happened all) {
    return all.bids().stream()
        .filter(b -> channelId(b) != null)
        .map(b -> row(b.auction(), b.bidder(), b.price(), b.channel(), channelId(b)));
  }

  static Stream<String> q22(Happened all) {
    return all.bids().stream()
        .map(
            b -> {
              List<String> parts = List.of(b.url().split("/", -1));
              return row(
                  b.auction(),
                  b.bidder(),
                  b.price(),
                  b.channel(),
                  parts.get(3),
                  parts.get(4),
                  parts.get(5));
            });
  }

  private static BigDecimal euros(Bid bid) {
    return EUROS.multiply(BigDecimal.valueOf(bid.price()));
  }

  private static String timeOfDay(int hour) {
    if (hour >= 8 && hour <= 18) {
      return "dayTime";
    }
    return hour <= 6 || hour >= 20 ? "nightTime" : "otherTime";
  }

  private static @Nullable String channelId(Bid bid) {
    int known =
        List.of("apple", "google", "facebook", "baidu")
            .indexOf(bid.channel().toLowerCase(Locale.ROOT));
    if (known >= 0) {
      return String.valueOf(known);
    }
    int at = bid.url().indexOf(CHANNEL_ID);
    return at < 0 ? null : bid.url().substring(at + CHANNEL_ID.length());
  }
}
