package io.caisson.engine.view;

import io.caisson.dataflow.operator.OverSpec;
import io.caisson.plan.Over;
import io.caisson.plan.OverCall;
import io.caisson.plan.SortKey;
import java.util.List;

/** Makes the operator's windows of the plan's. Stateless. */
final class OverSpecs {
  private OverSpecs() {}

  static OverSpec of(Over over) {
    return new OverSpec(
        over.partition(),
        order(over.order()),
        over.calls().stream().map(OverSpecs::call).toList(),
        over.limit());
  }

  /** What rows are sorted by. */
  static List<OverSpec.SortColumn> order(List<SortKey> keys) {
    return keys.stream()
        .map(key -> new OverSpec.SortColumn(key.column(), key.descending(), key.nullsFirst()))
        .toList();
  }

  private static OverSpec.Call call(OverCall call) {
    return new OverSpec.Call(
        OverSpec.Function.valueOf(call.function().name()),
        call.argument(),
        call.offset(),
        call.frame());
  }
}
