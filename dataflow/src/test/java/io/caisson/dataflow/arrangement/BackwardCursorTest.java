package io.caisson.dataflow.arrangement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Backwards, a cursor finds the rows that a forward one finds, the other way round. */
class BackwardCursorTest {
  private static final int ROUNDS = 60;

  private final long seed = Long.getLong("caisson.seed", 2_026);

  @Test
  void rowsBeforeAKeyAreThoseOfAForwardCursor() {
    for (int round = 0; round < ROUNDS; round++) {
      var random = new SplittableRandom(seed + round);
      var blocks = new MemoryBlocks();
      Arrangement arrangement = Arrangement.empty(blocks);
      for (int step = 0; step < 1 + random.nextInt(8); step++) {
        arrangement.add(changes(random));
        if (random.nextInt(3) == 0) {
          NewRun run = arrangement.beginCheckpoint(blocks.newId());
          List<Run> unused = blocks.write(run);
          run.complete();
        }
      }
      try (Snapshot snapshot = arrangement.snapshot()) {
        byte[] key = row(random).getBytes(StandardCharsets.UTF_8);
        List<String> expected = forward(snapshot, key);
        Collections.reverse(expected);
        assertThat(backward(snapshot, key)).as("seed " + (seed + round)).isEqualTo(expected);
      }
    }
  }

  private static SortedRows changes(SplittableRandom random) {
    var rows = new RowBuffer();
    for (int i = 0; i < random.nextInt(4_000); i++) {
      byte[] row = row(random).getBytes(StandardCharsets.UTF_8);
      rows.appendEncoded(row, 0, row.length);
      rows.endRow(random.nextInt(3) - 1);
    }
    return SortedRows.of(rows);
  }

  private static String row(SplittableRandom random) {
    return "row " + random.nextInt(3_000) + " ".repeat(random.nextInt(3));
  }

  private static List<String> forward(Snapshot snapshot, byte[] key) {
    var rows = new ArrayList<String>();
    Cursor cursor = snapshot.cursor();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      byte[] row = Arrays.copyOf(cursor.bytes(), cursor.length());
      if (Arrays.compareUnsigned(row, key) >= 0) {
        break;
      }
      rows.add(text(row, cursor.weight()));
    }
    return rows;
  }

  private static List<String> backward(Snapshot snapshot, byte[] key) {
    var rows = new ArrayList<String>();
    BackwardCursor cursor = snapshot.backwardCursor();
    for (boolean more = cursor.seekBefore(key, 0, key.length); more; more = cursor.previous()) {
      rows.add(text(cursor.row(), cursor.weight()));
    }
    return rows;
  }

  private static String text(byte[] row, long weight) {
    return new String(row, StandardCharsets.UTF_8) + " × " + weight;
  }
}
