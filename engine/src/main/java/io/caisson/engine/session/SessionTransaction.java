package io.caisson.engine.session;

import io.caisson.catalog.Catalog;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.transaction.OpenTransaction;
import org.jspecify.annotations.Nullable;

/**
 * A transaction between BEGIN and COMMIT: a store transaction, the definitions that its statements
 * are prepared against, and whether a statement has failed in it. For one thread; to be closed.
 */
final class SessionTransaction implements AutoCloseable {
  private final SessionServices services;
  private final boolean readOnly;
  private OpenTransaction open;
  private WorkingTransaction working;
  private @Nullable Catalog catalog;
  private @Nullable CaissonException failure;

  SessionTransaction(SessionServices services, boolean readOnly) {
    this.services = services;
    this.readOnly = readOnly;
    this.open = services.runner().begin();
    this.working = new WorkingTransaction(services, open.transaction());
  }

  boolean readOnly() {
    return readOnly;
  }

  WorkingTransaction working() {
    return working;
  }

  /** The definitions, as the first statement found them. */
  Catalog catalog() {
    Catalog known = catalog;
    if (known == null) {
      known = services.runner().read(services.catalog()::read);
      catalog = known;
    }
    return known;
  }

  /** Begins anew where nothing has been done yet, since the definitions are others. */
  void catalogMoved(boolean firstStatement) {
    if (!firstStatement) {
      throw new CaissonException(
              SqlState.SERIALIZATION_FAILURE,
              "definitions have changed since the transaction began")
          .withHint("Run the transaction again.");
    }
    open.close();
    open = services.runner().begin();
    working = new WorkingTransaction(services, open.transaction());
    catalog = null;
  }

  /** The error of the statement that failed, or null. */
  @Nullable CaissonException failure() {
    return failure;
  }

  /** Notes that a statement has failed: nothing of the transaction will be kept. */
  void fail(CaissonException error) {
    if (failure == null) {
      failure = error;
      open.close();
    }
  }

  void commit() {
    if (working.wrote()) {
      open.commit();
    }
  }

  @Override
  public void close() {
    open.close();
  }
}
