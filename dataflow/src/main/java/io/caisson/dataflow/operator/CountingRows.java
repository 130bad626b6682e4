package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a batch count for an aggregate: those for which its FILTER is true and none of its
 * arguments is NULL, unless it takes NULLs. For one thread, within one batch.
 */
final class CountingRows {
  private final @Nullable LongColumn filter;

  /** The arguments that may be NULL, where that matters. */
  private final Column[] arguments;

  CountingRows(AggregateSpec spec, Columns rows) {
    filter = spec.filter().isPresent() ? (LongColumn) rows.column(spec.filter().getAsInt()) : null;
    arguments =
        spec.function().takesNulls()
            ? new Column[0]
            : spec.arguments().stream()
                .map(rows::column)
                .filter(Column::mayHaveNulls)
                .toArray(Column[]::new);
  }

  /** Whether all rows count. */
  boolean all() {
    return filter == null && arguments.length == 0;
  }

  boolean counts(int row) {
    if (filter != null && (filter.isNull(row) || filter.value(row) == 0)) {
      return false;
    }
    for (Column argument : arguments) {
      if (argument.isNull(row)) {
        return false;
      }
    }
    return true;
  }
}
