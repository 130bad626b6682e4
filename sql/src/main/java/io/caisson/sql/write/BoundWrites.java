package io.caisson.sql.write;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans of statements that change rows, with values in their places. Stateless. */
public final class BoundWrites {
  private BoundWrites() {}

  /** The plan with a value for each of its places, from the left. */
  public static WritePlan with(WritePlan plan, List<? extends @Nullable Object> values) {
    RowsQuery returning = with(plan.returning(), values);
    if (plan instanceof WritePlan.Insert insert) {
      return new WritePlan.Insert(
          insert.target(),
          insert.columns(),
          insert.source().with(values),
          with(insert.onConflict(), values),
          returning);
    }
    if (plan instanceof WritePlan.Update update) {
      return new WritePlan.Update(
          update.target(), update.source().with(values), update.columns(), returning);
    }
    if (plan instanceof WritePlan.Delete delete) {
      return new WritePlan.Delete(delete.target(), delete.source().with(values), returning);
    }
    if (plan instanceof WritePlan.Merge merge) {
      List<WritePlan.Action> actions =
          merge.actions().stream()
              .map(a -> new WritePlan.Action(a.kind(), a.columns(), with(a.values(), values)))
              .toList();
      return new WritePlan.Merge(merge.target(), merge.source().with(values), actions, returning);
    }
    return plan;
  }

  private static @Nullable RowsQuery with(
      @Nullable RowsQuery query, List<? extends @Nullable Object> values) {
    return query == null ? null : new RowsQuery(query.rows(), query.query().with(values));
  }

  private static WritePlan.@Nullable OnConflict with(
      WritePlan.@Nullable OnConflict conflict, List<? extends @Nullable Object> values) {
    return conflict == null
        ? null
        : new WritePlan.OnConflict(
            conflict.keys(), conflict.columns(), with(conflict.values(), values));
  }
}
