package io.caisson.engine.session;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import org.jspecify.annotations.Nullable;

/** A transaction that only reads, at one version, begun when it is first needed. For one thread. */
final class LazyTransaction implements AutoCloseable {
  private final SessionServices services;
  private final long version;
  private @Nullable Transaction transaction;

  LazyTransaction(SessionServices services, long version) {
    this.services = services;
    this.version = version;
  }

  ReadTransaction get() {
    if (transaction == null) {
      transaction = services.stores().begin().get();
      transaction.setReadVersion(version);
    }
    return transaction.snapshot();
  }

  @Override
  public void close() {
    if (transaction != null) {
      transaction.close();
      transaction = null;
    }
  }
}
