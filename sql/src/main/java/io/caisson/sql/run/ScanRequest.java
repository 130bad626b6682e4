package io.caisson.sql.run;

import java.util.List;

/**
 * What a query wants of an object.
 *
 * @param columns positions of the columns that the answer shall have, in this order; maybe none,
 *     where only the number of rows matters
 * @param conditions a hint: rows that do not fulfil all of them may be left out, or given all the
 *     same
 */
public record ScanRequest(int[] columns, List<ColumnCondition> conditions) {
  /** Copies the conditions. */
  public ScanRequest {
    conditions = List.copyOf(conditions);
  }
}
