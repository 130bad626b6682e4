package io.caisson.fdb.embedded;

import java.nio.file.Path;

/** A second process that tries to open a database. */
final class OpeningChild {
  private OpeningChild() {}

  public static void main(String[] arguments) {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(Path.of(arguments[0]))) {
      System.out.println("opened " + database.directory());
    } catch (StoreOpenException refused) {
      System.out.println(refused.reason() + " " + refused.getMessage());
    }
  }
}
