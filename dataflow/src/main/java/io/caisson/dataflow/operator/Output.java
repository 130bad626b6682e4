package io.caisson.dataflow.operator;

import io.caisson.dataflow.batch.Batch;

/** Where an operator's changes go. For the thread that steps. */
@FunctionalInterface
public interface Output {
  /** Takes a change; the batch must not be altered by either side afterwards. */
  void emit(Batch batch);
}
