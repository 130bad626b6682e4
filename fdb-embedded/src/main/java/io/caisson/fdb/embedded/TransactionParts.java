package io.caisson.fdb.embedded;

/**
 * A transaction taken apart by subject. All parts share the state and its monitor. As thread-safe
 * as they are.
 */
final class TransactionParts {
  private final TransactionState state;
  private final TransactionReads reads;
  private final TransactionUpdates updates;
  private final TransactionCommit commit;
  private final TransactionRetry retry;

  TransactionParts(TransactionState state) {
    this.state = state;
    TransactionWatches watches = new TransactionWatches(state);
    SpecialWrites specialWrites = new SpecialWrites(state);
    this.commit = new TransactionCommit(state, watches, specialWrites);
    SpecialKeys specialKeys =
        new SpecialKeys(state, specialWrites, commit::conflicting, commit::stamp);
    this.reads = new TransactionReads(state, specialKeys);
    this.updates = new TransactionUpdates(state, reads, watches, specialWrites);
    this.retry =
        new TransactionRetry(
            state,
            () -> {
              watches.reset();
              specialWrites.reset();
              commit.reset();
            });
  }

  /** Options, writes and conflicts as data, and whether the transaction has ended. */
  TransactionState state() {
    return state;
  }

  /** What is read. */
  TransactionReads reads() {
    return reads;
  }

  /** What is written, and watched. */
  TransactionUpdates updates() {
    return updates;
  }

  /** The commit and what becomes known by it. */
  TransactionCommit commit() {
    return commit;
  }

  /** What follows an error. */
  TransactionRetry retry() {
    return retry;
  }
}
