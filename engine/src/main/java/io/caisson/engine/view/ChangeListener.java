package io.caisson.engine.view;

import io.caisson.dataflow.operator.StepOutput;
import io.caisson.error.CaissonException;

/** Follows a view step by step. Called by the maintenance thread, which it must not hold up. */
public interface ChangeListener {
  /**
   * The view has taken in everything up to a version.
   *
   * @param version the store version
   * @param change what changed since the call before; may be empty
   */
  void changed(long version, StepOutput change);

  /**
   * No more changes will come.
   *
   * @param why what ended them
   */
  void ended(CaissonException why);
}
