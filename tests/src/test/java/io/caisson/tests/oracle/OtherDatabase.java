package io.caisson.tests.oracle;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** H2 in memory, told to behave like PostgreSQL. For one thread. */
public final class OtherDatabase implements AutoCloseable {
  private final Connection connection;

  /** A database that holds nothing. */
  public OtherDatabase() throws SQLException {
    connection =
        DriverManager.getConnection(
            "jdbc:h2:mem:;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
  }

  /** The same, in which no query takes longer than some milliseconds. */
  public OtherDatabase(int milliseconds) throws SQLException {
    this();
    execute("SET QUERY_TIMEOUT " + milliseconds);
  }

  /** Runs a statement. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The rows of a query as texts that can be compared, sorted. */
  public List<String> rows(String sql) throws SQLException {
    var rows = new ArrayList<String>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        var values = new ArrayList<String>();
        for (int i = 1; i <= columns; i++) {
          values.add(Answers.text(result.getObject(i)));
        }
        rows.add(String.join(" | ", values));
      }
    }
    rows.sort(null);
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
