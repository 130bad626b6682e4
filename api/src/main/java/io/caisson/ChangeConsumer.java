package io.caisson;

import io.caisson.error.CaissonException;

/** Is told what changes. Called by one thread at a time. */
@FunctionalInterface
public interface ChangeConsumer {
  /**
   * The next changes. The ones after them wait until this returns; what it throws ends the
   * subscription.
   */
  void changed(ChangeBatch batch);

  /**
   * There will be no more, for another reason than that the subscription was closed.
   *
   * @param why what ended it
   */
  default void ended(CaissonException why) {}
}
