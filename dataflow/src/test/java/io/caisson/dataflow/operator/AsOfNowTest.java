package io.caisson.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.dataflow.operator.CircuitHarness.Change;
import io.caisson.dataflow.operator.CircuitHarness.History;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AsOfNowTest {
  private static final long SEED = Long.getLong("caisson.seed", 20260316L);
  private static final List<SqlType> ROW =
      List.of(SqlType.of(TypeKind.BIGINT), SqlType.of(TypeKind.TIMESTAMP));
  private static final List<SqlType> TICK = List.of(SqlType.of(TypeKind.TIMESTAMP));
  private static final int CLOCK = 1;

  @Test
  void rowsComeAndLeaveAsTheClockGoesOnHoweverTheInputIsCut() {
    for (int round = 0; round < 100; round++) {
      long seed = SEED + round;
      var random = new SplittableRandom(seed);
      boolean leaves = random.nextBoolean();
      long after = random.nextInt(-20, 20);
      var alive = new ArrayList<Change>();
      var changes = new ArrayList<Change>();
      long now = Long.MIN_VALUE;
      for (int i = 0; i < 1 + random.nextInt(300); i++) {
        switch (random.nextInt(4)) {
          case 0 -> {
            now = Math.max(now, 0) + random.nextInt(5);
            changes.add(new Change(CLOCK, new @Nullable Object[] {now}, 1, now));
          }
          case 1 -> takeBack(alive, changes, random);
          default -> {
            Long time = random.nextInt(9) == 0 ? null : (Long) (i / 2 + random.nextLong(-30, 30));
            var row = new @Nullable Object[] {random.nextLong(4), time};
            var change = new Change(0, row, 1, Long.MIN_VALUE);
            changes.add(change);
            alive.add(change);
          }
        }
      }
      if (now >= 0) {
        // The harness does not remember watermarks over restarts, as views do.
        changes.add(new Change(CLOCK, new @Nullable Object[] {now}, 1, now));
      }
      List<String> rows = expected(alive, now, after, leaves);
      for (int way = 0; way < 3; way++) {
        var harness =
            new CircuitHarness(
                opener -> {
                  var circuit = new CircuitBuilder();
                  Relation input = circuit.input(ROW, false);
                  circuit.input(TICK, true);
                  return circuit.result(input.asOfNow(CLOCK, 1, after, leaves)).build(opener);
                });
        var history = new History(List.of(ROW, TICK), changes);
        switch (way) {
          case 0 -> harness.feedAtOnce(history);
          case 1 -> harness.feedOneByOne(history);
          default -> harness.feedAnyhow(history, random);
        }
        assertThat(harness.rows())
            .as("-Dcaisson.seed=%d way %d, %d, %s", seed, way, after, leaves)
            .isEqualTo(rows);
      }
    }
  }

  private static void takeBack(List<Change> alive, List<Change> changes, SplittableRandom random) {
    if (!alive.isEmpty()) {
      Change taken = alive.remove(random.nextInt(alive.size()));
      changes.add(new Change(0, taken.row(), -1, Long.MIN_VALUE));
    }
  }

  private static List<String> expected(List<Change> alive, long tick, long after, boolean leaves) {
    var rows = new ArrayList<String>();
    for (Change change : alive) {
      if (change.row()[1] instanceof Long time && (tick >= 0 && tick >= time + after) != leaves) {
        rows.add(Arrays.asList(change.row()).toString());
      }
    }
    rows.sort(null);
    return rows;
  }
}
