package io.caisson.cli.demo;

/**
 * Counts the clicks as they are made, apart from the store, to hold the views against. For one
 * thread.
 */
final class ClickTally {
  private final long[] purchasesByProduct =
      new long[ClickGenerator.products(ClickGenerator.pages())];
  private final long[] clicksByPage = new long[ClickGenerator.pages()];
  private long clicks;
  private long purchases;
  private long revenue;

  void count(ClickGenerator click) {
    clicks++;
    clicksByPage[click.page()]++;
    if (click.type() == ClickGenerator.PURCHASE) {
      purchases++;
      revenue += click.price();
      purchasesByProduct[click.product()]++;
    }
  }

  long clicks() {
    return clicks;
  }

  long purchases() {
    return purchases;
  }

  long revenue() {
    return revenue;
  }

  long clicksOfPage(int page) {
    return clicksByPage[page];
  }

  long purchasesOfProduct(int product) {
    return purchasesByProduct[product];
  }
}
