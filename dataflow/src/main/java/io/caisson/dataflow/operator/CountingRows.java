package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a batch count for an aggregate: those for which its FILTER is true and its argument
 * is not NULL. For one thread, within one batch.
 */
final class CountingRows {
  private final @Nullable LongColumn filter;
  private final @Nullable Column argument;

  CountingRows(AggregateSpec spec, Columns rows) {
    filter = spec.filter().isPresent() ? (LongColumn) rows.column(spec.filter().getAsInt()) : null;
    Column read = spec.argument().isPresent() ? rows.column(spec.argument().getAsInt()) : null;
    argument = read != null && read.mayHaveNulls() ? read : null;
  }

  /** Whether all rows count. */
  boolean all() {
    return filter == null && argument == null;
  }

  boolean counts(int row) {
    return (filter == null || (!filter.isNull(row) && filter.value(row) != 0))
        && (argument == null || !argument.isNull(row));
  }
}
