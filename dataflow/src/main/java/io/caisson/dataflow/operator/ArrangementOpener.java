package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;

/**
 * Gives a circuit its arrangements: empty ones for a new view, those of the last checkpoint for one
 * that is taken up again.
 */
@FunctionalInterface
public interface ArrangementOpener {
  /** Opens the arrangement of a name, unique within the circuit and the same in every run. */
  Arrangement open(String name);
}
