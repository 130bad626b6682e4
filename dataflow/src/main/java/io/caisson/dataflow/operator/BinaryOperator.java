package io.caisson.dataflow.operator;

import io.caisson.dataflow.batch.Batch;

/** An operator with two inputs. */
public interface BinaryOperator extends Operator {
  /** Takes a change of the left input; puts out what can be said at once. */
  void processLeft(Batch input, Output out);

  /** Takes a change of the right input; puts out what can be said at once. */
  void processRight(Batch input, Output out);
}
