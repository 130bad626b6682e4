package io.caisson.engine.session;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.function.BooleanSupplier;

/** Whether a statement has been cancelled. Thread-safe. */
final class Cancellation implements BooleanSupplier {
  private volatile boolean cancelled;

  void cancel() {
    cancelled = true;
  }

  @Override
  public boolean getAsBoolean() {
    return cancelled;
  }

  /** Throws 57014 where the statement has been cancelled. */
  void check() {
    if (cancelled) {
      throw new CaissonException(
          SqlState.QUERY_CANCELED, "canceling statement due to user request");
    }
  }
}
