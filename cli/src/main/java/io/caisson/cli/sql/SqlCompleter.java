package io.caisson.cli.sql;

import java.util.List;
import java.util.Locale;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Completes keywords, names of the catalog, and the columns of what the statement mentions. For the
 * prompt's thread.
 */
final class SqlCompleter implements Completer {
  private static final List<String> KEYWORDS =
      List.of(
          "ALL",
          "AND",
          "AS",
          "ASC",
          "AVG",
          "BETWEEN",
          "BIGINT",
          "BOOLEAN",
          "BY",
          "BYTEA",
          "CASE",
          "CAST",
          "COLUMNS",
          "COUNT",
          "CREATE",
          "CROSS",
          "DATE",
          "DESC",
          "DESCRIPTOR",
          "DISTINCT",
          "DOUBLE",
          "DROP",
          "ELSE",
          "END",
          "EXCEPT",
          "EXISTS",
          "EXPLAIN",
          "FALSE",
          "FILTER",
          "FOR",
          "FROM",
          "FULL",
          "GROUP",
          "HAVING",
          "HOUR",
          "IF",
          "IN",
          "INNER",
          "INSERT",
          "INTEGER",
          "INTERSECT",
          "INTERVAL",
          "INTO",
          "IS",
          "JOIN",
          "KEY",
          "LEFT",
          "LIKE",
          "LIMIT",
          "MATERIALIZED",
          "MAX",
          "MIN",
          "MINUTE",
          "NOT",
          "NULL",
          "OFFSET",
          "ON",
          "OR",
          "ORDER",
          "OUTER",
          "OVER",
          "PARTITION",
          "PRECISION",
          "PRIMARY",
          "PROGRESS",
          "REAL",
          "RIGHT",
          "SECOND",
          "SELECT",
          "SET",
          "SHOW",
          "SMALLINT",
          "SNAPSHOT",
          "STORAGE",
          "STREAM",
          "STREAMS",
          "SUBSCRIBE",
          "SUM",
          "TABLE",
          "TABLES",
          "TEXT",
          "THEN",
          "TIME",
          "TIMESTAMP",
          "TO",
          "TRUE",
          "TUMBLE",
          "UNION",
          "USING",
          "VALUES",
          "VIEW",
          "VIEWS",
          "WATERMARK",
          "WHEN",
          "WHERE",
          "WITH");

  private final CatalogNames names;

  SqlCompleter(CatalogNames names) {
    this.names = names;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String prefix = line.word().substring(0, line.wordCursor());
    if (prefix.startsWith("\\")) {
      for (String command : List.of("\\d", "\\timing", "\\?", "\\q")) {
        candidates.add(new Candidate(command));
      }
      return;
    }
    boolean lower = !prefix.isEmpty() && prefix.equals(prefix.toLowerCase(Locale.ROOT));
    if (!prefix.isEmpty()) {
      for (String keyword : KEYWORDS) {
        if (keyword.startsWith(prefix.toUpperCase(Locale.ROOT))) {
          candidates.add(candidate(lower ? keyword.toLowerCase(Locale.ROOT) : keyword, "keywords"));
        }
      }
    }
    String text = line.line().toLowerCase(Locale.ROOT);
    for (String object : names.objects()) {
      candidates.add(candidate(object, "names"));
      if (text.contains(object.toLowerCase(Locale.ROOT))) {
        names.columns(object).forEach(column -> candidates.add(candidate(column, "columns")));
      }
    }
  }

  private static Candidate candidate(String text, String group) {
    return new Candidate(text, text, group, null, null, null, true);
  }
}
