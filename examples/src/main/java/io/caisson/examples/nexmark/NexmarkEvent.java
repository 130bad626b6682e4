package io.caisson.examples.nexmark;

/** Something that happens at the auction house. Immutable. */
public sealed interface NexmarkEvent {
  /** When it happened, in microseconds since 1970-01-01 00:00:00. */
  long dateTime();

  /** What fills the event up to its usual size. */
  String extra();

  /**
   * Somebody who sells or bids registers.
   *
   * @param id counts from 1000
   * @param name first and last name
   * @param emailAddress the address
   * @param creditCard four groups of digits
   * @param city one of ten
   * @param state one of six
   * @param dateTime when
   * @param extra filling
   */
  record Person(
      long id,
      String name,
      String emailAddress,
      String creditCard,
      String city,
      String state,
      long dateTime,
      String extra)
      implements NexmarkEvent {}

  /**
   * An item is put up for auction.
   *
   * @param id counts from 1000
   * @param item what it is and what initially is asked for it
   * @param dateTime when
   * @param expires when the auction ends
   * @param seller a person, who may be registered only a moment later
   * @param category one of five, from 10
   * @param extra filling
   */
  record Auction(
      long id, Item item, long dateTime, long expires, long seller, long category, String extra)
      implements NexmarkEvent {}

  /**
   * What is auctioned.
   *
   * @param name a few letters
   * @param description a few more
   * @param initialBid the first price
   * @param reserve the price below which it is not sold
   */
  record Item(String name, String description, long initialBid, long reserve) {}

  /**
   * Somebody offers a price.
   *
   * @param auction for which auction, which may be put up only a moment later
   * @param bidder who
   * @param price how much, in cents
   * @param channel through whom
   * @param url from which page
   * @param dateTime when
   * @param extra filling
   */
  record Bid(
      long auction,
      long bidder,
      long price,
      String channel,
      String url,
      long dateTime,
      String extra)
      implements NexmarkEvent {}
}
