package io.caisson.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Each left row with one right row of its key: the nearest in time on one side; of several at the
 * same time, the first in the order of all columns.
 *
 * @param left the left rows
 * @param right the right rows
 * @param keys the columns that are compared for being equal, which NULLs are not
 * @param match which right row is the nearest
 * @param keepsLeft whether left rows without one are put out, with NULLs
 */
public record AsofJoin(Plan left, Plan right, JoinKeys keys, AsofMatch match, boolean keepsLeft)
    implements Plan {
  @Override
  public List<Field> fields() {
    var fields = new ArrayList<>(left.fields());
    right.fields().forEach(field -> fields.add(field.nullableIf(keepsLeft)));
    return fields;
  }

  @Override
  public List<Plan> inputs() {
    return List.of(left, right);
  }

  @Override
  public boolean appendOnly() {
    return false;
  }
}
