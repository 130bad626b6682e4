package io.caisson.model.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.ColumnsBuilder;
import io.caisson.model.TestStore;
import io.caisson.time.Clock;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickStoreTest {
  private static final long SECOND = 1_000_000;
  private static final long BEGIN = 1_700_000_000 * SECOND;

  private final TestStore store;
  private final ManualClock clock = new ManualClock();
  private final TickStore ticks;
  private final StreamLog log;
  private final StreamDefinition stream =
      new StreamDefinition(
          1,
          "s",
          List.of(new ColumnDefinition("id", SqlType.of(TypeKind.BIGINT))),
          null,
          List.of(),
          1,
          Map.of());

  /** A clock that says what it was told. */
  private static final class ManualClock implements Clock {
    private long micros = BEGIN;

    @Override
    public long wallMicros() {
      return micros;
    }

    @Override
    public long monotonicNanos() {
      return micros * 1_000;
    }
  }

  TickStoreTest(@TempDir Path directory) {
    store = new TestStore(directory);
    ticks = new TickStore(store.keyspace(), clock);
    log = new StreamLog(store.keyspace(), ticks);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private long append() {
    var builder = new ColumnsBuilder(List.of(SqlType.of(TypeKind.BIGINT)));
    builder.column(0).addLong(1);
    return store.runner().commit(tr -> log.append(tr, stream, builder.build())).version();
  }

  private long timeOf(long version) {
    return store.runner().read(tr -> ticks.timeOf(tr, version).orElse(-1));
  }

  private long versionAt(long time) {
    return store.runner().read(tr -> ticks.versionAt(tr, time));
  }

  @Test
  void beforeTheFirstTickThereIsNoTime() {
    assertThat(timeOf(5)).isEqualTo(-1);
    assertThat(versionAt(BEGIN)).isEqualTo(-1);
    append();
    assertThat(versionAt(BEGIN - 1)).isEqualTo(-1);
  }

  @Test
  void aCommitIsAsOldAsTheClockSaidWithinTenSeconds() {
    var commits = new TreeMap<Long, Long>();
    for (int i = 0; i < 50; i++) {
      commits.put(append(), clock.micros);
      clock.micros += (i % 7) * (3 * SECOND);
    }
    commits.forEach(
        (version, time) ->
            assertThat(timeOf(version)).isBetween(time - 10 * SECOND, time + SECOND));
    for (long time = BEGIN; time < clock.micros; time += SECOND / 2) {
      long version = versionAt(time);
      if (commits.floorKey(version) != null) {
        assertThat(timeOf(commits.floorKey(version))).isLessThanOrEqualTo(time);
      }
      if (commits.higherKey(version) != null) {
        assertThat(timeOf(commits.higherKey(version))).isGreaterThan(time);
      }
    }
    assertThat(versionAt(clock.micros + 3_600 * SECOND)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theTimeOfAVersionNeverChanges() {
    long version = append();
    long time = timeOf(version);
    clock.micros += 3_600 * SECOND;
    append();
    clock.micros -= 7_200 * SECOND;
    append();
    assertThat(timeOf(version)).isEqualTo(time);
  }
}
