package io.caisson.dataflow.operator;

import io.caisson.dataflow.batch.Batch;
import java.util.List;

/**
 * Gives every batch to several readers. For the thread that steps.
 *
 * @param readers who gets it, in this order
 */
record FanOut(List<Output> readers) implements Output {
  FanOut {
    readers = List.copyOf(readers);
  }

  /** An output for any number of readers. */
  static Output to(List<Output> readers) {
    return readers.size() == 1 ? readers.get(0) : new FanOut(readers);
  }

  @Override
  public void emit(Batch batch) {
    for (Output reader : readers) {
      reader.emit(batch);
    }
  }
}
