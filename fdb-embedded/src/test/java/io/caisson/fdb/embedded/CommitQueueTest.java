package io.caisson.fdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.fdb.embedded.history.KeyRanges;
import io.caisson.fdb.embedded.write.WriteOverlay;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is lost on the way to the committing thread, or taken twice, or out of order. */
@Timeout(60)
final class CommitQueueTest {
  private static final long SOON = TimeUnit.SECONDS.toNanos(30);

  private final CommitQueue queue = new CommitQueue();
  private final Deque<CommitRequest> taken = new ArrayDeque<>();

  /** A request that is known by its read version. */
  private static CommitRequest request(long name) {
    return new CommitRequest(
        new WriteOverlay(),
        new byte[0][],
        new KeyRanges(),
        name,
        0,
        false,
        Runnable::run,
        new CompletableFuture<>());
  }

  @Test
  void whatIsAddedIsTakenInItsOrder() {
    for (int i = 0; i < 3; i++) {
      queue.add(request(i));
    }
    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.takeAll(taken)).isTrue();
    queue.add(request(3));
    assertThat(queue.takeAll(taken)).isTrue();
    assertThat(queue.takeAll(taken)).isTrue();
    assertThat(taken).extracting(CommitRequest::readVersion).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void closedQueueGivesWhatItHadAndTakesNothing() {
    queue.add(request(0));
    queue.close();
    queue.close();
    assertThatThrownBy(() -> queue.add(request(1))).isInstanceOf(IllegalStateException.class);
    assertThat(queue.await(5, SOON)).isTrue();
    assertThat(queue.takeAll(taken)).isFalse();
    assertThat(queue.takeAll(taken)).isFalse();
    assertThatThrownBy(() -> queue.add(request(1))).isInstanceOf(IllegalStateException.class);
    assertThat(taken).extracting(CommitRequest::readVersion).containsExactly(0L);
  }

  @Test
  void waitingEndsWithTheNumberWithTheTimeOrWithTheQueue() throws Exception {
    assertThat(queue.await(1, 1_000_000)).isFalse();
    for (int count = 1; count <= 3; count++) {
      int awaited = count;
      CompletableFuture<Boolean> done = new CompletableFuture<>();
      Thread taker = new Thread(() -> done.complete(queue.await(awaited, SOON)));
      queue.takenBy(taker);
      taker.start();
      for (int i = 0; i < count; i++) {
        assertThat(done).isNotDone();
        TimeUnit.MILLISECONDS.sleep(20);
        queue.add(request(i));
      }
      assertThat(done.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(queue.takeAll(taken)).isTrue();
    }
  }

  @Test
  void manyThreadsLoseNothing() throws Exception {
    int threads = 8;
    int each = 20_000;
    queue.takenBy(Thread.currentThread());
    Thread[] adders = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      long first = (long) i * each;
      adders[i] =
          new Thread(
              () -> {
                for (int j = 0; j < each; j++) {
                  queue.add(request(first + j));
                }
              });
      adders[i].start();
    }
    while (taken.size() < threads * each) {
      assertThat(queue.await(1, SOON)).isTrue();
      assertThat(queue.takeAll(taken)).isTrue();
    }
    long[] next = new long[threads];
    for (CommitRequest request : taken) {
      int adder = (int) (request.readVersion() / each);
      assertThat(request.readVersion() % each).isEqualTo(next[adder]++);
    }
    for (Thread adder : adders) {
      adder.join();
    }
  }
}
