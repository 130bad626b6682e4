package io.caisson.cli.demo;

import io.caisson.column.ColumnsBuilder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * The clicks of a shop that does not exist: the same for the same seed and size. Event time moves
 * on steadily, five times as many clicks come in a burst in the middle, a third of the clicks come
 * up to three seconds late and one in five hundred minutes late. For one thread; nothing is
 * allocated a click.
 */
final class ClickGenerator {
  static final int VIEW = 0;
  static final int CART = 1;
  static final int PURCHASE = 2;

  private static final String[] TYPES = {"view", "cart", "purchase"};
  private static final String[] PAGES = {
    "/shoes", "/coats", "/bags", "/tents", "/lamps", "/books", "/bikes", "/tea"
  };
  // How many of a hundred views become a cart, and how many carts of a hundred a purchase.
  private static final int[] CARTS = {14, 9, 12, 6, 18, 22, 4, 25};
  private static final int[] PURCHASES = {38, 30, 42, 25, 48, 60, 20, 65};
  private static final String[] GOODS = {"classic", "light", "travel", "winter", "city"};

  /** 2026-01-05 09:00:00, where event time begins. */
  static final long START_MICROS = 1_767_603_600_000_000L;

  private static final long MICROS_PER_MILLI = 1_000L;
  private static final int BURST_FACTOR = 5;
  private static final long SHORT_DELAY_MILLIS = 3_000;
  private static final long LONG_DELAY_MILLIS = 180_000;
  private static final long LONG_DELAY_SPREAD_MILLIS = 420_000;
  private static final int USERS = 50_000;

  private static final byte[][] TYPE_BYTES = utf8(TYPES);
  private static final byte[][] PAGE_BYTES = utf8(PAGES);
  private static final byte[][] PRODUCT_BYTES = utf8(products());

  private final SplittableRandom random;
  private final long burstFrom;
  private final long burstTo;
  private final int gapMillis;
  private long index;
  private long clockMillis;
  private long micros;
  private int type;
  private int page;
  private int product;
  private long user;
  private long price;

  /**
   * A generator.
   *
   * @param seed decides everything
   * @param total after how many clicks the burst should be over by half
   * @param gapMillis mean event time between clicks outside of the burst
   * @param startMicros event time of the first click, about
   */
  ClickGenerator(long seed, long total, int gapMillis, long startMicros) {
    random = new SplittableRandom(seed);
    burstFrom = total * 45 / 100;
    burstTo = total * 55 / 100;
    this.gapMillis = gapMillis;
    clockMillis = startMicros / MICROS_PER_MILLI;
  }

  private static byte[][] utf8(String[] texts) {
    byte[][] bytes = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      bytes[i] = texts[i].getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }

  private static String[] products() {
    String[] products = new String[PAGES.length * GOODS.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = GOODS[i % GOODS.length] + "-" + PAGES[i / GOODS.length].substring(1);
    }
    return products;
  }

  /** How many pages there are. */
  static int pages() {
    return PAGES.length;
  }

  static String pageName(int page) {
    return PAGES[page];
  }

  /** How many products there are. */
  static int products(int pages) {
    return pages * GOODS.length;
  }

  static String productName(int product) {
    return new String(PRODUCT_BYTES[product], StandardCharsets.UTF_8);
  }

  /** Makes the next click. */
  void next() {
    boolean burst = index >= burstFrom && index < burstTo;
    index++;
    int gap = burst ? Math.max(1, gapMillis / BURST_FACTOR) : gapMillis;
    clockMillis += random.nextLong(2L * gap + 1);
    int chance = random.nextInt(1_000);
    long delay =
        chance < 2
            ? LONG_DELAY_MILLIS + random.nextLong(LONG_DELAY_SPREAD_MILLIS)
            : chance < 333 ? random.nextLong(SHORT_DELAY_MILLIS) : 0;
    micros = (clockMillis - delay) * MICROS_PER_MILLI;
    // The smaller of two draws: the first pages and products are the most visited.
    page = Math.min(random.nextInt(PAGES.length), random.nextInt(PAGES.length));
    int good = Math.min(random.nextInt(GOODS.length), random.nextInt(GOODS.length));
    product = page * GOODS.length + good;
    type = VIEW;
    if (random.nextInt(100) < CARTS[page]) {
      type = random.nextInt(100) < PURCHASES[page] ? PURCHASE : CART;
    }
    user = 1L + random.nextInt(USERS);
    price = 900L + product * 350L + good * 125L;
  }

  int type() {
    return type;
  }

  int page() {
    return page;
  }

  int product() {
    return product;
  }

  long price() {
    return price;
  }

  long micros() {
    return micros;
  }

  /** Adds the click to rows of (ts, type, page, product, user_id, price_cents). */
  void addTo(ColumnsBuilder rows) {
    rows.column(0).addLong(micros);
    rows.column(1).addBytes(TYPE_BYTES[type], 0, TYPE_BYTES[type].length);
    rows.column(2).addBytes(PAGE_BYTES[page], 0, PAGE_BYTES[page].length);
    rows.column(3).addBytes(PRODUCT_BYTES[product], 0, PRODUCT_BYTES[product].length);
    rows.column(4).addLong(user);
    rows.column(5).addLong(price);
  }

  /** Writes the click as a line of JSON. */
  void writeTo(JsonLines lines) {
    lines.ascii("{\"ts\":\"").timestamp(micros);
    lines.ascii("\",\"type\":\"").bytes(TYPE_BYTES[type]);
    lines.ascii("\",\"page\":\"").bytes(PAGE_BYTES[page]);
    lines.ascii("\",\"product\":\"").bytes(PRODUCT_BYTES[product]);
    lines.ascii("\",\"user_id\":").number(user);
    lines.ascii(",\"price_cents\":").number(price);
    lines.ascii("}\n");
  }
}
