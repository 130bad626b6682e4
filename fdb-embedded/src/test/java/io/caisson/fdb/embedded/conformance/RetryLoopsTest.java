package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncUtil;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** {@code run}, {@code read} and their asynchronous forms, of databases and of transactions. */
final class RetryLoopsTest extends ConformanceTest {
  @Test
  void runTriesAgainAfterAConflict() {
    AtomicInteger tries = new AtomicInteger();
    String result =
        database()
            .run(
                transaction -> {
                  get(transaction, "a");
                  if (tries.incrementAndGet() < 3) {
                    put("a", "theirs");
                  }
                  transaction.set(key("a"), bytes("mine"));
                  return "done";
                });
    assertThat(result).isEqualTo("done");
    assertThat(tries).hasValue(3);
    assertThat(get("a")).isEqualTo("mine");
  }

  @Test
  void runAsyncTriesAgainAfterAConflict() {
    AtomicInteger tries = new AtomicInteger();
    String result =
        database()
            .runAsync(
                transaction ->
                    transaction
                        .get(key("a"))
                        .thenApply(
                            value -> {
                              if (tries.incrementAndGet() < 3) {
                                put("a", "theirs");
                              }
                              transaction.set(key("a"), bytes("mine"));
                              return "done";
                            }))
            .join();
    assertThat(result).isEqualTo("done");
    assertThat(tries).hasValue(3);
    assertThat(get("a")).isEqualTo("mine");
  }

  @Test
  void retryableExceptionOfTheBodyIsTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    commit(
        transaction -> {
          transaction.set(key("a" + tries.incrementAndGet()), bytes("1"));
          if (tries.get() < 3) {
            throw new CompletionException(new FDBException("again", 1020));
          }
        });
    assertThat(get("a1")).isNull();
    assertThat(get("a3")).isEqualTo("1");
  }

  @Test
  void otherExceptionOfTheBodyEndsTheLoop() {
    AtomicInteger tries = new AtomicInteger();
    IllegalStateException mine = new IllegalStateException("mine");
    assertThatThrownBy(
            () ->
                commit(
                    transaction -> {
                      tries.incrementAndGet();
                      transaction.set(key("a"), bytes("1"));
                      throw mine;
                    }))
        .satisfies(failure -> assertThat(unwrapped(failure)).isSameAs(mine));
    assertThatThrownBy(
            () ->
                database()
                    .runAsync(
                        transaction -> {
                          tries.incrementAndGet();
                          throw mine;
                        })
                    .join())
        .satisfies(failure -> assertThat(unwrapped(failure)).isSameAs(mine));
    assertThat(tries).hasValue(2);
    assertThat(get("a")).isNull();
  }

  @Test
  void finalErrorsEndTheLoop() {
    assertFails(2004, () -> commit(transaction -> transaction.set(Bytes.hex("ff"), bytes("1"))));
    assertFails(
        2102,
        () ->
            database()
                .runAsync(
                    transaction -> {
                      transaction.set(new byte[20_000], bytes("1"));
                      return AsyncUtil.DONE;
                    })
                .join());
  }

  @Test
  void readGivesTheResult() {
    put("a", "1");
    assertThat(database().<byte[]>read(read -> read.get(key("a")).join())).isEqualTo(bytes("1"));
    assertThat(database().readAsync(read -> read.get(key("a"))).join()).isEqualTo(bytes("1"));
    assertThat(
            database()
                .readAsync(read -> read.snapshot().get(key("a")).thenApply(Bytes::text))
                .join())
        .isEqualTo("1");
  }

  @Test
  void readTriesAgain() {
    AtomicInteger tries = new AtomicInteger();
    int result =
        database()
            .read(
                read -> {
                  if (tries.incrementAndGet() < 3) {
                    throw new FDBException("too old", 1007);
                  }
                  return tries.get();
                });
    assertThat(result).isEqualTo(3);
  }

  @Test
  void loopClosesItsTransaction() {
    AtomicReference<Transaction> seen = new AtomicReference<>();
    commit(seen::set);
    assertThatThrownBy(() -> seen.get().get(key("a"))).isInstanceOf(IllegalStateException.class);
    database()
        .runAsync(
            transaction -> {
              seen.set(transaction);
              return AsyncUtil.DONE;
            })
        .join();
    assertThatThrownBy(() -> seen.get().get(key("a"))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void loopsOfATransactionRunOnceAndDoNotCommit() {
    Transaction transaction = begin();
    AtomicInteger tries = new AtomicInteger();
    transaction.run(
        same -> {
          assertThat(same).isSameAs(transaction);
          same.set(key("a"), bytes("1"));
          return tries.incrementAndGet();
        });
    assertThat(transaction.runAsync(same -> same.get(key("a"))).join()).isEqualTo(bytes("1"));
    assertThat(transaction.<byte[]>read(same -> same.get(key("a")).join())).isEqualTo(bytes("1"));
    assertThat(transaction.snapshot().readAsync(same -> same.get(key("a"))).join())
        .isEqualTo(bytes("1"));
    assertThatThrownBy(
            () ->
                transaction.run(
                    same -> {
                      throw new FDBException("again", 1020);
                    }))
        .isInstanceOf(FDBException.class);
    assertFails(
        1020,
        () ->
            transaction
                .runAsync(
                    same -> {
                      throw new FDBException("again", 1020);
                    })
                .join());
    assertThat(tries).hasValue(1);
    assertThat(get("a")).as("not committed").isNull();
  }

  @Test
  void loopUsesTheExecutorItIsGiven() {
    ExecutorService mine = Executors.newFixedThreadPool(2, task -> new Thread(task, "mine"));
    try {
      CompletableFuture<String> thread = new CompletableFuture<>();
      database()
          .runAsync(
              transaction -> {
                assertThat(transaction.getExecutor()).isSameAs(mine);
                transaction.set(key("a"), bytes("1"));
                return AsyncUtil.DONE;
              },
              mine)
          .join();
      database().run(transaction -> thread.complete("ran"), mine);
      assertThat(thread).isCompletedWithValue("ran");
    } finally {
      mine.shutdownNow();
    }
  }

  @Test
  void watchOutlivesItsLoop() {
    CompletableFuture<Void> watch = database().run(transaction -> transaction.watch(key("a")));
    assertThat(watch).isNotDone();
    put("a", "1");
    watch.join();
  }
}
