package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;

/** The order in which an aggregate takes its rows. Stateless. */
public final class AggregateOrder {
  private AggregateOrder() {}

  /**
   * Checks an order.
   *
   * @throws CaissonException 42P10 where rows that DISTINCT makes one are to be told apart
   */
  public static void check(AggregateCall call) {
    boolean apart =
        call.isDistinct()
            && call.getCollation().getFieldCollations().stream()
                .anyMatch(by -> !call.getArgList().contains(by.getFieldIndex()));
    if (apart) {
      throw new CaissonException(
          SqlState.INVALID_COLUMN_REFERENCE,
          "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list");
    }
  }

  /** Whether NULL comes first: where nothing is said, as the greatest value. */
  public static boolean nullsFirst(RelFieldCollation by) {
    return by.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
        ? by.getDirection().isDescending()
        : by.nullDirection == RelFieldCollation.NullDirection.FIRST;
  }
}
