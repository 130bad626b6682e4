package io.caisson.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.dataflow.operator.CircuitHarness.History;
import io.caisson.dataflow.operator.OverSpec.Call;
import io.caisson.dataflow.operator.OverSpec.Function;
import io.caisson.dataflow.operator.OverSpec.SortColumn;
import io.caisson.function.aggregate.BigintSum;
import io.caisson.function.aggregate.DoubleSum;
import io.caisson.function.window.Frame;
import io.caisson.function.window.RangeDistance;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverPropertyTest {
  private static final List<SqlType> TYPES = CircuitPropertyTest.TYPES;
  private static final List<Function> FUNCTIONS = List.of(Function.values());
  private static final List<Frame.Unit> UNITS = List.of(Frame.Unit.values());
  private static final List<Frame.Exclusion> EXCLUSIONS = List.of(Frame.Exclusion.values());
  private static final SqlType BIGINT = SqlType.of(TypeKind.BIGINT);

  @Test
  void functionsOverPartitionsEqualThoseOverAllRowsThatAreThere() {
    for (int round = 0; round < 80; round++) {
      long seed = CircuitPropertyTest.SEED + round;
      var random = new SplittableRandom(seed);
      boolean retractions = random.nextBoolean();
      History history = CircuitPropertyTest.history(random, retractions, 1 + random.nextInt(150));
      boolean top = random.nextInt(3) == 0;
      OverSpec spec = spec(random, top);
      var outputTypes = new ArrayList<>(TYPES);
      spec.calls().forEach(call -> outputTypes.add(type(call)));
      List<String> expected = NaiveOver.rows(history.rows(0), history.weights(0), spec);
      for (int way = 0; way < 3; way++) {
        var harness =
            new CircuitHarness(
                opener -> {
                  var circuit = new CircuitBuilder();
                  Relation rows = circuit.input(TYPES, !retractions);
                  return circuit.result(rows.over(spec, outputTypes, null)).build(opener);
                });
        switch (way) {
          case 0 -> harness.feedAtOnce(history);
          case 1 -> harness.feedOneByOne(history);
          default -> harness.feedAnyhow(history, random);
        }
        assertThat(harness.rows())
            .as("-Dcaisson.seed=%d way %d %s", seed, way, spec)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void ofGrowingInputOnlyTheFirstRowsAreKept() {
    var rows = new ArrayList<@Nullable Object[]>();
    for (int i = 0; i < 2_000; i++) {
      rows.add(
          new @Nullable Object[] {
            "k" + i % 3, (long) i * 7919 % 2_003, 0.0, 1L, 0L, 0.3, 3L, null
          });
    }
    List<Long> ones = rows.stream().map(row -> 1L).toList();
    var spec =
        new OverSpec(
            List.of(0),
            List.of(new SortColumn(1, true, true)),
            List.of(new Call(Function.ROW_NUMBER, OptionalInt.empty(), 0, whole())),
            OptionalLong.of(2));
    var outputTypes = new ArrayList<>(TYPES);
    outputTypes.add(BIGINT);
    var harness =
        new CircuitHarness(
            opener -> {
              var circuit = new CircuitBuilder();
              return circuit
                  .result(circuit.input(TYPES, true).over(spec, outputTypes, null))
                  .build(opener);
            });
    harness.feedAnyhow(History.of(TYPES, rows, ones, ones), new SplittableRandom(1));
    assertThat(harness.rows()).isEqualTo(NaiveOver.rows(rows, ones, spec)).hasSize(6);
    assertThat(harness.stateRows()).isLessThanOrEqualTo(9);
  }

  private static Frame whole() {
    return Frame.of(Frame.Unit.ROWS, Frame.ALL, Frame.ALL);
  }

  private static SqlType type(Call call) {
    return switch (call.function()) {
      case LAG, LEAD, FIRST_VALUE, LAST_VALUE, MIN, MAX, SUM ->
          TYPES.get(call.argument().orElseThrow());
      case AVG -> SqlType.of(TypeKind.DOUBLE);
      default -> BIGINT;
    };
  }

  private static OverSpec spec(SplittableRandom random, boolean top) {
    List<Integer> partition =
        switch (random.nextInt(4)) {
          case 0 -> List.of();
          case 1 -> List.of(2);
          case 2 -> List.of(0, 3);
          default -> List.of(0);
        };
    var order = new ArrayList<SortColumn>();
    for (int i = random.nextInt(3); i > 0; i--) {
      order.add(new SortColumn(random.nextInt(5), random.nextBoolean(), random.nextBoolean()));
    }
    Function[] ranks = {Function.ROW_NUMBER, Function.RANK, Function.DENSE_RANK};
    if (top) {
      var call = new Call(ranks[random.nextInt(3)], OptionalInt.empty(), 0, whole());
      return new OverSpec(partition, order, List.of(call), OptionalLong.of(1 + random.nextInt(4)));
    }
    var calls = new ArrayList<Call>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      calls.add(call(random, order));
    }
    return new OverSpec(partition, order, calls, OptionalLong.empty());
  }

  private static Call call(SplittableRandom random, List<SortColumn> order) {
    Function function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
    OptionalInt argument =
        switch (function) {
          case ROW_NUMBER, RANK, DENSE_RANK -> OptionalInt.empty();
          case SUM, AVG -> OptionalInt.of(1 + random.nextInt(2));
          case COUNT -> random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(3);
          default -> OptionalInt.of(random.nextInt(5));
        };
    return new Call(function, argument, random.nextInt(3), frame(random, order));
  }

  private static Frame frame(SplittableRandom random, List<SortColumn> order) {
    Frame.Exclusion exclusion = EXCLUSIONS.get(random.nextInt(EXCLUSIONS.size()));
    boolean distances = order.size() == 1 && order.get(0).column() <= 2 && random.nextBoolean();
    if (distances && order.get(0).column() > 0) {
      boolean whole = order.get(0).column() == 1;
      return new Frame(
          Frame.Unit.RANGE,
          random.nextInt(4) == 0 ? 0 : Frame.ALL,
          random.nextInt(4) == 0 ? 0 : Frame.ALL,
          exclusion,
          random.nextInt(4) == 0 ? null : distance(random, whole),
          random.nextInt(4) == 0 ? null : distance(random, whole));
    }
    long[] ends = {Frame.ALL, 0, 1, 3, -1};
    Frame.Unit unit = UNITS.get(random.nextInt(UNITS.size()));
    int most = unit == Frame.Unit.RANGE ? 2 : 5;
    return new Frame(
        unit, ends[random.nextInt(most)], ends[random.nextInt(most)], exclusion, null, null);
  }

  private static RangeDistance distance(SplittableRandom random, boolean whole) {
    return whole
        ? new RangeDistance.Whole(random.nextInt(-2, 300))
        : new RangeDistance.Floating(random.nextInt(-2, 8) / 2.0);
  }

  /** The naive twin: sorts each partition and looks at every row for every row. */
  private static final class NaiveOver {
    private NaiveOver() {}

    static List<String> rows(List<@Nullable Object[]> changes, List<Long> weights, OverSpec spec) {
      var rows = new ArrayList<@Nullable Object[]>();
      for (int i = 0; i < changes.size(); i++) {
        @Nullable Object[] row = changes.get(i);
        for (long left = Math.abs(weights.get(i)); left > 0; left--) {
          if (weights.get(i) > 0) {
            rows.add(row);
          } else {
            int found = 0;
            while (!Arrays.equals(rows.get(found), row)) {
              found++;
            }
            rows.remove(found);
          }
        }
      }
      rows.sort((a, b) -> compare(a, b, spec));
      var result = new ArrayList<String>();
      var done = new boolean[rows.size()];
      for (int i = 0; i < done.length; i++) {
        if (done[i]) {
          continue;
        }
        var partition = new ArrayList<@Nullable Object[]>();
        for (int j = i; j < done.length; j++) {
          if (same(rows.get(i), rows.get(j), spec.partition())) {
            partition.add(rows.get(j));
            done[j] = true;
          }
        }
        add(partition, spec, result);
      }
      result.sort(null);
      return result;
    }

    private static boolean same(@Nullable Object[] a, @Nullable Object[] b, List<Integer> columns) {
      return columns.stream().allMatch(c -> value(a[c], b[c]) == 0);
    }

    private static int value(@Nullable Object a, @Nullable Object b) {
      if (a == null || b == null) {
        return a == b ? 0 : a == null ? 1 : -1;
      }
      if (a instanceof Double x && b instanceof Double y && x.doubleValue() == y.doubleValue()) {
        return 0;
      }
      return NaiveView.compare(a, b);
    }

    private static int peers(@Nullable Object[] a, @Nullable Object[] b, OverSpec spec) {
      for (SortColumn key : spec.order()) {
        @Nullable Object x = a[key.column()];
        @Nullable Object y = b[key.column()];
        int order = value(x, y);
        if (x == null || y == null) {
          order = key.nullsFirst() ? -order : order;
        } else if (key.descending()) {
          order = -order;
        }
        if (order != 0) {
          return order;
        }
      }
      return 0;
    }

    private static int compare(@Nullable Object[] a, @Nullable Object[] b, OverSpec spec) {
      int order = peers(a, b, spec);
      for (int c = 0; c < a.length && order == 0; c++) {
        @Nullable Object x = a[c];
        @Nullable Object y = b[c];
        order = x == null || y == null ? value(x, y) : NaiveView.compare(x, y);
      }
      return order;
    }

    private static void add(List<@Nullable Object[]> rows, OverSpec spec, List<String> result) {
      for (int i = 0; i < rows.size(); i++) {
        var values = new ArrayList<@Nullable Object>(Arrays.asList(rows.get(i)));
        for (Call call : spec.calls()) {
          values.add(result(rows, i, call, spec));
        }
        boolean wanted =
            spec.limit().isEmpty()
                || !(values.get(TYPES.size()) instanceof Long rank)
                || rank <= spec.limit().getAsLong();
        if (wanted) {
          result.add(values.toString());
        }
      }
    }

    private static @Nullable Object result(
        List<@Nullable Object[]> rows, int row, Call call, OverSpec spec) {
      int first = row;
      while (first > 0 && peers(rows.get(first - 1), rows.get(row), spec) == 0) {
        first--;
      }
      int column = call.argument().orElse(0);
      var frame = new ArrayList<@Nullable Object>();
      for (int i = 0; i < rows.size(); i++) {
        if (inFrame(rows, row, i, call.frame(), spec)
            && !isExcluded(rows, row, i, call.frame(), spec)) {
          frame.add(call.argument().isEmpty() ? (Object) 1L : rows.get(i)[column]);
        }
      }
      List<Object> present = new ArrayList<>();
      for (@Nullable Object value : frame) {
        if (value != null) {
          present.add(value);
        }
      }
      long distinct = 1;
      for (int i = 1; i <= row; i++) {
        distinct += peers(rows.get(i - 1), rows.get(i), spec) == 0 ? 0 : 1;
      }
      return switch (call.function()) {
        case ROW_NUMBER -> row + 1L;
        case RANK -> first + 1L;
        case DENSE_RANK -> distinct;
        case LAG -> at(rows, row - call.offset(), column);
        case LEAD -> at(rows, row + call.offset(), column);
        case FIRST_VALUE -> frame.isEmpty() ? null : frame.get(0);
        case LAST_VALUE -> frame.isEmpty() ? null : frame.get(frame.size() - 1);
        case COUNT -> (long) present.size();
        case SUM, AVG -> sum(present, call.function() == Function.AVG);
        case MIN -> present.stream().min(NaiveView::compare).orElse(null);
        case MAX -> present.stream().max(NaiveView::compare).orElse(null);
      };
    }

    private static @Nullable Object sum(List<Object> values, boolean average) {
      if (values.isEmpty()) {
        return null;
      }
      if (values.get(0) instanceof Long) {
        var sum = new BigintSum();
        values.forEach(value -> sum.add((Long) value));
        return average ? (Object) sum.average() : (Object) sum.sum();
      }
      var sum = new DoubleSum();
      values.forEach(value -> sum.add((Double) value));
      return average ? sum.average() : sum.sum();
    }

    private static @Nullable Object at(List<@Nullable Object[]> rows, int row, int column) {
      return row < 0 || row >= rows.size() ? null : rows.get(row)[column];
    }

    private static boolean isExcluded(
        List<@Nullable Object[]> rows, int row, int other, Frame frame, OverSpec spec) {
      boolean peer = peers(rows.get(row), rows.get(other), spec) == 0;
      return switch (frame.exclusion()) {
        case NOTHING -> false;
        case ROW -> row == other;
        case GROUP -> peer;
        case TIES -> peer && row != other;
      };
    }

    private static boolean inFrame(
        List<@Nullable Object[]> rows, int row, int other, Frame frame, OverSpec spec) {
      return frame.unit() == Frame.Unit.RANGE
          ? begun(rows, row, other, frame, spec) && !ended(rows, row, other, frame, spec)
          : isNear(frame, ahead(rows, row, other, frame, spec));
    }

    private static boolean isNear(Frame frame, long ahead) {
      return (frame.start() == Frame.ALL || ahead >= -frame.start())
          && (frame.end() == Frame.ALL || ahead <= frame.end());
    }

    /** How many rows, or groups, a row is behind another. */
    private static long ahead(
        List<@Nullable Object[]> rows, int row, int other, Frame frame, OverSpec spec) {
      if (frame.unit() == Frame.Unit.ROWS) {
        return (long) other - row;
      }
      long groups = 0;
      for (int i = Math.min(row, other); i < Math.max(row, other); i++) {
        groups += peers(rows.get(i), rows.get(i + 1), spec) == 0 ? 0 : 1;
      }
      return other < row ? -groups : groups;
    }

    private static boolean begun(
        List<@Nullable Object[]> rows, int row, int other, Frame frame, OverSpec spec) {
      if (frame.startDistance() != null) {
        return far(rows, row, other, frame.startDistance(), spec, false) >= 0;
      }
      return frame.start() == Frame.ALL
          || other >= row
          || peers(rows.get(row), rows.get(other), spec) == 0;
    }

    private static boolean ended(
        List<@Nullable Object[]> rows, int row, int other, Frame frame, OverSpec spec) {
      if (frame.endDistance() != null) {
        return far(rows, row, other, frame.endDistance(), spec, true) > 0;
      }
      return frame.end() != Frame.ALL
          && other > row
          && peers(rows.get(row), rows.get(other), spec) != 0;
    }

    /** Whether a row comes before a distance from another (−1), is at it (0) or behind it (1). */
    private static int far(
        List<@Nullable Object[]> rows,
        int row,
        int other,
        RangeDistance distance,
        OverSpec spec,
        boolean behind) {
      SortColumn key = spec.order().get(0);
      Object own = rows.get(row)[key.column()];
      Object value = rows.get(other)[key.column()];
      if (own == null || value == null) {
        return own == value ? 0 : (value == null) == key.nullsFirst() ? -1 : 1;
      }
      boolean above = behind != key.descending();
      int side;
      if (distance instanceof RangeDistance.Whole whole) {
        BigInteger outwards = BigInteger.valueOf(whole.distance());
        BigInteger limit = BigInteger.valueOf((Long) own).add(above ? outwards : outwards.negate());
        side = BigInteger.valueOf((Long) value).compareTo(limit);
      } else {
        double outwards = ((RangeDistance.Floating) distance).distance();
        double limit = (Double) own + (above ? outwards : -outwards);
        side = limit == (Double) value ? 0 : Double.compare((Double) value, limit);
      }
      return key.descending() ? -side : side;
    }
  }
}
