package io.caisson.catalog.system;

import java.util.List;

/** What is known of a database at the moment, beside its definitions. Thread-safe. */
public interface LiveState {
  /** How its materialized views are doing, by their names. */
  List<ViewStatus> views();

  /** What the operators of its materialized views have done, view by view. */
  List<OperatorStatus> operators();

  /** How its subscriptions are doing, by their names. */
  default List<SubscriptionStatus> subscriptions() {
    return List.of();
  }

  /** How far its statements are that run in several transactions. */
  default List<StatementStatus> statements() {
    return List.of();
  }
}
