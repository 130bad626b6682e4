package io.caisson.plan;

import io.caisson.function.external.JavaAggregate;

/** What an aggregate of a standing query computes. Immutable. */
public sealed interface AggregateFunction
    permits AggregateCall.Function, AggregateFunction.External {
  /** Its name. */
  String name();

  /**
   * An aggregate that users have made. It takes rows one after the other.
   *
   * @param aggregate the class that carries it out
   */
  record External(JavaAggregate aggregate) implements AggregateFunction {
    @Override
    public String name() {
      return aggregate.signature().name();
    }
  }
}
