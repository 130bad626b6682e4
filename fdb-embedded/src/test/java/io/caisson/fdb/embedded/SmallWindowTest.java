package io.caisson.fdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.fdb.embedded.conformance.ModelRun;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model check where the map must grow and the window of the last commits has no room. */
final class SmallWindowTest {
  @ParameterizedTest
  @EnumSource(
      value = Durability.class,
      names = {"MEMORY", "RELAXED"})
  void historiesStayCorrectWhenTheMapGrowsAndTheWindowIsSmall(Durability durability) {
    long seed = Long.getLong("caisson.seed", System.nanoTime());
    System.out.println("Small window, first seed " + seed);
    EmbeddedOptions options =
        EmbeddedOptions.defaults()
            .withDurability(durability)
            .withInitialMapBytes(1 << 20)
            .withHistoryBytes(20_000);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    int committed = 0;
    try (StoreUnderTest store = new StoreUnderTest(options)) {
      for (int run = 0; run < 60; run++) {
        committed += new ModelRun(store.database(), seed + run, true).check(threads, true, 8, 12);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(committed).isPositive();
  }
}
