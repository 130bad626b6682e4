package io.caisson.sql.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query wants of an object.
 *
 * @param columns positions of the columns that the answer shall have, in this order; maybe none,
 *     where only the number of rows matters
 * @param conditions a hint: rows that do not fulfil all of them may be left out, or given all the
 *     same
 * @param path on which way to read a table, whose order and limit the query counts on; null where
 *     it does not matter
 */
public record ScanRequest(
    int[] columns, List<ColumnCondition> conditions, @Nullable AccessPath path) {
  /** Copies the conditions. */
  public ScanRequest {
    conditions = List.copyOf(conditions);
  }

  /** A request without a way. */
  public ScanRequest(int[] columns, List<ColumnCondition> conditions) {
    this(columns, conditions, null);
  }
}
