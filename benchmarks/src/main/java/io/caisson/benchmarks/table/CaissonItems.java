package io.caisson.benchmarks.table;

import io.caisson.Caisson;
import io.caisson.Database;
import io.caisson.PreparedStatement;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.Table;
import java.nio.file.Path;
import java.util.Map;

/** Items in Caisson: keys through the Java API, the rest through SQL. */
final class CaissonItems implements ItemTable {
  private final Caisson caisson;
  private final Session session;
  private final Table table;
  private final PreparedStatement insert;
  private final PreparedStatement sum;

  CaissonItems(Path directory) {
    caisson = Caisson.open(directory);
    Database database = caisson.database("benchmark");
    session = database.session();
    run("CREATE TABLE items (" + JdbcItems.COLUMNS + ")");
    run("CREATE INDEX items_by_sku ON items (sku)");
    run("CREATE INDEX items_by_price ON items (price, stock)");
    table = database.table("items");
    insert = session.prepare("INSERT INTO items VALUES (?, ?, ?, ?, ?)");
    sum = session.prepare("SELECT SUM(stock) AS stock FROM items WHERE id >= ? AND id < ?");
  }

  private void run(String sql) {
    session.execute(sql).close();
  }

  @Override
  public String database() {
    return "Caisson";
  }

  @Override
  public void insert(Iterable<Item> items) {
    run("BEGIN");
    for (Item item : items) {
      insert.execute(item.id(), item.sku(), item.price(), item.stock(), item.name()).close();
    }
    run("COMMIT");
  }

  @Override
  public long price(long id) {
    return table.get(id).orElseThrow().getLong("price");
  }

  @Override
  public void changePrice(long id, long price) {
    if (!table.update(Map.of("price", price), id)) {
      throw new IllegalStateException("no item " + id);
    }
  }

  @Override
  public long stock(long from, long to) {
    try (Result result = sum.execute(from, to)) {
      return result.toList().get(0).getLong("stock");
    }
  }

  @Override
  public void close() {
    session.close();
    caisson.close();
  }
}
