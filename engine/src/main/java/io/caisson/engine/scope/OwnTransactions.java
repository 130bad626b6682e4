package io.caisson.engine.scope;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.model.transaction.TransactionRunner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Each call in a transaction of its own.
 *
 * @param runner runs them
 */
public record OwnTransactions(TransactionRunner runner) implements Scope {
  @Override
  public <T extends @Nullable Object> T change(Function<? super Transaction, T> body) {
    return runner.run(body);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<? super ReadTransaction, T> body) {
    return runner.read(transaction -> body.apply(transaction.snapshot()));
  }

  @Override
  public boolean ownTransactions() {
    return true;
  }
}
