package io.caisson.benchmarks.table;

/**
 * A table of items in some database: a key, a text and two numbers that are indexed, and a text
 * that is not. Every change is on the disk when its method returns. For one thread.
 */
interface ItemTable extends AutoCloseable {
  /** What the table is called in what is printed. */
  String database();

  /** Inserts rows in one transaction. */
  void insert(Iterable<Item> items);

  /** Reads the row of a key and answers its price. */
  long price(long id);

  /** Changes the price of a row in a transaction of its own. */
  void changePrice(long id, long price);

  /** The sum of the stock of the rows whose key lies from one number up to another. */
  long stock(long from, long to);

  @Override
  void close();
}
