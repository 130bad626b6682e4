package io.caisson.engine.view;

import io.caisson.dataflow.operator.AggregateSpec;
import io.caisson.function.external.JavaAggregate;
import io.caisson.plan.AggregateCall;
import io.caisson.plan.AggregateFunction;

/** Makes the operator's aggregates of the plan's. Stateless. */
final class AggregateSpecs {
  private AggregateSpecs() {}

  static AggregateSpec of(AggregateCall call) {
    AggregateCall.Rows rows = call.rows();
    JavaAggregate external =
        call.function() instanceof AggregateFunction.External made ? made.aggregate() : null;
    return new AggregateSpec(
        external == null
            ? AggregateSpec.Function.valueOf(call.function().name())
            : AggregateSpec.Function.EXTERNAL,
        rows.arguments(),
        rows.filter(),
        rows.distinct(),
        OverSpecs.order(rows.order()),
        external);
  }
}
