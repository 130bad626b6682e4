package io.caisson.engine.view;

import io.caisson.dataflow.operator.AggregateSpec;
import io.caisson.plan.AggregateCall;

/** Makes the operator's aggregates of the plan's. Stateless. */
final class AggregateSpecs {
  private AggregateSpecs() {}

  static AggregateSpec of(AggregateCall call) {
    AggregateCall.Rows rows = call.rows();
    return new AggregateSpec(
        AggregateSpec.Function.valueOf(call.function().name()),
        rows.arguments(),
        rows.filter(),
        rows.distinct(),
        OverSpecs.order(rows.order()));
  }
}
