package io.caisson.tests.nexmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caisson.examples.nexmark.NexmarkEvent;
import io.caisson.examples.nexmark.NexmarkEvent.Auction;
import io.caisson.examples.nexmark.NexmarkEvent.Bid;
import io.caisson.examples.nexmark.NexmarkEvent.Person;
import io.caisson.examples.nexmark.NexmarkGenerator;
import io.caisson.examples.nexmark.NexmarkOptions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NexmarkGeneratorTest {
  private static final int EVENTS = 50_000;
  private static final NexmarkOptions OPTIONS = NexmarkOptions.of(7);

  private static List<NexmarkEvent> events(NexmarkOptions options) {
    var generator = new NexmarkGenerator(options);
    return LongStream.range(0, EVENTS).mapToObj(generator::event).toList();
  }

  @Test
  void anEventDependsOnTheSeedAndItsPositionAlone() {
    List<NexmarkEvent> events = events(OPTIONS);
    var other = new NexmarkGenerator(OPTIONS);
    for (int position = EVENTS - 1; position >= 0; position -= 7) {
      assertThat(other.event(position)).isEqualTo(events.get(position));
    }
    assertThat(new NexmarkGenerator(NexmarkOptions.of(8)).event(5)).isNotEqualTo(events.get(5));
  }

  @Test
  void peopleAuctionsAndBidsComeOneToThreeToFortySix() {
    var all = Happened.of(events(OPTIONS));
    assertThat(all.people()).hasSize(EVENTS / 50);
    assertThat(all.auctions()).hasSize(EVENTS / 50 * 3);
    assertThat(all.bids()).hasSize(EVENTS / 50 * 46);
    assertThat(all.people().stream().map(Person::id)).doesNotHaveDuplicates();
    assertThat(all.auctions().stream().map(Auction::id)).doesNotHaveDuplicates();
  }

  @Test
  void disorderMovesEventsWithinTheirGroupsAndMakesNoOthers() {
    List<NexmarkEvent> ordered = events(OPTIONS);
    List<NexmarkEvent> disordered = events(OPTIONS.withDisorder(500));
    assertThat(disordered).isNotEqualTo(ordered).containsExactlyInAnyOrderElementsOf(ordered);
    assertThat(disordered.subList(0, 500))
        .containsExactlyInAnyOrderElementsOf(ordered.subList(0, 500));
    assertThatThrownBy(() -> OPTIONS.withDisorder(953)).hasMessageContaining("953");
  }

  @Test
  void eventsComeAtTheirRate() {
    List<NexmarkEvent> events = events(OPTIONS.withEventsPerSecond(1_000));
    assertThat(events.get(EVENTS - 1).dateTime() - events.get(0).dateTime())
        .isEqualTo((EVENTS - 1) * 1_000L);
  }

  @Test
  void aQuarterOfSellersAndBiddersAndHalfOfTheAuctionsAreNotHot() {
    var all = Happened.of(events(OPTIONS));
    assertThat(share(all.auctions().stream().filter(a -> a.seller() % 100 == 0).count(), 3))
        .isCloseTo(0.75, within(0.05));
    assertThat(share(all.bids().stream().filter(b -> b.bidder() % 100 == 1).count(), 46))
        .isCloseTo(0.75, within(0.02));
    assertThat(share(all.bids().stream().filter(b -> b.auction() % 100 == 0).count(), 46))
        .isCloseTo(0.5, within(0.02));
  }

  private static double share(long count, int ofFifty) {
    return (double) count / (EVENTS / 50 * ofFifty);
  }

  @Test
  void nearlyAllBidsAreByPeopleWhoAreThereAndForAuctionsThatAre() {
    var all = Happened.of(events(OPTIONS));
    Set<Long> people = all.people().stream().map(Person::id).collect(Collectors.toSet());
    Set<Long> auctions = all.auctions().stream().map(Auction::id).collect(Collectors.toSet());
    assertThat(all.bids()).filteredOn(b -> !people.contains(b.bidder())).hasSizeLessThan(100);
    assertThat(all.bids()).filteredOn(b -> !auctions.contains(b.auction())).hasSizeLessThan(100);
  }

  @Test
  void rowsHaveTheirUsualSize() {
    var all = Happened.of(events(OPTIONS));
    double bid =
        all.bids().stream().mapToInt((Bid b) -> 32 + b.extra().length()).average().orElse(0);
    assertThat(bid).isCloseTo(100, within(3.0));
    double auction =
        all.auctions().stream()
            .mapToInt(
                a ->
                    48
                        + a.item().name().length()
                        + a.item().description().length()
                        + a.extra().length())
            .average()
            .orElse(0);
    assertThat(auction).isCloseTo(500, within(15.0));
  }
}
