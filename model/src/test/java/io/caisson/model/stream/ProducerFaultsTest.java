package io.caisson.model.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.LongColumn;
import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.model.TestStore;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Producers on a store that refuses commits, or does not say whether they happened: what they
 * append is there once, whatever they try again.
 */
class ProducerFaultsTest {
  private static final long SEED = Long.getLong("caisson.seed", 44);
  private static final double FAULTS = 0.08;

  private final TestStore store;
  private final StreamLog log;
  private final StreamDefinition stream =
      new StreamDefinition(
          1,
          "s",
          List.of(new ColumnDefinition("id", SqlType.of(TypeKind.BIGINT))),
          null,
          List.of(),
          3,
          Map.of());

  ProducerFaultsTest(@TempDir Path directory) {
    store = new TestStore(directory);
    log = new StreamLog(store.keyspace());
  }

  @AfterEach
  void close() {
    store.faults(FaultPlan.none());
    store.close();
  }

  private static Columns row(long id) {
    var builder = new ColumnsBuilder(List.of(SqlType.of(TypeKind.BIGINT)));
    builder.column(0).addLong(id);
    return builder.build();
  }

  private boolean append(String producer, long sequence, long id) {
    return !store
        .runner()
        .run(tr -> log.append(tr, stream, row(id), new Producer(producer, sequence)))
        .duplicate();
  }

  private List<Long> ids() {
    var ids = new ArrayList<Long>();
    LogPage page =
        store
            .runner()
            .read(
                tr ->
                    new LogReader(store.keyspace())
                        .read(tr, stream, LogPosition.START, Long.MAX_VALUE, 1 << 24));
    for (LogBlock block : page.blocks()) {
      LongColumn column = (LongColumn) block.column(0);
      for (int row = 0; row < block.rows(); row++) {
        ids.add(column.value(row));
      }
    }
    return ids;
  }

  @Test
  void everyAppendIsThereOnceInTheProducersOrder() {
    System.out.println("seed " + SEED);
    var random = new SplittableRandom(SEED);
    store.faults(FaultPlan.everywhere(SEED, FAULTS).withLongestDelay(Duration.ofMillis(1)));
    var lasts = new HashMap<Integer, Long>();
    var expected = new ArrayList<Long>();
    for (int i = 0; i < 300; i++) {
      int producer = random.nextInt(3);
      long last = lasts.getOrDefault(producer, -1L);
      // New ones with gaps, the last one again, and ones from long before.
      long sequence = last + random.nextInt(5) - 2;
      boolean isNew = append("p" + producer, sequence, i);
      assertThat(isNew)
          .as("sequence %d after %d", sequence, last)
          .isEqualTo(!lasts.containsKey(producer) || sequence > last);
      if (isNew) {
        lasts.put(producer, sequence);
        expected.add((long) i);
      }
    }
    store.faults(FaultPlan.none());
    assertThat(ids()).isEqualTo(expected);
  }
}
