package io.caisson.engine.session;

import io.caisson.engine.subscription.ChangePiece;
import io.caisson.engine.subscription.ChangeSource;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The rows that a subscriber reads, without end. For one thread. */
final class SubscribedRows implements Iterator<@Nullable Object[]> {
  private static final Duration CANCEL_CHECK = Duration.ofMillis(100);

  private final ChangeSource changes;
  private final ChangeRows form;
  private final BooleanSupplier cancelled;
  private final Deque<@Nullable Object[]> ready = new ArrayDeque<>();

  SubscribedRows(ChangeSource changes, ChangeRows form, BooleanSupplier cancelled) {
    this.changes = changes;
    this.form = form;
    this.cancelled = cancelled;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty()) {
      if (cancelled.getAsBoolean()) {
        throw new CaissonException(
            SqlState.QUERY_CANCELED, "canceling statement due to user request");
      }
      ChangePiece piece = changes.next(CANCEL_CHECK);
      if (piece != null) {
        form.add(piece, ready::add);
      }
    }
    return true;
  }

  @Override
  public @Nullable Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.removeFirst();
  }
}
