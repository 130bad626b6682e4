package io.caisson.model.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.fdb.embedded.fault.FaultKind;
import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.model.TestStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionRunnerTest {
  private static final byte[] ONE =
      ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(1).array();

  private TestStore store;
  private byte[] counter;

  TransactionRunnerTest(@TempDir Path directory) {
    store = new TestStore(directory);
    counter = store.keyspace().rows().pack("counter");
  }

  @BeforeEach
  void startFromNothing() {
    assertThat(count()).isZero();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private long count() {
    byte[] value = store.runner().read(tr -> get(tr, counter));
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static byte[] get(ReadTransaction transaction, byte[] key) {
    byte[] value = transaction.get(key).join();
    return value == null ? new byte[8] : value;
  }

  private String increment(Transaction transaction) {
    transaction.mutate(MutationType.ADD, counter, ONE);
    return "done";
  }

  @Test
  void aCommitThatHappenedUnnoticedIsNotRepeated() {
    var unsure = new UnsureDatabase(store.database());
    try (var runner = store.runner(unsure.database())) {
      for (int i = 1; i <= 3; i++) {
        unsure.forgetCommits(1, true);
        Committed<String> committed = runner.commit(this::increment);
        assertThat(committed.value()).isEqualTo("done");
        assertThat(committed.version()).isPositive();
        assertThat(committed.version())
            .isLessThanOrEqualTo(store.runner().read(tr -> tr.getReadVersion().join()));
        assertThat(count()).isEqualTo(i);
      }
    }
  }

  @Test
  void aCommitThatDidNotHappenIsRepeated() {
    var unsure = new UnsureDatabase(store.database());
    try (var runner = store.runner(unsure.database())) {
      runner.run(this::increment);
      unsure.forgetCommits(3, false);
      runner.run(this::increment);
      assertThat(count()).isEqualTo(2);
    }
  }

  @Test
  void theVersionIsTheCommitsOwn() {
    long before = store.runner().read(tr -> tr.getReadVersion().join());
    long version = store.runner().commit(this::increment).version();
    long after = store.runner().read(tr -> tr.getReadVersion().join());
    assertThat(version).isGreaterThan(before).isLessThanOrEqualTo(after);
  }

  @Test
  void conflictingTransactionsAllHappenOnce() throws Exception {
    var running = new ArrayList<Future<?>>();
    var pool = java.util.concurrent.Executors.newFixedThreadPool(4);
    for (int thread = 0; thread < 4; thread++) {
      running.add(
          pool.submit(
              () -> {
                for (int i = 0; i < 50; i++) {
                  store.runner().run(this::readAndIncrement);
                }
              }));
    }
    for (Future<?> future : running) {
      future.get();
    }
    pool.shutdown();
    assertThat(count()).isEqualTo(200);
  }

  private boolean readAndIncrement(Transaction transaction) {
    long value =
        ByteBuffer.wrap(get(transaction, counter)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    transaction.set(
        counter, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value + 1).array());
    return true;
  }

  @Test
  void markersAreUsedAgainAndClearedInTheEnd() {
    try (var runner = store.runner(store.database())) {
      for (int i = 0; i < 20; i++) {
        runner.run(this::increment);
      }
      assertThat(markers()).isEqualTo(1);
    }
    assertThat(markers()).isZero();
  }

  @Test
  void theMarkersAreClearedThoughTheStoreFailsNowAndThen() {
    var runner = store.runner(store.database());
    runner.run(this::increment);
    store.faults(FaultPlan.none().withSeed(1).with(FaultKind.COMMIT_PROXY_FULL, 0.8));
    runner.close();
    store.faults(FaultPlan.none());
    assertThat(markers()).isZero();
  }

  private int markers() {
    return store
        .runner()
        .read(tr -> tr.getRange(store.keyspace().markers().range()).asList().join().size());
  }

  @Test
  void errorsOfTheBodyLeaveNothingBehind() {
    var attempts = new AtomicInteger();
    assertThatThrownBy(
            () ->
                store
                    .runner()
                    .run(
                        tr -> {
                          attempts.incrementAndGet();
                          increment(tr);
                          throw new CaissonException(SqlState.UNIQUE_VIOLATION, "no");
                        }))
        .isInstanceOf(CaissonException.class)
        .hasMessage("no");
    assertThat(attempts).hasValue(1);
    assertThat(count()).isZero();
  }

  @Test
  void limitsOfTheStoreAreErrorsInOurWords() {
    byte[] key = store.keyspace().rows().pack("large");
    assertThatThrownBy(() -> store.runner().run(tr -> set(tr, key, new byte[100_001])))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> {
              assertThat(e.state()).isEqualTo(SqlState.ROW_TOO_LARGE);
              assertThat(e.hint()).isNotNull();
            });
    assertThatThrownBy(() -> store.runner().run(tr -> set(tr, new byte[10_001], new byte[1])))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.ROW_TOO_LARGE));
    assertThatThrownBy(() -> store.runner().run(this::writeTooMuch))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.TRANSACTION_TOO_LARGE));
  }

  private static boolean set(Transaction transaction, byte[] key, byte[] value) {
    transaction.set(key, value);
    return true;
  }

  private boolean writeTooMuch(Transaction transaction) {
    for (int i = 0; i < 110; i++) {
      transaction.set(store.keyspace().rows().pack(i), new byte[100_000]);
    }
    return true;
  }
}
