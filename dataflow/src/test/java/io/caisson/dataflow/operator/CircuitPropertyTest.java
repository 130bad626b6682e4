package io.caisson.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.dataflow.operator.AggregateSpec.Function;
import io.caisson.dataflow.operator.CircuitHarness.History;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CircuitPropertyTest {
  static final long SEED = Long.getLong("caisson.seed", 20180101L);

  static final List<SqlType> TYPES =
      List.of(
          SqlType.of(TypeKind.TEXT),
          SqlType.of(TypeKind.BIGINT),
          SqlType.of(TypeKind.DOUBLE),
          SqlType.of(TypeKind.BOOLEAN),
          SqlType.of(TypeKind.TIMESTAMP),
          SqlType.of(TypeKind.DOUBLE),
          SqlType.of(TypeKind.BIGINT),
          SqlType.of(TypeKind.JSONB));
  static final int TIME = 4;

  /** The same in all rows. */
  private static final int FRACTION = 5;

  /** The same in all rows, too. */
  private static final int MOST = 6;

  /** Column 1 as JSON. */
  private static final int JSON = 7;

  /**
   * But those that make values which the naive twin can't write; views are compared with queries.
   */
  private static final List<Function> FUNCTIONS =
      Stream.of(Function.values())
          .filter(f -> f.compareTo(Function.ARRAY_AGG) < 0 || f == Function.APPROX_TOP_K)
          .toList();

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
      List<Integer> arguments = arguments(function, random);
      boolean distinct = !arguments.isEmpty() && random.nextInt(4) == 0;
      specs.add(
          new AggregateSpec(
              function,
              arguments,
              random.nextInt(3) == 0 ? OptionalInt.of(3) : OptionalInt.empty(),
              distinct,
              order(function, arguments, distinct, random)));
    }
    return specs;
  }

  private static List<Integer> arguments(Function function, SplittableRandom random) {
    int number = 1 + random.nextInt(2);
    return switch (function) {
      case COUNT -> random.nextBoolean() ? List.of() : List.of(random.nextInt(3));
      case MIN, MAX, MODE, FIRST_VALUE, LAST_VALUE -> List.of(random.nextInt(3));
      case SUM, AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> List.of(number);
      case BIT_AND, BIT_OR, BIT_XOR, APPROX_COUNT_DISTINCT -> List.of(1);
      case APPROX_PERCENTILE -> List.of(FRACTION, 2);
      case STRING_AGG -> List.of(0, 0);
      case APPROX_TOP_K -> List.of(MOST, 1, JSON);
      case PERCENTILE_CONT -> List.of(FRACTION, number);
      case PERCENTILE_DISC -> List.of(FRACTION, random.nextInt(3));
      default -> List.of(number, 1 + random.nextInt(2));
    };
  }

  private static List<OverSpec.SortColumn> order(
      Function function, List<Integer> arguments, boolean distinct, SplittableRandom random) {
    int column =
        switch (function) {
          case MODE -> arguments.get(0);
          case PERCENTILE_CONT, PERCENTILE_DISC -> arguments.get(1);
          default ->
              distinct && !arguments.isEmpty()
                  ? arguments.get(0)
                  : List.of(0, 1, 2, TIME).get(random.nextInt(4));
        };
    var key = new OverSpec.SortColumn(column, random.nextBoolean(), random.nextBoolean());
    return switch (function) {
      case MODE, PERCENTILE_CONT, PERCENTILE_DISC -> List.of(key);
      case APPROX_COUNT_DISTINCT, APPROX_PERCENTILE, APPROX_TOP_K -> List.of();
      default -> random.nextBoolean() ? List.of(key) : List.of();
    };
  }

  /** Watermarks follow the greatest time so far, with a delay. */
  static History history(SplittableRandom random, boolean retractions, int size) {
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
    String text = random.nextInt(8) == 0 ? null : TEXTS[random.nextInt(TEXTS.length)];
    Long whole = random.nextInt(8) == 0 ? null : (Long) LONGS[random.nextInt(LONGS.length)];
    return new @Nullable Object[] {
      text,
      whole,
      random.nextInt(8) == 0 ? null : number,
      random.nextInt(4) == 0 ? null : (Long) (long) random.nextInt(2),
      random.nextInt(30) == 0 ? null : (Long) (clock - random.nextInt(150)),
      0.3,
      3L,
      whole == null ? null : whole.toString(),
    };
  }
}
