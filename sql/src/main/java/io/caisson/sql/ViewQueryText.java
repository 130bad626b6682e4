package io.caisson.sql;

import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.parse.SqlTextParser;
import io.caisson.sql.parse.StatementText;
import io.caisson.sql.syntax.StatementNode;
import io.caisson.sql.syntax.StatementSyntax;
import org.apache.calcite.sql.SqlNode;

/** Reads what the definition of a view keeps: its query, and when it shows rows. Stateless. */
final class ViewQueryText {
  private ViewQueryText() {}

  /** The statement that makes such a view. */
  static StatementSyntax.CreateView parse(String query, SqlErrors errors) {
    StatementText statement = StatementText.split("CREATE MATERIALIZED VIEW v AS " + query).get(0);
    SqlNode syntax = SqlTextParser.parse(statement, errors);
    if (syntax instanceof StatementNode node
        && node.statement() instanceof StatementSyntax.CreateView create) {
      return create;
    }
    throw new IllegalStateException("no query of a view: " + query);
  }
}
