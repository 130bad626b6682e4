package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.littleEndian;
import static io.caisson.fdb.embedded.conformance.Bytes.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The anomalies of weaker databases, by their names: none of them is possible. */
final class IsolationTest extends ConformanceTest {
  private void set(Transaction transaction, String name, String value) {
    transaction.set(key(name), bytes(value));
  }

  private static boolean commits(Transaction transaction) {
    return transaction.commit().handle((done, failure) -> failure == null).join();
  }

  @Test
  void dirtyWrite() {
    Transaction first = begin();
    Transaction second = begin();
    set(first, "x", "1");
    set(second, "x", "2");
    set(second, "y", "2");
    set(first, "y", "1");
    second.commit().join();
    first.commit().join();
    assertThat(get("x")).isEqualTo(get("y")).isEqualTo("1");
  }

  @Test
  void dirtyRead() {
    Transaction writer = begin();
    set(writer, "x", "1");
    assertThat(get("x")).isNull();
    writer.cancel();
    assertThat(get("x")).isNull();
  }

  @Test
  void nonRepeatableRead() {
    put("x", "1");
    Transaction reader = begin();
    assertThat(get(reader, "x")).isEqualTo("1");
    put("x", "2");
    assertThat(get(reader, "x")).isEqualTo("1");
    assertThat(Bytes.values(range(reader, "x", "y"))).containsExactly("1");
  }

  @Test
  void lostUpdate() {
    put("x", "1");
    Transaction first = begin();
    Transaction second = begin();
    set(first, "x", get(first, "x") + "a");
    set(second, "x", get(second, "x") + "b");
    assertThat(commits(first)).isTrue();
    assertThat(commits(second)).isFalse();
    assertThat(get("x")).isEqualTo("1a");
  }

  @Test
  void readSkew() {
    put("x", "50");
    put("y", "50");
    Transaction reader = begin();
    assertThat(get(reader, "x")).isEqualTo("50");
    commit(
        transfer -> {
          set(transfer, "x", "25");
          set(transfer, "y", "75");
        });
    assertThat(get(reader, "y")).isEqualTo("50");
  }

  @Test
  void writeSkew() {
    put("alice on call", "yes");
    put("bob on call", "yes");
    Transaction alice = begin();
    Transaction bob = begin();
    assertThat(range(alice, "a", "z")).hasSize(2);
    assertThat(range(bob, "a", "z")).hasSize(2);
    alice.clear(key("alice on call"));
    bob.clear(key("bob on call"));
    assertThat(commits(alice)).isTrue();
    assertThat(commits(bob)).isFalse();
    assertThat(get("bob on call")).isEqualTo("yes");
  }

  @Test
  void writeSkewOfAbsentKeys() {
    Transaction first = begin();
    Transaction second = begin();
    assertThat(get(first, "x")).isNull();
    assertThat(get(second, "y")).isNull();
    set(first, "y", "1");
    set(second, "x", "1");
    assertThat(commits(first)).isTrue();
    assertThat(commits(second)).isFalse();
  }

  @Test
  void phantom() {
    Transaction first = begin();
    Transaction second = begin();
    assertThat(range(first, "room/", "room0")).isEmpty();
    assertThat(range(second, "room/", "room0")).isEmpty();
    set(first, "room/9:00", "first");
    set(second, "room/9:30", "second");
    assertThat(commits(second)).isTrue();
    assertThat(commits(first)).isFalse();
    assertThat(names(database().read(read -> range(read, "room/", "room0"))))
        .containsExactly("room/9:30");
  }

  /** The only anomaly of snapshot isolation that needs a reader. */
  @Test
  void readOnlyAnomaly() {
    put("checking", "0");
    put("saving", "0");
    Transaction withdrawal = begin();
    get(withdrawal, "checking");
    get(withdrawal, "saving");
    commit(
        deposit -> {
          get(deposit, "saving");
          set(deposit, "saving", "20");
        });
    Transaction report = begin();
    assertThat(get(report, "saving")).isEqualTo("20");
    assertThat(get(report, "checking")).isEqualTo("0");
    report.commit().join();
    set(withdrawal, "checking", "-11");
    assertThat(commits(withdrawal)).isFalse();
  }

  /** Two writers of two keys; readers must agree on which of them was first. */
  @Test
  void longFork() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      for (int round = 0; round < 40; round++) {
        String x = "x" + round;
        String y = "y" + round;
        List<Future<String>> readers = new ArrayList<>();
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          readers.add(threads.submit(() -> see(x, y)));
        }
        writers.add(threads.submit(() -> put(x, "1")));
        writers.add(threads.submit(() -> put(y, "1")));
        List<String> seen = new ArrayList<>();
        for (Future<String> reader : readers) {
          seen.add(reader.get());
        }
        for (Future<?> writer : writers) {
          writer.get();
        }
        assertThat(seen.contains("x-") && seen.contains("-y")).as("%s", seen).isFalse();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Which of the two are there, both read at one version. */
  private String see(String x, String y) {
    return database()
        .read(
            read -> {
              CompletableFuture<byte[]> first = read.get(key(x));
              CompletableFuture<byte[]> second = read.get(key(y));
              return (first.join() == null ? "-" : "x") + (second.join() == null ? "-" : "y");
            });
  }

  @Test
  void commitsAreSeenInTheOrderOfTheClock() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean stop = new AtomicBoolean();
    commit(transaction -> transaction.set(key("n"), littleEndian(0, 8)));
    try {
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(threads.submit(() -> readUntil(stop)));
      }
      long written = 0;
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(600);
      while (System.nanoTime() < end) {
        long next = ++written;
        commit(transaction -> transaction.set(key("n"), littleEndian(next, 8)));
        long seen = database().read(read -> number(read.get(key("n")).join()));
        assertThat(seen).isEqualTo(next);
      }
      stop.set(true);
      for (Future<Long> reader : readers) {
        assertThat(reader.get()).isLessThanOrEqualTo(written);
      }
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
  }

  private long readUntil(AtomicBoolean stop) {
    long last = 0;
    while (!stop.get()) {
      long seen = database().read(read -> number(read.get(key("n")).join()));
      assertThat(seen).isGreaterThanOrEqualTo(last);
      last = seen;
    }
    return last;
  }

  @Test
  void sumOfTransfersStaysTheSame() throws Exception {
    int accounts = 10;
    commit(
        transaction -> {
          for (int i = 0; i < accounts; i++) {
            transaction.set(key("account" + i), littleEndian(100, 8));
          }
        });
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int worker = 0; worker < 6; worker++) {
        int number = worker;
        workers.add(threads.submit(() -> transfer(number, accounts)));
      }
      for (int i = 0; i < 60; i++) {
        assertThat(sum()).isEqualTo(100L * accounts);
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
      assertThat(sum()).isEqualTo(100L * accounts);
    } finally {
      threads.shutdownNow();
    }
  }

  private void transfer(int worker, int accounts) {
    for (int i = 0; i < 40; i++) {
      byte[] from = key("account" + (worker + i) % accounts);
      byte[] to = key("account" + (worker * 3 + i * 7 + 1) % accounts);
      commit(
          transaction -> {
            long taken = number(transaction.get(from).join()) - 1;
            transaction.set(from, littleEndian(taken, 8));
            long given = number(transaction.get(to).join()) + 1;
            transaction.set(to, littleEndian(given, 8));
          });
    }
  }

  private long sum() {
    return database()
        .read(
            read ->
                range(read, "account", "accounu").stream()
                    .mapToLong(row -> number(row.getValue()))
                    .sum());
  }
}
