package io.caisson.engine.session;

import com.apple.foundationdb.FDBException;
import io.caisson.Transaction;
import io.caisson.error.CaissonException;
import io.caisson.model.transaction.StoreErrors;
import io.caisson.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a program's transactions until they have happened once. Thread-safe. */
public final class TransactionLoop {
  private static final int MOST_ATTEMPTS = 100;

  /** How long a transaction may be open before the store forgets its version, less a margin. */
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(4_500);

  /** One that was too slow twice will be too slow again. */
  private static final int MOST_TOO_SLOW = 3;

  private static final int MOST_DOUBLINGS = 7;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final SessionServices services;
  private final Clock clock = Clock.system();

  /** Transactions on a database. */
  public TransactionLoop(SessionServices services) {
    this.services = services;
  }

  /** Runs a function in a transaction. */
  public <T extends @Nullable Object> T run(Function<? super Transaction, T> work) {
    int tooSlow = 0;
    for (int attempt = 1; ; attempt++) {
      long begun = clock.monotonicNanos();
      try (var session = EngineSession.inTransaction(services)) {
        try {
          T result = work.apply(new ProgramTransaction(services, session));
          session.finish();
          return result;
        } catch (RuntimeException e) {
          // What the function makes of a statement's error is its own; the error decides.
          CaissonException failure = session.failure();
          RuntimeException cause = failure == null ? e : failure;
          tooSlow += clock.monotonicNanos() - begun > LONGEST_NANOS ? 1 : 0;
          if (!again(cause) || attempt >= MOST_ATTEMPTS || tooSlow >= MOST_TOO_SLOW) {
            throw e;
          }
        }
      }
      pause(attempt);
    }
  }

  private static boolean again(RuntimeException e) {
    return StoreErrors.unwrap(e) instanceof FDBException store
        ? store.isRetryable()
        : e instanceof CaissonException known && known.state().retryable();
  }

  private static void pause(int attempt) {
    long most = PAUSE_NANOS << Math.min(attempt, MOST_DOUBLINGS);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
  }
}
