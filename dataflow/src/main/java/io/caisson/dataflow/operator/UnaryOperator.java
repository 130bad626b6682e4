package io.caisson.dataflow.operator;

import io.caisson.dataflow.batch.Batch;

/** An operator with one input. */
public interface UnaryOperator extends Operator {
  /** Takes a change of the input; puts out what can be said at once. */
  void process(Batch input, Output out);
}
