package io.caisson.model.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.catalog.AddedColumn;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.LongColumn;
import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.model.TestStore;
import io.caisson.model.statistics.Counts;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lives of a stream: appends of one row and of many, over several shards, packing, trimming,
 * columns that come later, on stores that fail now and then; whoever reads from wherever, up to
 * whichever version and in pieces of any size, sees every row that is kept exactly once and in
 * order. {@code -Dcaisson.seed=} repeats a life.
 */
class StreamLifePropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 7_000);
  private static final int LIVES = System.getProperty("caisson.seed") == null ? 30 : 1;

  @TestFactory
  Stream<DynamicTest> everyReaderSeesEveryRowOnceAndInOrder(@TempDir Path directory) {
    return LongStream.range(SEED, SEED + LIVES)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed,
                    () -> {
                      try (var life = new Life(directory.resolve("life" + seed), seed)) {
                        life.live();
                      }
                    }));
  }

  /** A row as it was first seen: what it holds, and where it lies. */
  private record SeenRow(long id, long extra, LogPosition position, int shard) {}

  private static final class Life implements AutoCloseable {
    private static final int STEPS = 60;
    private static final int[] ROWS = {1, 1, 1, 1, 3, 40, 2_000};
    private static final int[] BUDGETS = {1, 500, 20_000, 1 << 20};
    private static final long UNPACKED = 2;

    private final SplittableRandom random;
    private final TestStore store;
    private final StreamLog log;
    private final LogReader reader;
    private final StreamPacker packer;
    private final StreamTrimmer trimmer;
    private final BoundsStore bounds;
    private final List<SeenRow> seen = new ArrayList<>();
    private LogPosition known = LogPosition.START;
    private StreamDefinition stream;
    private long nextId;

    Life(Path directory, long seed) {
      random = new SplittableRandom(seed);
      store = new TestStore(directory);
      log = new StreamLog(store.keyspace());
      reader = new LogReader(store.keyspace(), UNPACKED);
      packer = new StreamPacker(store.keyspace(), UNPACKED);
      trimmer = new StreamTrimmer(store.keyspace());
      bounds = new BoundsStore(store.keyspace());
      List<Integer> partitionBy = random.nextBoolean() ? List.of() : List.of(1);
      stream =
          new StreamDefinition(
              1,
              "s",
              List.of(
                  new ColumnDefinition("id", SqlType.of(TypeKind.BIGINT)),
                  new ColumnDefinition("key", SqlType.of(TypeKind.TEXT))),
              null,
              partitionBy,
              1 + random.nextInt(8),
              Map.of());
    }

    void live() {
      if (random.nextInt(3) == 0) {
        FaultPlan faults = FaultPlan.everywhere(random.nextLong(), 0.02);
        store.faults(faults.withLongestDelay(Duration.ofMillis(1)));
      }
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(12)) {
          case 0, 1 -> pack();
          case 2 -> trim();
          case 3 -> addColumn();
          case 4, 5 -> checkFromSomewhere();
          default -> append();
        }
      }
      while (pack()) {
        checkFromSomewhere();
      }
      check(LogPosition.START, Long.MAX_VALUE, 1 << 20);
      checkStatistics();
    }

    private void append() {
      int appends = 1 + random.nextInt(12);
      for (int i = 0; i < appends; i++) {
        int count = ROWS[random.nextInt(ROWS.length)];
        // A writer that was opened before a column came writes without it.
        StreamDefinition as = random.nextInt(4) == 0 ? stream.asKnownTo(0) : stream;
        store.runner().run(tr -> log.append(tr, as, rows(as, count)));
      }
      look();
    }

    private Columns rows(StreamDefinition as, int count) {
      var builder = new ColumnsBuilder(as.columns().stream().map(ColumnDefinition::type).toList());
      for (int row = 0; row < count; row++) {
        builder.column(0).addLong(nextId++);
        builder.column(1).addText("key" + random.nextInt(20));
        for (int column = 2; column < as.columns().size(); column++) {
          builder.column(column).addLong(nextId * column);
        }
      }
      return builder.build();
    }

    /** Remembers what was appended, as it lies before anyone has touched it. */
    private void look() {
      long through = now();
      for (LogBlock block : read(known, through, 1 << 20)) {
        for (int append = 0; append < block.appends(); append++) {
          Columns rows = block.columns();
          for (int row = block.start(append); row < block.start(append + 1); row++) {
            seen.add(
                new SeenRow(
                    id(rows, row), extra(rows, row), block.position(append), block.shard()));
          }
        }
      }
      known = LogPosition.endOf(through);
    }

    private static long id(Columns rows, int row) {
      return ((LongColumn) rows.column(0)).value(row);
    }

    private static long extra(Columns rows, int row) {
      return rows.columns().size() < 3 ? -7 : ((LongColumn) rows.column(2)).value(row);
    }

    private void addColumn() {
      if (stream.columns().size() == 2) {
        var extra = new ColumnDefinition("extra", SqlType.of(TypeKind.BIGINT).withNullable(false));
        stream = stream.withColumn(extra, new AddedColumn(5, -7L));
      }
    }

    private boolean pack() {
      boolean more = false;
      for (int shard = 0; shard < stream.shards(); shard++) {
        int one = shard;
        more |= store.runner().run(tr -> packer.pack(tr, stream, one));
      }
      return more;
    }

    private void trim() {
      long oldest = seen.isEmpty() ? 0 : seen.get(random.nextInt(seen.size())).position().version();
      long needed = seen.isEmpty() ? 0 : seen.get(random.nextInt(seen.size())).position().version();
      boolean bySize = random.nextBoolean();
      var limits =
          new StreamTrimmer.Limits(
              bySize ? -1 : oldest, bySize ? random.nextInt(50_000) : 0, needed);
      LogPosition[] before = removed();
      Counts removed = store.runner().run(tr -> trimmer.trim(tr, stream, limits));
      LogPosition[] after = removed();
      long gone = 0;
      for (SeenRow row : seen) {
        boolean was = row.position().compareTo(before[row.shard()]) <= 0;
        boolean is = row.position().compareTo(after[row.shard()]) <= 0;
        if (is && !was) {
          gone++;
          assertThat(row.position().version()).isLessThanOrEqualTo(needed);
          assertThat(bySize || row.position().version() <= oldest).isTrue();
        }
      }
      assertThat(removed.rows()).isEqualTo(gone);
      // By size the last block may go beyond the limit, but no other.
      assertThat(removed.bytes()).isLessThan(bySize ? limits.tooMany() + (64 << 10) : 1 << 20);
    }

    private LogPosition[] removed() {
      return store.runner().read(tr -> bounds.read(tr, stream).join().removed());
    }

    private long now() {
      return store.runner().read(tr -> tr.getReadVersion().join());
    }

    private void checkFromSomewhere() {
      LogPosition from =
          seen.isEmpty() || random.nextInt(4) == 0
              ? LogPosition.START
              : seen.get(random.nextInt(seen.size())).position();
      long through =
          seen.isEmpty() || random.nextInt(3) == 0
              ? now()
              : seen.get(random.nextInt(seen.size())).position().version();
      check(from, through, BUDGETS[random.nextInt(BUDGETS.length)]);
    }

    private void check(LogPosition from, long through, int budget) {
      LogPosition[] removed = removed();
      List<SeenRow> expected =
          seen.stream()
              .filter(row -> row.position().compareTo(from) > 0)
              .filter(row -> row.position().version() <= through)
              .filter(row -> row.position().compareTo(removed[row.shard()]) > 0)
              .toList();
      var found = new ArrayList<SeenRow>();
      for (LogBlock block : read(from, through, budget)) {
        Columns rows = block.columns();
        for (int append = 0; append < block.appends(); append++) {
          for (int row = block.start(append); row < block.start(append + 1); row++) {
            found.add(
                new SeenRow(
                    id(rows, row), extra(rows, row), block.position(append), block.shard()));
          }
        }
      }
      assertThat(found).isEqualTo(expected);
    }

    private List<LogBlock> read(LogPosition from, long through, int budget) {
      var blocks = new ArrayList<LogBlock>();
      LogPosition position = from;
      long end = Math.min(through, now());
      while (position.compareTo(LogPosition.endOf(end)) < 0) {
        LogPosition after = position;
        LogPage page = store.runner().read(tr -> reader.read(tr, stream, after, end, budget));
        assertThat(page.position()).isGreaterThan(position);
        blocks.addAll(page.blocks());
        position = page.position();
      }
      return blocks;
    }

    private void checkStatistics() {
      var blocks = new RawBlocks(new LogKeys(store.keyspace()));
      var total = new Counts[] {Counts.NONE};
      for (int shard = 0; shard < stream.shards(); shard++) {
        int one = shard;
        store
            .runner()
            .read(tr -> blocks.read(tr, stream, one, LogPosition.START, now(), Integer.MAX_VALUE))
            .forEach(
                entry -> {
                  StoredBlock block = entry.block();
                  total[0] =
                      total[0].plus(new Counts(block.start(block.appends()), block.byteSize(), 1));
                });
      }
      Counts counted =
          store.runner().read(tr -> new StatisticsStore(store.keyspace()).read(tr, stream.id()));
      assertThat(counted).as(Arrays.toString(removed())).isEqualTo(total[0]);
    }

    @Override
    public void close() {
      store.faults(FaultPlan.none());
      store.close();
    }
  }
}
