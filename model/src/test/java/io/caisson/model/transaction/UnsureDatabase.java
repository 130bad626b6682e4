package io.caisson.model.transaction;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.Transaction;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A store whose next commits, after they happened or instead of it, end as unknown. Everything else
 * is the real one. For one thread.
 */
final class UnsureDatabase {
  private final Database real;
  private int unknownCommits;
  private boolean commitReally;

  UnsureDatabase(Database real) {
    this.real = real;
  }

  /** The next commits end as unknown, and have happened or not. */
  void forgetCommits(int count, boolean happened) {
    unknownCommits = count;
    commitReally = happened;
  }

  Database database() {
    return decorate(
        Database.class,
        (proxy, method, arguments) -> {
          Object result = invoke(real, method, arguments);
          return result instanceof Transaction transaction ? decorate(transaction) : result;
        });
  }

  private Transaction decorate(Transaction transaction) {
    return decorate(
        Transaction.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("commit") && unknownCommits > 0) {
            unknownCommits--;
            CompletableFuture<Void> first =
                commitReally ? transaction.commit() : CompletableFuture.completedFuture(null);
            return first.thenCompose(done -> CompletableFuture.failedFuture(new Unknown()));
          }
          if (method.getName().equals("onError")) {
            return recover(transaction, (Throwable) arguments[0]).thenApply(this::decorate);
          }
          return invoke(transaction, method, arguments);
        });
  }

  private CompletableFuture<Transaction> recover(Transaction transaction, Throwable error) {
    if (error instanceof Unknown) {
      transaction.close();
      return CompletableFuture.completedFuture(real.createTransaction(transaction.getExecutor()));
    }
    return transaction.onError(error);
  }

  private static <T> T decorate(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            UnsureDatabase.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object invoke(
      Object target, java.lang.reflect.Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  /** What FoundationDB reports when it can't say whether a commit happened. */
  private static final class Unknown extends FDBException {
    private static final long serialVersionUID = 1L;

    Unknown() {
      super("Transaction may or may not have committed", 1021);
    }

    @Override
    public boolean isRetryable() {
      return true;
    }

    @Override
    public boolean isMaybeCommitted() {
      return true;
    }

    @Override
    public boolean isRetryableNotCommitted() {
      return false;
    }
  }
}
