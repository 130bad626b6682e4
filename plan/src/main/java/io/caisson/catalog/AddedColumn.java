package io.caisson.catalog;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a column that was added to a stream with rows: rows from before have a
 * value for it that stands in no block, and views from before do not see it. Immutable; an array is
 * not copied and not changed.
 *
 * @param since the number that the catalog had given last when the column came: objects with a
 *     smaller one are older than the column
 * @param value what rows without the column hold, in physical form (Long, Double, String or
 *     byte[]), or null for NULL
 */
public record AddedColumn(long since, @Nullable Object value) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AddedColumn column
        && since == column.since
        && Objects.deepEquals(value, column.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(since, Arrays.deepHashCode(new @Nullable Object[] {value}));
  }
}
