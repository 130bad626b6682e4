package io.caisson.fdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.Transaction;
import io.caisson.fdb.embedded.fault.FaultKind;
import io.caisson.fdb.embedded.fault.FaultPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Faults come as planned, and break no promise. */
final class FaultInjectionTest {
  private static final EmbeddedOptions MEMORY =
      EmbeddedOptions.defaults().withDurability(Durability.MEMORY);

  private static FaultPlan quick(FaultPlan plan) {
    return plan.withLongestDelay(Duration.ofMillis(1));
  }

  private static int codeOf(CompletableFuture<?> future) {
    try {
      future.join();
      return 0;
    } catch (CompletionException failure) {
      return failure.getCause() instanceof FDBException known ? known.getCode() : -1;
    }
  }

  @Test
  void everyKindComesAndNothingAcknowledgedIsLost() {
    try (StoreUnderTest store =
        new StoreUnderTest(MEMORY.withFaults(quick(FaultPlan.everywhere(5, 0.05))))) {
      for (int i = 0; i < 300; i++) {
        byte[] key = store.key(i);
        store
            .database()
            .run(
                transaction -> {
                  transaction.options().setMaxRetryDelay(1);
                  transaction.get(key).join();
                  transaction.set(key, new byte[] {1});
                  return transaction.watch(key);
                });
      }
      assertThat(store.embedded().metrics().faults()).containsOnlyKeys(FaultKind.values());
      store.embedded().faults(FaultPlan.none());
      assertThat(
              store
                  .database()
                  .<Integer>read(
                      read -> read.getRange(store.subspace().range()).asList().join().size()))
          .isEqualTo(300);
    }
  }

  @Test
  void aSlowDiskHoldsBackEachBatchAndNothingElse() {
    FaultPlan slow = quick(FaultPlan.none().with(FaultKind.DISK_DELAYED, 1));
    try (StoreUnderTest store = new StoreUnderTest(MEMORY.withFaults(slow))) {
      for (int i = 0; i < 10; i++) {
        byte[] key = store.key(i);
        store
            .database()
            .<Boolean>run(
                transaction -> {
                  transaction.set(key, key);
                  return true;
                });
      }
      assertThat(store.embedded().metrics().faults()).containsEntry(FaultKind.DISK_DELAYED, 10L);
      assertThat(store.database().<byte[]>read(read -> read.get(store.key(9)).join()))
          .isEqualTo(store.key(9));
    }
  }

  @Test
  void sameSeedGivesTheSameFaults() {
    assertThat(codes(9)).isEqualTo(codes(9)).contains(0).isNotEqualTo(codes(10));
  }

  private static List<Integer> codes(long seed) {
    List<Integer> codes = new ArrayList<>();
    try (StoreUnderTest store =
        new StoreUnderTest(MEMORY.withFaults(quick(FaultPlan.everywhere(seed, 0.1))))) {
      for (int i = 0; i < 100; i++) {
        try (Transaction transaction = store.database().createTransaction()) {
          codes.add(codeOf(transaction.get(store.key("a"))));
          transaction.set(store.key("a"), new byte[0]);
          codes.add(codeOf(transaction.commit()));
        }
      }
    }
    return codes;
  }

  @Test
  void unknownResultIsTheOneOrTheOther() {
    try (StoreUnderTest store = new StoreUnderTest(MEMORY)) {
      for (FaultKind kind :
          List.of(FaultKind.UNKNOWN_RESULT_COMMITTED, FaultKind.UNKNOWN_RESULT_LOST)) {
        store.embedded().faults(FaultPlan.none().with(kind, 1));
        byte[] key = store.key(kind.name());
        try (Transaction transaction = store.database().createTransaction()) {
          transaction.set(key, new byte[] {1});
          assertThat(codeOf(transaction.commit())).isEqualTo(1021);
        }
        store.embedded().faults(FaultPlan.none());
        byte[] found = store.database().read(read -> read.get(key).join());
        assertThat(found != null).isEqualTo(kind == FaultKind.UNKNOWN_RESULT_COMMITTED);
      }
      assertThat(store.embedded().metrics().faults())
          .containsEntry(FaultKind.UNKNOWN_RESULT_LOST, 1L);
    }
  }

  @Test
  void idempotentCommitFindsOutWhatBecameOfIt() {
    try (StoreUnderTest store = new StoreUnderTest(MEMORY)) {
      store.embedded().faults(FaultPlan.none().with(FaultKind.UNKNOWN_RESULT_COMMITTED, 1));
      try (Transaction transaction = store.database().createTransaction()) {
        transaction.options().setAutomaticIdempotency();
        transaction.set(store.key("a"), new byte[] {1});
        transaction.commit().join();
      }
    }
  }

  @Test
  void planIsReadFromText() {
    FaultPlan plan = FaultPlan.parse("17, 0.25");
    assertThat(plan.seed()).isEqualTo(17);
    assertThat(plan.rate(FaultKind.NOT_COMMITTED)).isEqualTo(0.25);
    assertThat(FaultPlan.ofEnvironment().isEmpty())
        .isEqualTo(System.getProperty(FaultPlan.PROPERTY) == null);
    assertThatThrownBy(() -> FaultPlan.parse("17")).hasMessageContaining("seed,rate");
    assertThatThrownBy(() -> FaultPlan.parse("17,2")).hasMessageContaining("from 0 to 1");
  }
}
