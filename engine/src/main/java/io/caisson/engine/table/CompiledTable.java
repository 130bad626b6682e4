package io.caisson.engine.table;

import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.dataflow.batch.Projection;
import io.caisson.engine.compile.ExpressionCompiler;
import io.caisson.plan.Expression;
import io.caisson.sql.TableExpressions;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of one table's definition as code. Thread-safe: one thread at a time evaluates.
 */
final class CompiledTable {
  private final TableDefinition table;
  private final Map<Integer, PreparedQuery> defaults;
  private final @Nullable Projection generated;
  private final @Nullable Projection checks;
  private final Map<Integer, Projection> keys = new HashMap<>();

  CompiledTable(TableDefinition table, TableExpressions expressions) {
    this.table = table;
    this.defaults = expressions.defaults();
    List<SqlType> types =
        table.columns().stream().map(column -> column.type().withNullable(true)).toList();
    this.generated =
        expressions.generated().isEmpty() ? null : generated(expressions.generated(), types);
    this.checks =
        expressions.checks().isEmpty()
            ? null
            : ExpressionCompiler.project(expressions.checks(), types);
    expressions
        .keys()
        .forEach((index, list) -> keys.put(index, ExpressionCompiler.project(list, types)));
  }

  private static Projection generated(Map<Integer, Expression> generated, List<SqlType> types) {
    var outputs = new ArrayList<Expression>();
    for (int i = 0; i < types.size(); i++) {
      Expression plain = new Expression.InputColumn(i, types.get(i));
      outputs.add(generated.getOrDefault(i, plain));
    }
    return ExpressionCompiler.project(outputs, types);
  }

  TableDefinition table() {
    return table;
  }

  /** The query of a column's default, or null where it has none. */
  @Nullable PreparedQuery defaultOf(int position) {
    return defaults.get(position);
  }

  /** The rows with the values of generated columns. */
  synchronized Columns generate(Columns rows) {
    return generated == null ? rows : generated.project(rows);
  }

  /** For each CHECK constraint a column of its truth; none where there are no constraints. */
  synchronized @Nullable Columns check(Columns rows) {
    return checks == null ? null : checks.project(rows);
  }

  /** The values of an index's expressions, or null where it has none. */
  synchronized @Nullable Columns keys(int index, Columns rows) {
    Projection projection = keys.get(index);
    return projection == null ? null : projection.project(rows);
  }
}
