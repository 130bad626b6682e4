package io.caisson.dataflow.arrangement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ArrangementPropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 7L);

  private final MemoryBlocks blocks = new MemoryBlocks();
  private final TreeMap<String, Long> model = new TreeMap<>();
  private Arrangement arrangement = Arrangement.empty(blocks);

  /** A snapshot and what it must contain whatever happens after it. */
  private record Held(Snapshot snapshot, Map<String, Long> expected) {}

  @Test
  void arrangementEqualsAMapThroughCheckpointsMergesAndRestarts() {
    for (int round = 0; round < 6; round++) {
      long seed = SEED + round;
      var random = new SplittableRandom(seed);
      arrangement = Arrangement.empty(blocks);
      model.clear();
      List<Held> held = new ArrayList<>();
      int keys = random.nextInt(1, 12_000);
      for (int step = 0; step < 120; step++) {
        change(random, keys);
        switch (random.nextInt(8)) {
          case 0, 1 -> checkpoint(random, keys);
          case 2 -> merge(random, keys);
          case 3 -> held.add(new Held(arrangement.snapshot(), new TreeMap<>(model)));
          case 4 -> {
            if (!held.isEmpty()) {
              release(held.remove(random.nextInt(held.size())));
            }
          }
          default -> {}
        }
        blocks.deleteDead(arrangement);
        if (step % 10 == 0) {
          compare(random, keys, "-Dcaisson.seed=" + seed + " step " + step);
        }
      }
      held.forEach(this::release);
      checkpoint(random, 0);
      restart();
      compare(random, keys, "-Dcaisson.seed=" + seed + " restarted");
      assertThat(arrangement.memoryBytes()).isZero();
    }
  }

  private void release(Held held) {
    assertThat(contents(held.snapshot().cursor())).isEqualTo(held.expected());
    held.snapshot().close();
    held.snapshot().close();
  }

  private void change(SplittableRandom random, int keys) {
    var buffer = new RowBuffer();
    for (int i = random.nextInt(1 + random.nextInt(400)); i > 0; i--) {
      int key = random.nextInt(keys);
      String row = row(key);
      long weight = random.nextInt(3) == 0 ? -model.getOrDefault(row, 1L) : random.nextInt(-2, 4);
      append(buffer, row);
      buffer.endRow(weight);
      model.merge(row, weight, Long::sum);
    }
    model.values().removeIf(weight -> weight == 0);
    arrangement.add(SortedRows.of(buffer));
  }

  /** Rows with long common beginnings and of different lengths; some longer than a block. */
  private static String row(int key) {
    String number = "row-" + key / 100 + "/" + key % 100;
    return key % 1000 == 999 ? number + "x".repeat(40_000) : number + "-".repeat(key % 150);
  }

  private static void append(RowBuffer buffer, String row) {
    byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
    buffer.appendBytes(bytes, 0, bytes.length);
  }

  private void checkpoint(SplittableRandom random, int keys) {
    NewRun run = arrangement.beginCheckpoint(blocks.newId());
    if (keys > 0) {
      change(random, keys);
    }
    if (keys > 0 && random.nextInt(4) == 0) {
      run.nextBlock();
      run.abandon();
      return;
    }
    blocks.write(run);
    if (keys > 0) {
      change(random, keys);
    }
    run.complete();
  }

  private void merge(SplittableRandom random, int keys) {
    arrangement
        .nextMerge(blocks.newId())
        .ifPresent(
            run -> {
              change(random, keys);
              blocks.write(run);
              if (random.nextInt(4) == 0) {
                run.abandon();
              } else {
                checkpoint(random, keys);
                run.complete();
              }
            });
  }

  private void restart() {
    List<Run> runs = arrangement.runs().stream().map(run -> Run.fromBytes(run.toBytes())).toList();
    arrangement = Arrangement.restore(runs, blocks);
  }

  private void compare(SplittableRandom random, int keys, String description) {
    try (Snapshot snapshot = arrangement.snapshot()) {
      Cursor cursor = snapshot.cursor();
      assertThat(contents(cursor)).as(description).isEqualTo(model);
      assertThat(snapshot.rowsAtMost()).isGreaterThanOrEqualTo(model.size());
      for (int i = 0; i < 50; i++) {
        var key = new RowBuffer();
        String row = row(random.nextInt(keys));
        append(key, row);
        boolean found = cursor.seekPrefix(key.bytes(), 0, key.end());
        assertThat(found ? cursor.weight() : 0L).isEqualTo(model.getOrDefault(row, 0L));
        assertThat(found && cursor.next()).isFalse();
        Map.Entry<String, Long> ceiling = model.ceilingEntry(row);
        assertThat(cursor.seek(key.bytes(), 0, key.end())).isEqualTo(ceiling != null);
        if (ceiling != null) {
          assertThat(text(cursor)).isEqualTo(ceiling.getKey());
        }
      }
      range(random, keys, cursor);
      lookUpAscending(random, keys, cursor);
    }
  }

  private void lookUpAscending(SplittableRandom random, int keys, Cursor cursor) {
    var rows = new TreeSet<String>();
    for (int i = 0; i < 200; i++) {
      rows.add(row(random.nextInt(keys)));
    }
    for (String row : rows) {
      byte[] key = encoded(row);
      assertThat(cursor.seekPrefix(key, 0, key.length) ? cursor.weight() : 0L)
          .isEqualTo(model.getOrDefault(row, 0L));
      if (random.nextInt(10) == 0) {
        assertThat(cursor.seek(key, 0, key.length)).isEqualTo(model.ceilingKey(row) != null);
      }
    }
  }

  private void range(SplittableRandom random, int keys, Cursor cursor) {
    String one = row(random.nextInt(keys));
    String two = row(random.nextInt(keys));
    String low = one.compareTo(two) < 0 ? one : two;
    String high = one.compareTo(two) < 0 ? two : one;
    var rows = new TreeMap<String, Long>();
    for (boolean more = cursor.seekRange(encoded(low), encoded(high)); more; more = cursor.next()) {
      rows.put(text(cursor), cursor.weight());
    }
    assertThat(rows).isEqualTo(new TreeMap<>(model.subMap(low, high)));
  }

  private static byte[] encoded(String row) {
    var buffer = new RowBuffer();
    append(buffer, row);
    return Arrays.copyOf(buffer.bytes(), buffer.end());
  }

  private static Map<String, Long> contents(Cursor cursor) {
    var rows = new TreeMap<String, Long>();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      assertThat(rows.put(text(cursor), cursor.weight())).isNull();
    }
    return rows;
  }

  private static String text(Cursor cursor) {
    var reader = new RowReader();
    reader.reset(cursor.bytes(), 0);
    reader.takeBytes();
    return new String(
        reader.value(), reader.valueStart(), reader.valueLength(), StandardCharsets.UTF_8);
  }

  @Test
  void manySmallStepsKeepFewLayersAndCheckpointsFewRuns() {
    for (int step = 0; step < 5_000; step++) {
      var buffer = new RowBuffer();
      append(buffer, row(step));
      buffer.endRow(1);
      arrangement.add(SortedRows.of(buffer));
      if (step % 50 == 0) {
        NewRun run = arrangement.beginCheckpoint(blocks.newId());
        blocks.write(run);
        run.complete();
        var merge = arrangement.nextMerge(blocks.newId());
        if (merge.isPresent()) {
          blocks.write(merge.get());
          merge.get().complete();
        }
        blocks.deleteDead(arrangement);
      }
    }
    assertThat(arrangement.runs()).hasSizeLessThan(16);
    assertThat(blocks.size()).isEqualTo(arrangement.runs().stream().mapToInt(Run::blocks).sum());
  }

  @Test
  void runsThatASnapshotReadsAreNotGivenUp() {
    for (int i = 0; i < 2; i++) {
      var buffer = new RowBuffer();
      append(buffer, "row " + i);
      buffer.endRow(1);
      arrangement.add(SortedRows.of(buffer));
      NewRun run = arrangement.beginCheckpoint(blocks.newId());
      blocks.write(run);
      run.complete();
    }
    try (Snapshot snapshot = arrangement.snapshot()) {
      NewRun merged = arrangement.nextMerge(blocks.newId()).orElseThrow();
      blocks.write(merged);
      merged.complete();
      assertThat(arrangement.takeDeadRuns()).isEmpty();
      assertThat(contents(snapshot.cursor())).hasSize(2);
    }
    assertThat(arrangement.takeDeadRuns()).hasSize(2);
    assertThat(arrangement.takeDeadRuns()).isEmpty();
  }

  @Test
  void rowsThatCancelEachOtherAreNotWritten() {
    for (long weight : new long[] {1, -1}) {
      var buffer = new RowBuffer();
      append(buffer, "row");
      buffer.endRow(weight);
      arrangement.add(SortedRows.of(buffer));
    }
    NewRun run = arrangement.beginCheckpoint(blocks.newId());
    assertThat(blocks.write(run)).isEmpty();
    run.complete();
    assertThat(arrangement.runs()).isEmpty();
    assertThat(blocks.size()).isZero();
  }
}
