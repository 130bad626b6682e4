package io.caisson.benchmarks.table;

/**
 * A row.
 *
 * @param id its key
 * @param sku indexed alone
 * @param price indexed with the stock
 * @param stock indexed with the price
 * @param name not indexed
 */
record Item(long id, String sku, long price, long stock, String name) {
  private static final long MIXER = 0x9E3779B97F4A7C15L;
  private static final int PRICES = 10_000;
  private static final int STOCKS = 100;

  /** The row of a key, the same in every database. */
  static Item of(long id) {
    long mixed = id * MIXER;
    return new Item(
        id,
        "sku-" + Long.toHexString(mixed >>> 24),
        (mixed >>> 8) % PRICES,
        Math.floorMod(mixed, STOCKS),
        "An item whose number is " + id + ", one of a great many of them");
  }
}
