package io.caisson.fdb.embedded;

import java.nio.file.Path;
import java.util.Arrays;

/** A process that may write only small files, filling a database until it cannot. */
final class FullDiskChild {
  private FullDiskChild() {}

  public static void main(String[] arguments) {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(Path.of(arguments[0]))) {
      for (int i = 0; i < 10_000; i++) {
        try {
          FullDiskTest.put(database, i);
        } catch (RuntimeException failure) {
          System.out.println("full after " + i + " " + failure);
          readAll(database, i);
          return;
        }
      }
    }
  }

  private static void readAll(EmbeddedDatabase database, int count) {
    for (int i = 0; i < count; i++) {
      int number = i;
      byte[] found = database.read(transaction -> transaction.get(FullDiskTest.key(number)).join());
      if (!Arrays.equals(found, FullDiskTest.value(i))) {
        System.out.println("lost " + i);
        return;
      }
    }
    System.out.println("reads go on");
  }
}
