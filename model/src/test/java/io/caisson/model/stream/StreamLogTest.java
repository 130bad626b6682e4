package io.caisson.model.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.LongColumn;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.RandomRows;
import io.caisson.model.TestStore;
import io.caisson.model.statistics.Counts;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamLogTest {
  private static final List<SqlType> TYPES =
      List.of(
          SqlType.of(TypeKind.BIGINT).withNullable(false),
          SqlType.of(TypeKind.TEXT),
          SqlType.of(TypeKind.DOUBLE));
  private static final int LARGE = 1 << 20;

  private final TestStore store;
  private final StreamLog log;
  private final LogReader reader;
  private long nextValue;

  StreamLogTest(@TempDir Path directory) {
    store = new TestStore(directory);
    log = new StreamLog(store.keyspace());
    reader = new LogReader(store.keyspace());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static StreamDefinition stream(long id, int shards, Integer... partitionBy) {
    var columns = new ArrayList<ColumnDefinition>();
    for (int i = 0; i < TYPES.size(); i++) {
      columns.add(new ColumnDefinition("c" + i, TYPES.get(i)));
    }
    return new StreamDefinition(
        id, "s" + id, columns, null, List.of(partitionBy), shards, Map.of());
  }

  /** Rows with growing numbers and text of a length that does not compress away. */
  private Columns rows(int count, int textLength) {
    var builder = new ColumnsBuilder(TYPES);
    var random = new java.util.SplittableRandom(nextValue);
    byte[] text = new byte[textLength];
    for (int i = 0; i < count; i++) {
      builder.column(0).addLong(nextValue++);
      random.nextBytes(text);
      builder.column(1).addBytes(text, 0, textLength);
      builder.column(2).addNull();
    }
    return builder.build();
  }

  private long append(StreamDefinition stream, Columns rows) {
    return store.runner().commit(tr -> log.append(tr, stream, rows)).version();
  }

  private LogPage read(StreamDefinition stream, LogPosition after, long through, int budget) {
    return store.runner().read(tr -> reader.read(tr, stream, after, through, budget));
  }

  private List<LogBlock> readAll(StreamDefinition stream, int budget) {
    var blocks = new ArrayList<LogBlock>();
    LogPosition position = LogPosition.START;
    long end = store.runner().read(tr -> tr.getReadVersion().join());
    while (position.compareTo(LogPosition.endOf(end)) < 0) {
      LogPage page = read(stream, position, end, budget);
      assertThat(page.position()).isGreaterThan(position);
      blocks.addAll(page.blocks());
      position = page.position();
    }
    assertThat(blocks.stream().map(LogBlock::position)).isSorted().doesNotHaveDuplicates();
    return blocks;
  }

  private static List<Long> values(List<LogBlock> blocks) {
    var values = new ArrayList<Long>();
    for (LogBlock block : blocks) {
      LongColumn column = (LongColumn) block.column(0);
      for (int row = 0; row < column.size(); row++) {
        values.add(column.value(row));
      }
    }
    return values;
  }

  private static List<Long> upTo(long end) {
    return java.util.stream.LongStream.range(0, end).boxed().toList();
  }

  @Test
  void rowsComeBackInTheOrderOfTheirAppends() {
    StreamDefinition stream = stream(1, 1);
    append(stream, rows(100, 10));
    append(stream, rows(1, 0));
    store
        .runner()
        .run(
            tr -> {
              log.append(tr, stream, rows(10, 10));
              // Another log of the same database, in the same transaction.
              return new StreamLog(store.keyspace()).append(tr, stream, rows(5000, 100));
            });
    List<LogBlock> blocks = readAll(stream, LARGE);
    assertThat(values(blocks)).isEqualTo(upTo(5111));
    assertThat(blocks).allMatch(block -> block.byteSize() <= BlockCutter.FULL_BLOCK);
    assertThat(blocks.get(3).version()).isEqualTo(blocks.get(2).version());
  }

  @Test
  void everyBudgetGivesTheSameStreamWithoutCuttingSmallVersions() {
    StreamDefinition stream = stream(1, 3);
    var versions = new ArrayList<Long>();
    for (int i = 0; i < 20; i++) {
      versions.add(append(stream, rows(i == 7 ? 3000 : 50, 100)));
    }
    List<Long> all = values(readAll(stream, 100 * LARGE));
    assertThat(all).isEqualTo(upTo(nextValue));
    for (int budget : new int[] {1, 10_000, 30_000, 70_000, 200_000}) {
      assertThat(values(readAll(stream, budget))).isEqualTo(all);
    }
    LogPage first = read(stream, LogPosition.START, Long.MAX_VALUE, 20_000);
    assertThat(first.position().endsVersion()).isTrue();
    assertThat(first.throughVersion()).isGreaterThanOrEqualTo(versions.get(0));
    LogPage within = read(stream, LogPosition.endOf(versions.get(6)), Long.MAX_VALUE, 70_000);
    assertThat(within.position().endsVersion()).isFalse();
    assertThat(within.throughVersion()).isEqualTo(versions.get(7) - 1);
  }

  @Test
  void aRangeOfVersionsIsReadExactly() {
    StreamDefinition stream = stream(1, 4, 0);
    var versions = new ArrayList<Long>();
    for (int i = 0; i < 10; i++) {
      versions.add(append(stream, rows(10, 5)));
    }
    LogPage page =
        store.runner().read(tr -> reader.read(tr, stream, versions.get(2), versions.get(5), LARGE));
    assertThat(page.rows()).isEqualTo(30);
    assertThat(page.throughVersion()).isEqualTo(versions.get(5));
    assertThat(values(page.blocks())).allMatch(value -> value >= 30 && value < 60);
    LogPage nothing =
        store.runner().read(tr -> reader.read(tr, stream, versions.get(9), Long.MAX_VALUE, 1));
    assertThat(nothing.rows()).isZero();
    assertThat(nothing.throughVersion())
        .isGreaterThanOrEqualTo(versions.get(9))
        .isLessThan(Long.MAX_VALUE);
  }

  @Test
  void aKeyAlwaysGoesToTheSameShardAndKeepsItsOrderThere() {
    StreamDefinition stream = stream(1, 4, 1);
    var random = new RandomRows(11);
    for (int i = 0; i < 30; i++) {
      var builder = new ColumnsBuilder(TYPES);
      for (int row = 0; row < 50; row++) {
        builder.column(0).addLong(nextValue++);
        int key = random.random().nextInt(10);
        if (key == 0) {
          builder.column(1).addNull();
        } else {
          builder.column(1).addText("key" + key);
        }
        builder.column(2).addDouble(key);
      }
      append(stream, builder.build());
    }
    var shards = new java.util.HashMap<Object, Integer>();
    var lasts = new java.util.HashMap<Object, Long>();
    for (LogBlock block : readAll(stream, 5_000)) {
      for (List<@Nullable Object> row : RandomRows.texts(block.columns())) {
        String key = String.valueOf(row.get(1));
        assertThat(shards.merge(key, block.shard(), (old, now) -> old)).isEqualTo(block.shard());
        long value = (Long) java.util.Objects.requireNonNull(row.get(0));
        Long last = lasts.put(key, value);
        assertThat(last == null || last < value).isTrue();
      }
    }
    assertThat(shards).hasSize(10);
    assertThat(shards.values()).contains(0, 1, 2, 3);
    assertThat(values(readAll(stream, LARGE))).containsExactlyInAnyOrderElementsOf(upTo(1500));
  }

  @Test
  void whatAProducerAppendsTwiceIsThereOnce() {
    StreamDefinition stream = stream(1, 2);
    var producers = new ProducerStore(store.keyspace());
    Columns rows = rows(10, 5);
    var first = new Producer("loader", 7, new byte[] {1, 2});
    var results = new ArrayList<AppendResult>();
    for (Producer producer :
        List.of(first, first, new Producer("loader", 6), new Producer("other", 6))) {
      results.add(store.runner().run(tr -> log.append(tr, stream, rows, producer)));
    }
    assertThat(results.stream().map(AppendResult::duplicate))
        .containsExactly(false, true, true, false);
    assertThat(results.stream().map(AppendResult::rows)).containsExactly(10, 0, 0, 10);
    assertThat(readAll(stream, LARGE).stream().mapToInt(LogBlock::rows).sum()).isEqualTo(20);
    Producer last = store.runner().read(tr -> producers.last(tr, 1, "loader").orElseThrow());
    assertThat(last.sequence()).isEqualTo(7);
    assertThat(last.payload()).containsExactly(1, 2);
    int count = store.runner().read(tr -> producers.all(tr, 1).size());
    assertThat(count).isEqualTo(2);
  }

  @Test
  void badRowsAreRefusedWithTheirPlace() {
    StreamDefinition stream = stream(1, 1);
    var builder = new ColumnsBuilder(TYPES);
    for (int row = 0; row < 3; row++) {
      if (row == 2) {
        builder.column(0).addNull();
      } else {
        builder.column(0).addLong(1);
      }
      builder.column(1).addNull();
      builder.column(2).addNull();
    }
    assertFails(stream, builder.build(), SqlState.NOT_NULL_VIOLATION, "column \"c0\"", "row 3");
    assertFails(stream, rows(2, 120_000), SqlState.ROW_TOO_LARGE, "Row 1");
    assertFails(stream(2, 4, 0), lastIsLarge(), SqlState.ROW_TOO_LARGE, "Row 10 ");
    var narrow = new Columns(rows(1, 1).columns().subList(0, 2), 1);
    assertFails(stream, narrow, SqlState.DATATYPE_MISMATCH, "3 columns");
    var swapped = rows(1, 1);
    var mixed = new Columns(List.of(swapped.column(1), swapped.column(1), swapped.column(2)), 1);
    assertFails(stream, mixed, SqlState.DATATYPE_MISMATCH, "\"c0\"");
    assertThat(readAll(stream, LARGE)).isEmpty();
    append(stream, rows(1, 85_000));
    assertThat(readAll(stream, LARGE)).hasSize(1);
  }

  private static Columns lastIsLarge() {
    var builder = new ColumnsBuilder(TYPES);
    byte[] large = new byte[120_000];
    new java.util.SplittableRandom(71).nextBytes(large);
    for (int row = 0; row < 10; row++) {
      builder.column(0).addLong(row);
      builder.column(1).addBytes(large, 0, row == 9 ? large.length : 5);
      builder.column(2).addNull();
    }
    return builder.build();
  }

  private void assertFails(StreamDefinition stream, Columns rows, SqlState state, String... texts) {
    assertThatThrownBy(() -> append(stream, rows))
        .isInstanceOfSatisfying(CaissonException.class, e -> assertThat(e.state()).isEqualTo(state))
        .message()
        .contains(texts);
  }

  @Test
  void rowsBytesAndBlocksAreCounted() {
    StreamDefinition stream = stream(5, 3);
    var statistics = new StatisticsStore(store.keyspace());
    long bytes = 0;
    for (int i = 0; i < 10; i++) {
      Columns rows = rows(100, 10);
      bytes += store.runner().run(tr -> log.append(tr, stream, rows)).bytes();
    }
    Counts counts = store.runner().read(tr -> statistics.read(tr, 5));
    assertThat(counts).isEqualTo(new Counts(1000, bytes, 10));
    Counts none = store.runner().read(tr -> statistics.read(tr, 6));
    assertThat(none).isEqualTo(Counts.NONE);
  }

  @Test
  void aWatcherWakesWhenSomethingIsAppended() throws Exception {
    StreamDefinition stream = stream(1, 2);
    append(stream, rows(1, 1));
    var woken = store.runner().run(tr -> log.watch(tr, stream));
    append(stream(2, 1), rows(1, 1));
    assertThat(woken).isNotDone();
    append(stream, rows(1, 1));
    woken.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aDamagedBlockIsNamed() {
    StreamDefinition stream = stream(1, 1);
    append(stream, rows(10, 10));
    store
        .runner()
        .run(
            tr -> {
              var entry = tr.getRange(store.keyspace().log().range()).asList().join().get(0);
              byte[] damaged = entry.getValue();
              damaged[damaged.length / 2] ^= 1;
              tr.set(entry.getKey(), damaged);
              return true;
            });
    assertThatThrownBy(() -> readAll(stream, LARGE))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
        .hasMessageContaining("stream \"s1\", shard 0");
  }

  @Test
  void appendsDoNotConflictAndReadersSeeAPrefix() throws Exception {
    StreamDefinition stream = stream(1, 4);
    var pool = java.util.concurrent.Executors.newFixedThreadPool(3);
    var running = new ArrayList<java.util.concurrent.Future<?>>();
    for (int thread = 0; thread < 3; thread++) {
      long base = thread * 1_000L;
      running.add(pool.submit(() -> appendSingles(stream, base)));
    }
    var seen = new ArrayList<Long>();
    LogPosition position = LogPosition.START;
    while (seen.size() < 300) {
      LogPage page = read(stream, position, Long.MAX_VALUE, 500);
      seen.addAll(values(page.blocks()));
      position = page.position();
    }
    for (var future : running) {
      future.get();
    }
    pool.shutdown();
    assertThat(seen).isEqualTo(values(readAll(stream, LARGE)));
    for (int thread = 0; thread < 3; thread++) {
      long base = thread * 1_000L;
      assertThat(seen.stream().filter(v -> v >= base && v < base + 1000)).hasSize(100).isSorted();
    }
  }

  private void appendSingles(StreamDefinition stream, long base) {
    for (int i = 0; i < 100; i++) {
      var builder = new ColumnsBuilder(TYPES);
      builder.column(0).addLong(base + i);
      builder.column(1).addNull();
      builder.column(2).addNull();
      append(stream, builder.build());
    }
  }

  @Test
  void anyRowsComeBackThroughTheLog() {
    var random = new RandomRows(21);
    for (int round = 1; round <= 20; round++) {
      List<SqlType> types = random.types();
      var columns = new ArrayList<ColumnDefinition>();
      for (int i = 0; i < types.size(); i++) {
        columns.add(new ColumnDefinition("c" + i, types.get(i)));
      }
      var stream = new StreamDefinition(100 + round, "any", columns, null, List.of(), 2, Map.of());
      var expected = new ArrayList<List<@Nullable Object>>();
      for (int i = 0; i < 5; i++) {
        Columns rows = random.rows(types, random.random().nextInt(300));
        append(stream, rows);
        expected.addAll(RandomRows.texts(rows));
      }
      var actual = new ArrayList<List<@Nullable Object>>();
      readAll(stream, 3_000).forEach(block -> actual.addAll(RandomRows.texts(block.columns())));
      assertThat(actual).isEqualTo(expected);
    }
  }
}
