package io.caisson.sql;

import io.caisson.plan.Expression;
import io.caisson.sql.run.PreparedQuery;
import java.util.List;
import java.util.Map;

/**
 * The expressions of a table's definition, planned; their inputs are the table's columns.
 * Immutable.
 *
 * @param generated the values of generated columns, by position
 * @param checks the conditions of the CHECK constraints, in their order
 * @param keys the expressions of each index that has any, by the index's number
 * @param defaults the defaults by position: queries of one row and one column
 */
public record TableExpressions(
    Map<Integer, Expression> generated,
    List<Expression> checks,
    Map<Integer, List<Expression>> keys,
    Map<Integer, PreparedQuery> defaults) {
  /** Copies the collections. */
  public TableExpressions {
    generated = Map.copyOf(generated);
    checks = List.copyOf(checks);
    keys = Map.copyOf(keys);
    defaults = Map.copyOf(defaults);
  }
}
