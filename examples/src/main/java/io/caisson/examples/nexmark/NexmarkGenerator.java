package io.caisson.examples.nexmark;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes the events of Nexmark: people, auctions and bids 1:3:46, with the fields and the skews of
 * the <a href="https://github.com/nexmark/nexmark">published generator</a>. An event is a function
 * of the seed and its number alone, so that any part of a run can be made again, by anyone. Another
 * difference: a bidder is a person, where the published one adds the first person's number twice
 * and so names people who come much later or never. Immutable, thread-safe.
 */
public final class NexmarkGenerator {
  /** A prime, so that steps of it come to each event of a group once. */
  static final int STRIDE = 953;

  private static final int PERSON_BYTES = 200;
  private static final int AUCTION_BYTES = 500;
  private static final int BID_BYTES = 100;
  private static final int NUMBER_BYTES = 8;

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_MILLI = 1_000;
  private static final long CATEGORIES_FROM = 10;
  private static final int CATEGORIES = 5;
  private static final int LONGEST_NAME = 20;
  private static final int LONGEST_DESCRIPTION = 100;
  private static final double CHEAPEST = 100;
  private static final double PRICE_DIGITS = 6;

  /** Odd and unlike the step of {@link SplittableRandom}, so that events have nothing in common. */
  private static final long SPREAD = 0xD1342543DE82EF95L;

  private static final List<String> STATES = List.of("AZ", "CA", "ID", "OR", "WA", "WY");
  private static final List<String> CITIES =
      List.of(
          "Phoenix",
          "Los Angeles",
          "San Francisco",
          "Boise",
          "Portland",
          "Bend",
          "Redmond",
          "Seattle",
          "Kent",
          "Cheyenne");
  private static final List<String> FIRST_NAMES =
      List.of(
          "Peter", "Paul", "Luke", "John", "Saul", "Vicky", "Kate", "Julie", "Sarah", "Deiter",
          "Walter");
  private static final List<String> LAST_NAMES =
      List.of(
          "Shultz", "Abrams", "Spencer", "White", "Bartels", "Walton", "Smith", "Jones", "Noris");

  private final NexmarkOptions options;
  private final Channels channels;
  private final RandomText text;

  /** A generator of the events that the options say. */
  public NexmarkGenerator(NexmarkOptions options) {
    this.options = options;
    var random = new SplittableRandom(options.seed());
    channels = new Channels(random);
    text = new RandomText(random);
  }

  /**
   * An event.
   *
   * @param position its place in the order in which events come, from 0
   */
  public NexmarkEvent event(long position) {
    long number = number(position);
    var random = new SplittableRandom(options.seed() + number * SPREAD);
    long inGroup = number % Numbering.ALL;
    if (inGroup < Numbering.PEOPLE) {
      return person(number, random);
    }
    return inGroup < Numbering.PEOPLE + Numbering.AUCTIONS
        ? auction(number, random)
        : bid(number, random);
  }

  private long number(long position) {
    long inGroup = position * STRIDE % options.disorder();
    return position / options.disorder() * options.disorder() + inGroup;
  }

  private long time(long number) {
    long millis = number * MICROS_PER_SECOND / options.eventsPerSecond() / MICROS_PER_MILLI;
    return options.firstMicros() + millis * MICROS_PER_MILLI;
  }

  private NexmarkEvent person(long number, SplittableRandom random) {
    String name = any(FIRST_NAMES, random) + " " + any(LAST_NAMES, random);
    String email = RandomText.next(random, 7, ' ') + "@" + RandomText.next(random, 5, ' ') + ".com";
    String creditCard = creditCard(random);
    String city = any(CITIES, random);
    String state = any(STATES, random);
    int size =
        NUMBER_BYTES
            + name.length()
            + email.length()
            + creditCard.length()
            + city.length()
            + state.length();
    String extra = text.fill(random, size, PERSON_BYTES);
    return new NexmarkEvent.Person(
        Numbering.person(number), name, email, creditCard, city, state, time(number), extra);
  }

  private NexmarkEvent auction(long number, SplittableRandom random) {
    long seller = Numbering.seller(number, random);
    long category = CATEGORIES_FROM + random.nextInt(CATEGORIES);
    long initialBid = price(random);
    long expires = time(number) + length(number, random);
    String name = RandomText.next(random, LONGEST_NAME, ' ');
    String description = RandomText.next(random, LONGEST_DESCRIPTION, ' ');
    var item = new NexmarkEvent.Item(name, description, initialBid, initialBid + price(random));
    int size = 6 * NUMBER_BYTES + name.length() + description.length();
    String extra = text.fill(random, size, AUCTION_BYTES);
    return new NexmarkEvent.Auction(
        Numbering.auction(number), item, time(number), expires, seller, category, extra);
  }

  /** How long an auction is open: as many others as are open at a time come while it is, about. */
  private long length(long number, SplittableRandom random) {
    long events = (long) Numbering.OPEN_AUCTIONS * Numbering.ALL / Numbering.AUCTIONS;
    long millis = (time(number + events) - time(number)) / MICROS_PER_MILLI;
    return (1 + random.nextLong(Math.max(2 * millis, 1))) * MICROS_PER_MILLI;
  }

  private NexmarkEvent bid(long number, SplittableRandom random) {
    long auction = Numbering.auctionForBid(number, random);
    long bidder = Numbering.bidder(number, random);
    long price = price(random);
    Channels.Channel channel = channels.next(random);
    String extra = text.fill(random, 4 * NUMBER_BYTES, BID_BYTES);
    return new NexmarkEvent.Bid(
        auction, bidder, price, channel.name(), channel.url(), time(number), extra);
  }

  /** As many prices of each number of digits; {@link StrictMath} gives the same on all machines. */
  private static long price(SplittableRandom random) {
    return Math.round(StrictMath.pow(10, random.nextDouble() * PRICE_DIGITS) * CHEAPEST);
  }

  private static String creditCard(SplittableRandom random) {
    var digits = new StringBuilder();
    for (int group = 0; group < 4; group++) {
      digits.append(group == 0 ? "" : " ");
      for (int i = 0; i < 4; i++) {
        digits.append(random.nextInt(10));
      }
    }
    return digits.toString();
  }

  private static String any(List<String> texts, SplittableRandom random) {
    return texts.get(random.nextInt(texts.size()));
  }
}
