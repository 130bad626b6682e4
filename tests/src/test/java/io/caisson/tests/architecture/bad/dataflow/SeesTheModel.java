package io.caisson.tests.architecture.bad.dataflow;

import io.caisson.tests.architecture.bad.model.SeesDataflowToo;

/** Bad on purpose: a lower layer that sees a higher one, and half of a cycle of packages. */
public class SeesTheModel {
  /** What it must not see. */
  public final SeesDataflowToo model = new SeesDataflowToo();
}
