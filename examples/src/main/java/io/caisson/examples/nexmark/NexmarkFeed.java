package io.caisson.examples.nexmark;

import io.caisson.Database;
import io.caisson.StreamWriter;
import io.caisson.column.ColumnsBuilder;

/**
 * Brings events into the streams {@code person}, {@code auction} and {@code bid} of a database,
 * exactly once: a feed that is opened again may give the same events again. For one thread.
 */
public final class NexmarkFeed implements AutoCloseable {
  private static final String PRODUCER = "nexmark";

  private final NexmarkGenerator generator;
  private final Stream people;
  private final Stream auctions;
  private final Stream bids;

  /** A feed of the streams that {@link NexmarkQueries#streams} creates. */
  public NexmarkFeed(Database database, NexmarkGenerator generator) {
    this.generator = generator;
    people = new Stream(database.writer("person", PRODUCER));
    auctions = new Stream(database.writer("auction", PRODUCER));
    bids = new Stream(database.writer("bid", PRODUCER));
  }

  /** A stream and the rows that it is given next. */
  private record Stream(StreamWriter writer, ColumnsBuilder rows) {
    Stream(StreamWriter writer) {
      this(
          writer,
          new ColumnsBuilder(writer.columns().stream().map(column -> column.type()).toList()));
    }

    void append(long sequence) {
      if (rows.size() > 0) {
        writer.append(rows.build(), sequence, "");
      }
    }
  }

  /**
   * Appends the events of some positions; they are durable when the call returns.
   *
   * @param from the first position
   * @param to the position behind the last
   */
  public void append(long from, long to) {
    for (long position = from; position < to; position++) {
      NexmarkEvent event = generator.event(position);
      if (event instanceof NexmarkEvent.Bid bid) {
        add(bid);
      } else if (event instanceof NexmarkEvent.Auction auction) {
        add(auction);
      } else {
        add((NexmarkEvent.Person) event);
      }
    }
    people.append(to);
    auctions.append(to);
    bids.append(to);
  }

  private void add(NexmarkEvent.Person person) {
    ColumnsBuilder rows = people.rows();
    rows.column(0).addLong(person.id());
    rows.column(1).addText(person.name());
    rows.column(2).addText(person.emailAddress());
    rows.column(3).addText(person.creditCard());
    rows.column(4).addText(person.city());
    rows.column(5).addText(person.state());
    rows.column(6).addLong(person.dateTime());
    rows.column(7).addText(person.extra());
  }

  private void add(NexmarkEvent.Auction auction) {
    ColumnsBuilder rows = auctions.rows();
    rows.column(0).addLong(auction.id());
    rows.column(1).addText(auction.item().name());
    rows.column(2).addText(auction.item().description());
    rows.column(3).addLong(auction.item().initialBid());
    rows.column(4).addLong(auction.item().reserve());
    rows.column(5).addLong(auction.dateTime());
    rows.column(6).addLong(auction.expires());
    rows.column(7).addLong(auction.seller());
    rows.column(8).addLong(auction.category());
    rows.column(9).addText(auction.extra());
  }

  private void add(NexmarkEvent.Bid bid) {
    ColumnsBuilder rows = bids.rows();
    rows.column(0).addLong(bid.auction());
    rows.column(1).addLong(bid.bidder());
    rows.column(2).addLong(bid.price());
    rows.column(3).addText(bid.channel());
    rows.column(4).addText(bid.url());
    rows.column(5).addLong(bid.dateTime());
    rows.column(6).addText(bid.extra());
  }

  @Override
  public void close() {
    people.writer().close();
    auctions.writer().close();
    bids.writer().close();
  }
}
