package io.caisson.engine.session;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.CatalogObject;
import io.caisson.engine.scope.OneTransaction;
import io.caisson.engine.scope.Scope;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The transaction of a session, for calls on one object: they see what statements wrote, and
 * statements see what they write. A call that fails ends the transaction as a failing statement
 * does. For one thread.
 *
 * @param session the session, in a transaction
 * @param object what is read and changed
 */
record SessionScope(EngineSession session, CatalogObject object) implements Scope {
  @Override
  public <T extends @Nullable Object> T change(Function<? super Transaction, T> body) {
    return session.within(
        working -> {
          working.writesInto(object);
          T result = new OneTransaction(working.transaction()).change(body);
          working.checkSize();
          return result;
        });
  }

  @Override
  public <T extends @Nullable Object> T read(Function<? super ReadTransaction, T> body) {
    return session.within(working -> new OneTransaction(working.transaction()).read(body));
  }

  @Override
  public boolean ownTransactions() {
    return false;
  }
}
