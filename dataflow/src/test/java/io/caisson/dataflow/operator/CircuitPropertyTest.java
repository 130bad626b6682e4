package io.caisson.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.dataflow.operator.AggregateSpec.Function;
import io.caisson.dataflow.operator.CircuitHarness.Change;
import io.caisson.dataflow.operator.CircuitHarness.History;
import io.caisson.dataflow.window.TumblingWindows;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CircuitPropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 20180101L);

  private static final List<SqlType> TYPES =
      List.of(
          SqlType.of(TypeKind.TEXT),
          SqlType.of(TypeKind.BIGINT),
          SqlType.of(TypeKind.DOUBLE),
          SqlType.of(TypeKind.BOOLEAN),
          SqlType.of(TypeKind.TIMESTAMP));
  private static final List<SqlType> REVERSED =
      List.of(TYPES.get(4), TYPES.get(3), TYPES.get(2), TYPES.get(1), TYPES.get(0));
  private static final int TIME = 4;
  private static final List<Function> FUNCTIONS = List.of(Function.values());

  private static final String[] TEXTS = {"", "a", "ab", "a\0", "\0", "\0\0", "b", "é", "日本", "😀"};
  private static final double[] DOUBLES = {
    0.0, -0.0, 0.1, 19.99, -7.25, 1e300, -1e300, 1e-300, Double.MIN_VALUE, Double.MAX_VALUE, 1e16, 3
  };
  private static final double[] SPECIAL = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };
  private static final long[] LONGS = {0, 1, -1, 255, 256, -256, -257, 1L << 53, 77777777777L};

  @Test
  void aggregatesOfGrowingInputEqualTheFoldOfAllRows() {
    compareWithTwin(false, 60);
  }

  @Test
  void aggregatesOfInputThatTakesRowsBackEqualTheFoldOfAllRows() {
    compareWithTwin(true, 60);
  }

  private static void compareWithTwin(boolean retractions, int rounds) {
    for (int round = 0; round < rounds; round++) {
      long seed = SEED + round;
      var random = new SplittableRandom(seed);
      History history = history(random, retractions, 1 + random.nextInt(600));
      List<Integer> groupColumns = groupColumns(random);
      List<AggregateSpec> specs = specs(random);
      List<String> expected =
          NaiveView.aggregate(history.rows(0), history.weights(0), groupColumns, specs);
      for (int way = 0; way < 3; way++) {
        var harness =
            new CircuitHarness(
                opener -> {
                  var circuit = new CircuitBuilder();
                  Relation rows = circuit.input(TYPES, !retractions);
                  return circuit.result(rows.aggregate(groupColumns, specs)).build(opener);
                });
        switch (way) {
          case 0 -> harness.feedAtOnce(history);
          case 1 -> harness.feedOneByOne(history);
          default -> harness.feedAnyhow(history, random);
        }
        assertThat(harness.rows())
            .as("-Dcaisson.seed=%d, way %d, groups %s, %s", seed, way, groupColumns, specs)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void everyRowIsInItsWindowOrLateHoweverTheInputIsCut() {
    for (int round = 0; round < 40; round++) {
      long seed = SEED + round;
      var random = new SplittableRandom(seed);
      History history = history(random, false, 1 + random.nextInt(800));
      var windows = new TumblingWindows(60, random.nextInt(-100, 100));
      var inTime = new ArrayList<@Nullable Object[]>();
      var late = new ArrayList<String>();
      RowFilter filter = random.nextBoolean() ? CircuitPropertyTest::selectTrue : null;
      split(history, windows, filter != null, inTime, late);
      var specs =
          List.of(new AggregateSpec(Function.COUNT, OptionalInt.empty(), OptionalInt.empty()));
      List<Integer> groups = List.of(5, 6, 0);
      List<String> expected =
          NaiveView.aggregate(inTime, inTime.stream().map(row -> 1L).toList(), groups, specs);
      for (int way = 0; way < 3; way++) {
        var harness =
            new CircuitHarness(
                opener -> {
                  var circuit = new CircuitBuilder();
                  Relation rows = circuit.input(TYPES, true);
                  if (filter != null) {
                    rows =
                        rows.filter(filter)
                            .project(CircuitPropertyTest::reversed, REVERSED)
                            .project(CircuitPropertyTest::reversed, TYPES);
                  }
                  Relation groupsOfWindows = rows.tumble(TIME, windows).aggregate(groups, specs);
                  return circuit.result(groupsOfWindows).build(opener);
                });
        switch (way) {
          case 0 -> harness.feedAtOnce(history);
          case 1 -> harness.feedOneByOne(history);
          default -> harness.feedAnyhow(history, random);
        }
        assertThat(harness.rows()).as("-Dcaisson.seed=%d way %d", seed, way).isEqualTo(expected);
        assertThat(harness.late()).as("-Dcaisson.seed=%d way %d", seed, way).isEqualTo(late);
      }
    }
  }

  private static int selectTrue(Columns rows, int[] selected) {
    var flags = (LongColumn) rows.column(3);
    int count = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (!flags.isNull(row) && flags.value(row) == 1) {
        selected[count++] = row;
      }
    }
    return count;
  }

  private static Columns reversed(Columns rows) {
    var columns = new ArrayList<>(rows.columns());
    Collections.reverse(columns);
    return new Columns(columns, rows.size());
  }

  private static void split(
      History history,
      TumblingWindows windows,
      boolean onlyTrue,
      List<@Nullable Object[]> inTime,
      List<String> late) {
    for (Change change : history.changes()) {
      @Nullable Object[] row = Arrays.copyOf(change.row(), TYPES.size() + 2);
      if (onlyTrue && !Long.valueOf(1).equals(row[3])) {
        continue;
      }
      if (row[TIME] instanceof Long time) {
        long start =
            Math.floorDiv(time - windows.offsetMicros(), 60L) * 60 + windows.offsetMicros();
        row[5] = start;
        row[6] = start + 60;
      }
      if (row[6] instanceof Long end && end > change.watermark()) {
        inTime.add(row);
      } else {
        late.add(Arrays.asList(row).toString());
      }
    }
    late.sort(Comparator.naturalOrder());
  }

  private static List<Integer> groupColumns(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> List.of();
      case 1 -> List.of(0);
      case 2 -> List.of(2, 0);
      case 3 -> List.of(1);
      default -> List.of(3, 1);
    };
  }

  private static List<AggregateSpec> specs(SplittableRandom random) {
    var specs = new ArrayList<AggregateSpec>();
    for (int i = random.nextInt(7); i > 0; i--) {
      Function function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
      int argument = random.nextInt(3);
      if (argument == 0 && (function == Function.SUM || function == Function.AVG)) {
        argument = 2;
      }
      boolean star = function == Function.COUNT && random.nextBoolean();
      specs.add(
          new AggregateSpec(
              function,
              star ? OptionalInt.empty() : OptionalInt.of(argument),
              random.nextInt(3) == 0 ? OptionalInt.of(3) : OptionalInt.empty()));
    }
    return specs;
  }

  /** Watermarks follow the greatest time so far, with a delay. */
  private static History history(SplittableRandom random, boolean retractions, int size) {
    boolean special = random.nextInt(3) == 0;
    var rows = new ArrayList<@Nullable Object[]>();
    var weights = new ArrayList<Long>();
    var watermarks = new ArrayList<Long>();
    var alive = new ArrayList<Integer>();
    long clock = 0;
    long watermark = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      watermarks.add(watermark);
      if (retractions && !alive.isEmpty() && random.nextInt(100) < 45) {
        int taken = alive.remove(random.nextInt(alive.size()));
        rows.add(rows.get(taken));
        weights.add(-weights.get(taken));
        continue;
      }
      clock += random.nextInt(12);
      @Nullable Object[] row = row(random, special, clock);
      rows.add(row);
      weights.add(random.nextInt(10) == 0 ? 1L + random.nextInt(4) : 1L);
      alive.add(i);
      if (row[TIME] instanceof Long time) {
        watermark = Math.max(watermark, time - 70);
      }
    }
    if (!retractions) {
      weights.replaceAll(weight -> 1L);
    }
    return History.of(TYPES, rows, weights, watermarks);
  }

  private static @Nullable Object[] row(SplittableRandom random, boolean special, long clock) {
    double number =
        special && random.nextInt(20) == 0
            ? SPECIAL[random.nextInt(SPECIAL.length)]
            : random.nextInt(4) == 0
                ? random.nextInt(100_000) / 100.0
                : DOUBLES[random.nextInt(DOUBLES.length)];
    return new @Nullable Object[] {
      random.nextInt(8) == 0 ? null : TEXTS[random.nextInt(TEXTS.length)],
      random.nextInt(8) == 0 ? null : LONGS[random.nextInt(LONGS.length)],
      random.nextInt(8) == 0 ? null : number,
      random.nextInt(4) == 0 ? null : (Long) (long) random.nextInt(2),
      random.nextInt(30) == 0 ? null : (Long) (clock - random.nextInt(150)),
    };
  }
}
