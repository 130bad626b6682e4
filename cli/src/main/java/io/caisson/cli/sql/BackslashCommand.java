package io.caisson.cli.sql;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.PrintStream;

/** The prompt's own commands, named as psql names them. */
final class BackslashCommand {
  private static final String HELP =
      """
      \\d           lists streams, tables and views
      \\d NAME      shows the columns of NAME
      \\d+ [NAME]   the same, with comments
      \\timing      turns the print of times on and off
      \\?           shows this list
      \\q           leaves (so does Ctrl-D)

      Statements end with a semicolon. A few to start with:
        CREATE STREAM clicks (user_id BIGINT, type TEXT, ts TIMESTAMP(3),
                              WATERMARK FOR ts AS ts - INTERVAL '5' SECOND);
        CREATE MATERIALIZED VIEW by_type AS SELECT type, COUNT(*) AS n FROM clicks GROUP BY type;
        SELECT * FROM by_type;
        SUBSCRIBE TO by_type;       (Ctrl-C ends it)
        EXPLAIN STORAGE;
      """;

  private static final String ALL_WITH_COMMENTS =
      "SELECT o.name, o.kind, k.comment FROM caisson_catalog.objects o"
          + " LEFT JOIN caisson_catalog.comments k ON k.object_name = o.name"
          + " AND k.column_name IS NULL AND k.index_name IS NULL ORDER BY o.name";

  private BackslashCommand() {}

  /**
   * Runs a command.
   *
   * @return false when it was the one to leave
   * @throws CaissonException 42601 for a command that does not exist
   */
  static boolean run(String line, StatementRunner runner) {
    PrintStream out = runner.streams().out();
    String[] words = line.replaceFirst(";+\\s*$", "").strip().split("\\s+", 2);
    switch (words[0]) {
      case "\\q", "\\quit", "\\exit" -> {
        return false;
      }
      case "\\?", "\\h", "\\help" -> out.print(HELP);
      case "\\timing" -> out.print(runner.toggleTiming() ? "Timing is on.\n" : "Timing is off.\n");
      case "\\d" -> describe(words.length == 1 ? "SHOW ALL" : showColumns(words[1]), runner);
      case "\\d+" -> describe(words.length == 1 ? ALL_WITH_COMMENTS : columns(words[1]), runner);
      default ->
          throw new CaissonException(SqlState.SYNTAX_ERROR, "there is no command " + words[0])
              .withHint("\\? lists the commands");
    }
    out.flush();
    return true;
  }

  private static String columns(String name) {
    String text = "'" + name.replace("\"", "").replace("'", "''") + "'";
    return "SELECT c.column_name AS name, c.data_type AS type, c.is_nullable AS nullable, k.comment"
        + " FROM information_schema.columns c LEFT JOIN caisson_catalog.comments k"
        + " ON k.object_name = c.table_name AND k.column_name = c.column_name"
        + " WHERE c.table_schema = 'public' AND c.table_name = "
        + text
        + " ORDER BY c.ordinal_position";
  }

  private static String showColumns(String name) {
    return "SHOW COLUMNS FROM " + name;
  }

  // The user did not write this statement, so a place in it would mean nothing.
  private static void describe(String statement, StatementRunner runner) {
    try {
      runner.run(statement);
    } catch (CaissonException e) {
      throw e.withPosition(null);
    }
  }
}
