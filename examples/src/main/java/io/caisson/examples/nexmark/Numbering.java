package io.caisson.examples.nexmark;

import java.util.SplittableRandom;

/**
 * Which people and auctions there are at an event, and which of them it is likely to be about. Of
 * every fifty events the first is a person, three are auctions and the others bids, so that all
 * follows from the event's number. Stateless.
 */
final class Numbering {
  static final int PEOPLE = 1;
  static final int AUCTIONS = 3;
  static final int BIDS = 46;
  static final int ALL = PEOPLE + AUCTIONS + BIDS;

  /** How many auctions are open at a time, about. */
  static final int OPEN_AUCTIONS = 100;

  /** Ids begin here, people's and auctions' alike. */
  private static final long FIRST_ID = 1_000;

  private static final int ACTIVE_PEOPLE = 1_000;

  /** How far an event may be ahead of the person or the auction that it is about. */
  private static final int LEAD = 10;

  /** Of so many people and auctions one is hot. */
  private static final int HOT_EVERY = 100;

  private static final int HOT_AUCTION_RATIO = 2;
  private static final int HOT_SELLER_RATIO = 4;
  private static final int HOT_BIDDER_RATIO = 4;

  private Numbering() {}

  /** The person that an event registers. */
  static long person(long event) {
    return lastPerson(event) + FIRST_ID;
  }

  /** The auction that an event puts up. */
  static long auction(long event) {
    return lastAuction(event) + FIRST_ID;
  }

  /** A seller: mostly the first of the last hundred people. */
  static long seller(long event, SplittableRandom random) {
    if (random.nextInt(HOT_SELLER_RATIO) > 0) {
      return lastPerson(event) / HOT_EVERY * HOT_EVERY + FIRST_ID;
    }
    return anyPerson(event, random) + FIRST_ID;
  }

  /** A bidder: mostly the second of the last hundred people, so that it is no hot seller. */
  static long bidder(long event, SplittableRandom random) {
    if (random.nextInt(HOT_BIDDER_RATIO) > 0) {
      return lastPerson(event) / HOT_EVERY * HOT_EVERY + 1 + FIRST_ID;
    }
    return anyPerson(event, random) + FIRST_ID;
  }

  /** An auction that is bid for: every second time the first of the last hundred. */
  static long auctionForBid(long event, SplittableRandom random) {
    long last = lastAuction(event);
    if (random.nextInt(HOT_AUCTION_RATIO) > 0) {
      return last / HOT_EVERY * HOT_EVERY + FIRST_ID;
    }
    long first = Math.max(last - OPEN_AUCTIONS, 0);
    return first + random.nextLong(last - first + 1 + LEAD) + FIRST_ID;
  }

  private static long anyPerson(long event, SplittableRandom random) {
    long people = lastPerson(event) + 1;
    long active = Math.min(people, ACTIVE_PEOPLE);
    return people - active + random.nextLong(active + LEAD);
  }

  private static long lastPerson(long event) {
    return event / ALL * PEOPLE + Math.min(event % ALL, PEOPLE - 1);
  }

  private static long lastAuction(long event) {
    long inGroup = event % ALL;
    if (inGroup < PEOPLE) {
      return event / ALL * AUCTIONS - 1;
    }
    return event / ALL * AUCTIONS + Math.min(inGroup - PEOPLE, AUCTIONS - 1);
  }
}
