package io.caisson.benchmarks.table;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Items in an embedded database with a JDBC driver. */
final class JdbcItems implements ItemTable {
  static final String COLUMNS =
      "id BIGINT PRIMARY KEY, sku VARCHAR(40) NOT NULL, price BIGINT, stock BIGINT,"
          + " name VARCHAR(200)";

  private final String database;
  private final Connection connection;
  private final String afterCommit;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement update;
  private final PreparedStatement sum;

  private JdbcItems(String database, String url, List<String> settings, String afterCommit)
      throws SQLException {
    this.database = database;
    this.afterCommit = afterCommit;
    connection = DriverManager.getConnection(url);
    for (String setting : settings) {
      run(setting);
    }
    run("CREATE TABLE items (" + COLUMNS + ")");
    run("CREATE INDEX items_by_sku ON items (sku)");
    run("CREATE INDEX items_by_price ON items (price, stock)");
    insert = connection.prepareStatement("INSERT INTO items VALUES (?, ?, ?, ?, ?)");
    select = connection.prepareStatement("SELECT * FROM items WHERE id = ?");
    update = connection.prepareStatement("UPDATE items SET price = ? WHERE id = ?");
    sum = connection.prepareStatement("SELECT SUM(stock) FROM items WHERE id >= ? AND id < ?");
    connection.setAutoCommit(false);
  }

  /**
   * H2 on its MVStore, which brings commits to disk only when it is told to; it must not answer
   * from memory.
   */
  static JdbcItems h2(Path directory) throws SQLException {
    return new JdbcItems(
        "H2",
        "jdbc:h2:file:" + directory.resolve("items"),
        List.of("SET WRITE_DELAY 0", "SET OPTIMIZE_REUSE_RESULTS 0"),
        "CHECKPOINT SYNC");
  }

  /** SQLite with its write-ahead log, synced at each commit. */
  static JdbcItems sqlite(Path directory) throws SQLException {
    return new JdbcItems(
        "SQLite",
        "jdbc:sqlite:" + directory.resolve("items.db"),
        List.of("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"),
        "");
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void commit() throws SQLException {
    connection.commit();
    if (!afterCommit.isEmpty()) {
      run(afterCommit);
    }
  }

  @Override
  public String database() {
    return database;
  }

  @Override
  public void insert(Iterable<Item> items) {
    try {
      for (Item item : items) {
        insert.setLong(1, item.id());
        insert.setString(2, item.sku());
        insert.setLong(3, item.price());
        insert.setLong(4, item.stock());
        insert.setString(5, item.name());
        insert.addBatch();
      }
      insert.executeBatch();
      commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public long price(long id) {
    try {
      select.setLong(1, id);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getLong("price");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void changePrice(long id, long price) {
    try {
      update.setLong(1, price);
      update.setLong(2, id);
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("no item " + id);
      }
      commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public long stock(long from, long to) {
    try {
      sum.setLong(1, from);
      sum.setLong(2, to);
      try (ResultSet rows = sum.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
