package io.caisson.fdb.embedded;

import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncUtil;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tries a transaction until it commits or fails for good. Stateless. */
final class RetryLoop {
  private RetryLoop() {}

  static <T extends @Nullable Object> T run(
      Transaction first, Function<? super Transaction, T> body) {
    Transaction transaction = first;
    try {
      while (true) {
        try {
          T result = body.apply(transaction);
          transaction.commit().join();
          return result;
        } catch (RuntimeException failure) {
          transaction = transaction.onError(failure).join();
        }
      }
    } finally {
      transaction.close();
    }
  }

  static <T extends @Nullable Object> CompletableFuture<T> runAsync(
      Transaction first,
      Function<? super Transaction, ? extends CompletableFuture<T>> body,
      Executor executor) {
    AtomicReference<Transaction> current = new AtomicReference<>(first);
    AtomicReference<@Nullable T> result = new AtomicReference<>();
    return AsyncUtil.whileTrue(() -> attempt(current, body, result, executor), executor)
        .thenApply(done -> result.get())
        .whenComplete((value, failure) -> current.get().close());
  }

  private static <T extends @Nullable Object> CompletableFuture<Boolean> attempt(
      AtomicReference<Transaction> current,
      Function<? super Transaction, ? extends CompletableFuture<T>> body,
      AtomicReference<@Nullable T> result,
      Executor executor) {
    CompletableFuture<Boolean> done =
        AsyncUtil.applySafely(body, current.get())
            .thenComposeAsync(
                value ->
                    current
                        .get()
                        .commit()
                        .thenApply(
                            committed -> {
                              result.set(value);
                              return false;
                            }),
                executor);
    return AsyncUtil.composeHandleAsync(
        done,
        (again, failure) -> {
          if (failure == null) {
            return AsyncUtil.READY_FALSE;
          }
          if (!(failure instanceof RuntimeException)) {
            throw new CompletionException(failure);
          }
          return current
              .get()
              .onError(failure)
              .thenApply(
                  next -> {
                    current.set(next);
                    return true;
                  });
        },
        executor);
  }
}
