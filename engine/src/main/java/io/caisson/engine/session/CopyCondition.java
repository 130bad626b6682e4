package io.caisson.engine.session;

import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.batch.Projection;
import io.caisson.engine.compile.ExpressionCompiler;
import io.caisson.plan.Expression;
import io.caisson.sql.Statement;
import io.caisson.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rows of a COPY FROM are copied. For one thread. */
final class CopyCondition {
  private final @Nullable Projection condition;

  CopyCondition(Statement.CopyFrom copy) {
    Expression where = copy.where();
    List<SqlType> types =
        copy.target().columns().stream().map(column -> column.type().withNullable(true)).toList();
    condition = where == null ? null : ExpressionCompiler.project(List.of(where), types);
  }

  /** The rows for which the condition is true. */
  Columns kept(Columns rows) {
    if (condition == null) {
      return rows;
    }
    var truths = (LongColumn) condition.project(rows).column(0);
    int[] kept = new int[rows.size()];
    int count = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (!truths.isNull(row) && truths.value(row) != 0) {
        kept[count++] = row;
      }
    }
    return count == rows.size() ? rows : rows.gather(kept, count);
  }
}
