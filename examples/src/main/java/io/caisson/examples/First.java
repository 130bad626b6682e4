package io.caisson.examples;

import io.caisson.Caisson;
import java.nio.file.Path;
import java.util.Map;

/**
 * The smallest program: events without a schema go in, a query answers. Run it with a data
 * directory, or without to use {@code ./data}. Stateless.
 */
public final class First {
  private First() {}

  /**
   * Prints the one click that it has just inserted.
   *
   * @param args the data directory, or nothing
   */
  public static void main(String[] args) {
    Path directory = Path.of(args.length > 0 ? args[0] : "data");
    try (Caisson caisson = Caisson.open(directory)) {
      var db = caisson.database("shop");
      var stream = db.createTable("stream"); // no schema: rows of fields
      stream.insert("event", Map.of("timestamp", 1514764800L, "type", "click", "user_id", 12345L));
      stream.insert(
          "event", Map.of("timestamp", 1514764860L, "type", "purchase", "user_id", 12345L));
      for (var row :
          stream
              .select("user_id", "type", "timestamp")
              .where("type", "click")
              .orderBy("timestamp")
              .execute()) {
        System.out.println(row);
      }
    }
  }
}
