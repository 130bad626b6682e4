package io.caisson.fdb.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The watches of a transaction until its commit. A later write of the same transaction that changes
 * a watched value fires the watch at once, as the native client does; the commit hands the others
 * to the database. Guarded by its transaction.
 */
final class TransactionWatches {
  private final TransactionState state;
  private final Watches active;
  private List<PendingWatch> pending = new ArrayList<>();

  TransactionWatches(TransactionState state) {
    this.state = state;
    this.active = state.database().watches();
  }

  /**
   * Watches a key.
   *
   * @param seen what it holds, the transaction's own writes included
   */
  CompletableFuture<Void> watch(byte[] key, byte @Nullable [] seen) {
    synchronized (state) {
      CompletableFuture<Void> future = active.reserve();
      pending.add(new PendingWatch(key.clone(), seen, future));
      return state.outstanding(future);
    }
  }

  /** To be called with every write of a known value. */
  void changed(byte[] key, byte @Nullable [] value) {
    if (pending.isEmpty()) {
      return;
    }
    fire(watch -> Arrays.equals(watch.key(), key) && !Arrays.equals(watch.seen(), value));
  }

  /** To be called with every write whose value is known only at the commit. */
  void changedSomehow(byte[] key) {
    if (!pending.isEmpty()) {
      fire(watch -> Arrays.equals(watch.key(), key));
    }
  }

  /** To be called with every clear. */
  void cleared(byte[] begin, byte[] end) {
    if (!pending.isEmpty()) {
      fire(
          watch ->
              watch.seen() != null
                  && Arrays.compareUnsigned(begin, watch.key()) <= 0
                  && Arrays.compareUnsigned(watch.key(), end) < 0);
    }
  }

  private void fire(Predicate<PendingWatch> affected) {
    List<PendingWatch> kept = new ArrayList<>();
    for (PendingWatch watch : pending) {
      if (affected.test(watch)) {
        // It has fired, whatever becomes of the transaction before somebody is told.
        state.noLongerOutstanding(watch.future());
        Later.on(state.executor(), () -> watch.future().complete(null));
      } else {
        kept.add(watch);
      }
    }
    pending = kept;
  }

  private List<PendingWatch> take() {
    synchronized (state) {
      List<PendingWatch> taken = pending;
      pending = new ArrayList<>();
      return taken;
    }
  }

  /** The transaction was committed: from now on the watches are the database's. */
  void committed() {
    FaultInjector faults = state.database().faultInjector();
    for (PendingWatch watch : take()) {
      state.noLongerOutstanding(watch.future());
      active.activate(watch, state.executor());
      if (faults != null) {
        faults.watch(watch.future(), state.executor());
      }
    }
  }

  /** The transaction was not committed, or nobody knows. */
  void failed(EmbeddedException failure) {
    for (PendingWatch watch : take()) {
      Later.on(state.executor(), () -> watch.future().completeExceptionally(failure));
    }
  }

  /** Forgets the watches of an earlier try, whose futures have failed. */
  void reset() {
    take();
  }
}
