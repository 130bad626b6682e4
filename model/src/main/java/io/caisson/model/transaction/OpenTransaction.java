package io.caisson.model.transaction;

import com.apple.foundationdb.Transaction;
import io.caisson.error.CaissonException;

/**
 * A transaction whose statements come one by one, so that nobody but its owner can try it again.
 * For one thread; to be closed, which rolls back what was not committed.
 */
public final class OpenTransaction implements AutoCloseable {
  private final TransactionRunner runner;
  private final Transaction transaction;
  private final CommitMarker marker;
  private boolean closed;

  /** The marker is this transaction's from its beginning: no other commit writes it meanwhile. */
  OpenTransaction(TransactionRunner runner, Transaction transaction, CommitMarker marker) {
    this.runner = runner;
    this.transaction = transaction;
    this.marker = marker;
  }

  /** The store's transaction. Its errors are the store's. */
  public Transaction transaction() {
    return transaction;
  }

  /**
   * Commits. Where the store can't say whether it happened, a marker can: afterwards it has
   * happened, or it has failed and never will.
   *
   * @throws CaissonException 40001 where it did not happen and may be run again, or what else the
   *     store refused it for
   */
  public void commit() {
    runner.commit(transaction, marker);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      transaction.close();
      runner.giveBack(marker);
    }
  }
}
