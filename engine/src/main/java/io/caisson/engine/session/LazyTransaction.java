package io.caisson.engine.session;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.model.transaction.StoreErrors;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that only reads, at one version, begun when it is first needed. A statement that
 * lasts longer than the store keeps the version reads what is left of its tables at a later one,
 * page by page. A page that the store could not give for the moment is asked for again. For one
 * thread.
 */
final class LazyTransaction implements TableReads, AutoCloseable {
  private static final int TOO_OLD = 1007;
  private static final int MOST_ATTEMPTS = 30;

  private final SessionServices services;
  private final long version;
  private boolean expired;
  private @Nullable Transaction transaction;

  LazyTransaction(SessionServices services, long version) {
    this.services = services;
    this.version = version;
  }

  @Override
  public <T> T read(Function<ReadTransaction, T> body) {
    for (int attempt = 1; ; attempt++) {
      try {
        return body.apply(current().snapshot());
      } catch (CompletionException | FDBException e) {
        Throwable cause = StoreErrors.unwrap(e);
        boolean passes = cause instanceof FDBException store && store.isRetryable();
        if (!passes || attempt == MOST_ATTEMPTS) {
          throw StoreErrors.translate(cause);
        }
        waitAfter((FDBException) cause);
      }
    }
  }

  private Transaction current() {
    Transaction known = transaction;
    return known == null ? begun(services.stores().begin().get()) : known;
  }

  /** Reads on at the same version where the store still has it, as soon as it may be better. */
  private void waitAfter(FDBException error) {
    expired |= error.getCode() == TOO_OLD;
    Transaction failed = current();
    transaction = null;
    begun(failed.onError(error).join());
  }

  private Transaction begun(Transaction begun) {
    if (!expired) {
      begun.setReadVersion(version);
    }
    transaction = begun;
    return begun;
  }

  @Override
  public void close() {
    if (transaction != null) {
      transaction.close();
      transaction = null;
    }
  }
}
