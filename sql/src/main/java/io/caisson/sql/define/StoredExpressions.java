package io.caisson.sql.define;

import io.caisson.catalog.CheckDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.plan.Expression;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.parse.SqlTextParser;
import io.caisson.sql.run.PreparedQuery;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** Plans expressions that a definition keeps as text. For one definition. */
public final class StoredExpressions {
  private final TableDefinition table;
  private final ColumnExpressions expressions;
  private final SqlErrors errors;

  /** The expressions of a table. */
  public StoredExpressions(TableDefinition table, ColumnExpressions expressions, SqlErrors errors) {
    this.table = table;
    this.expressions = expressions;
    this.errors = errors;
  }

  private SqlNode parsed(String text) {
    return SqlTextParser.parseExpression(text, errors);
  }

  /** The expression of a generated column. */
  public Expression generated(ColumnDefinition column, String text) {
    return expressions.generated(table, parsed(text), column.type()).expression();
  }

  /** The condition of a CHECK constraint. */
  public Expression check(CheckDefinition check) {
    return expressions.check(table, parsed(check.condition())).expression();
  }

  /** The expressions of an index, in the order of its keys. */
  public List<Expression> keys(IndexDefinition index) {
    return index.keys().stream()
        .filter(IndexDefinition.ExpressionKey.class::isInstance)
        .map(key -> ((IndexDefinition.ExpressionKey) key).expression())
        .map(text -> expressions.indexed(table, parsed(text)).expression())
        .toList();
  }

  /** The query of a default. */
  public PreparedQuery defaultOf(ColumnDefinition column, String text) {
    return expressions.defaultOf(column, parsed(text));
  }
}
