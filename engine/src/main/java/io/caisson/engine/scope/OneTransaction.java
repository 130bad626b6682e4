package io.caisson.engine.scope;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.model.transaction.StoreErrors;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All calls in one transaction, which whoever began it commits. What is read conflicts with whoever
 * changes it, so that the whole is serializable.
 *
 * @param transaction the transaction
 */
public record OneTransaction(Transaction transaction) implements Scope {
  @Override
  public <T extends @Nullable Object> T change(Function<? super Transaction, T> body) {
    return run(body);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<? super ReadTransaction, T> body) {
    return run(body);
  }

  private <T extends @Nullable Object> T run(Function<? super Transaction, T> body) {
    try {
      return body.apply(transaction);
    } catch (CompletionException | FDBException e) {
      throw StoreErrors.translate(e);
    }
  }

  @Override
  public boolean ownTransactions() {
    return false;
  }
}
