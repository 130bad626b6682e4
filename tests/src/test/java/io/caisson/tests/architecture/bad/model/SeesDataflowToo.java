package io.caisson.tests.architecture.bad.model;

import io.caisson.tests.architecture.bad.dataflow.SeesTheModel;

/** Bad on purpose: the other half of the cycle. */
public class SeesDataflowToo {
  /** The cycle, closed. */
  public Class<?> other() {
    return SeesTheModel.class;
  }
}
