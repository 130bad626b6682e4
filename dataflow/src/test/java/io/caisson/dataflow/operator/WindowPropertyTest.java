package io.caisson.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.dataflow.operator.AggregateSpec.Function;
import io.caisson.dataflow.operator.CircuitHarness.Change;
import io.caisson.dataflow.operator.CircuitHarness.History;
import io.caisson.function.window.CumulatingWindows;
import io.caisson.function.window.HoppingWindows;
import io.caisson.function.window.TumblingWindows;
import io.caisson.function.window.WindowAssigner;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowPropertyTest {
  private static final int TIME = CircuitPropertyTest.TIME;
  private static final int WIDTH = CircuitPropertyTest.TYPES.size();
  private static final int START = WIDTH;
  private static final int END = WIDTH + 1;
  private static final List<AggregateSpec> SPECS =
      List.of(
          new AggregateSpec(Function.COUNT, OptionalInt.empty(), OptionalInt.empty()),
          new AggregateSpec(Function.MAX, OptionalInt.of(1), OptionalInt.empty()));

  /** Rows with the windows that they are in, and late ones as text. */
  private record Split(List<@Nullable Object[]> inTime, List<String> late) {
    Split() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    List<Long> weights() {
      return inTime.stream().map(row -> 1L).toList();
    }

    List<String> sortedLate() {
      return late.stream().sorted().toList();
    }

    void addLate(@Nullable Object[] row, @Nullable Long start, @Nullable Long end) {
      late.add(Arrays.asList(extended(row, start, end)).toString());
    }
  }

  private static @Nullable Object[] extended(
      @Nullable Object[] row, @Nullable Long start, @Nullable Long end) {
    @Nullable Object[] result = Arrays.copyOf(row, WIDTH + 2);
    result[START] = start;
    result[END] = end;
    return result;
  }

  private static void feed(
      CircuitHarness harness, History history, int way, SplittableRandom random) {
    switch (way) {
      case 0 -> harness.feedAtOnce(history);
      case 1 -> harness.feedOneByOne(history);
      default -> harness.feedAnyhow(history, random);
    }
  }

  @Test
  void everyRowIsInItsWindowsOrLateHoweverTheInputIsCut() {
    for (int round = 0; round < 60; round++) {
      long seed = CircuitPropertyTest.SEED + round;
      var random = new SplittableRandom(seed);
      History history = CircuitPropertyTest.history(random, false, 1 + random.nextInt(800));
      WindowAssigner windows = assigner(random);
      Split split = split(history, windows);
      List<Integer> groups = random.nextBoolean() ? List.of(START, END, 0) : List.of(0, END);
      List<String> expected = NaiveView.aggregate(split.inTime(), split.weights(), groups, SPECS);
      boolean frees = random.nextInt(3) > 0;
      for (int way = 0; way < 3; way++) {
        var harness =
            new CircuitHarness(
                opener -> {
                  var circuit = new CircuitBuilder().lateRows(lateTypes());
                  Relation rows =
                      circuit
                          .input(CircuitPropertyTest.TYPES, true)
                          .window(TIME, windows, true, LatePlace.of(WIDTH + 2));
                  Expiry expiry = frees ? new Expiry(END, List.of(new Expiry.Bound(0, 0))) : null;
                  return circuit.result(rows.aggregate(groups, SPECS, expiry)).build(opener);
                });
        feed(harness, history, way, random);
        String what = "-Dcaisson.seed=%d way %d %s".formatted(seed, way, windows);
        assertThat(harness.rows()).as(what).isEqualTo(expected);
        assertThat(harness.late()).as(what).isEqualTo(split.sortedLate());
      }
    }
  }

  private static List<SqlType> lateTypes() {
    return SessionOperator.outputTypes(CircuitPropertyTest.TYPES);
  }

  private static WindowAssigner assigner(SplittableRandom random) {
    long offset = random.nextInt(-100, 100);
    return switch (random.nextInt(3)) {
      case 0 -> new TumblingWindows(60, offset);
      case 1 -> new HoppingWindows(20 + random.nextInt(41), 60, offset);
      default -> new CumulatingWindows(15, 60, offset);
    };
  }

  private static Split split(History history, WindowAssigner windows) {
    var split = new Split();
    long[] starts = new long[windows.windowsOfATime()];
    long[] ends = new long[windows.windowsOfATime()];
    for (Change change : history.changes()) {
      if (change.row()[TIME] instanceof Long time) {
        int count = windows.assign(time, starts, ends);
        for (int i = 0; i < count; i++) {
          if (ends[i] > change.watermark()) {
            split.inTime().add(extended(change.row(), starts[i], ends[i]));
          } else {
            split.addLate(change.row(), starts[i], ends[i]);
          }
        }
      } else {
        split.addLate(change.row(), null, null);
      }
    }
    return split;
  }

  @Test
  void sessionsEqualThoseOfAllRowsThatWereInTimeHoweverTheInputIsCut() {
    for (int round = 0; round < 80; round++) {
      long seed = CircuitPropertyTest.SEED + round;
      var random = new SplittableRandom(seed);
      History history = CircuitPropertyTest.history(random, false, 1 + random.nextInt(600));
      List<Integer> partition =
          switch (random.nextInt(4)) {
            case 0 -> List.of();
            case 1 -> List.of(0, 1);
            case 2 -> List.of(2);
            default -> List.of(0);
          };
      long gap = 1L + random.nextInt(random.nextBoolean() ? 20 : 200);
      Split split = sessions(history, partition, gap);
      boolean grouped = random.nextBoolean();
      List<Integer> groups = new ArrayList<>(List.of(START, END));
      groups.addAll(partition);
      List<String> expected =
          grouped
              ? NaiveView.aggregate(split.inTime(), split.weights(), groups, SPECS)
              : split.inTime().stream().map(row -> Arrays.asList(row).toString()).sorted().toList();
      for (int way = 0; way < 3; way++) {
        var harness =
            new CircuitHarness(
                opener -> {
                  var circuit = new CircuitBuilder().lateRows(lateTypes());
                  Relation rows =
                      circuit
                          .input(CircuitPropertyTest.TYPES, true)
                          .session(
                              TIME,
                              partition,
                              gap,
                              LatePlace.of(WIDTH + 2),
                              new Expiry(END, List.of(new Expiry.Bound(0, gap))));
                  var ends = new Expiry(END, List.of(new Expiry.Bound(0, 0)));
                  return circuit
                      .result(grouped ? rows.aggregate(groups, SPECS, ends) : rows)
                      .build(opener);
                });
        feed(harness, history, way, random);
        String what = "-Dcaisson.seed=%d way %d gap %d %s".formatted(seed, way, gap, partition);
        assertThat(harness.rows()).as(what).isEqualTo(expected);
        assertThat(harness.late()).as(what).isEqualTo(split.sortedLate());
      }
    }
  }

  private static Split sessions(History history, List<Integer> partition, long gap) {
    var split = new Split();
    var sessions = new NaiveSessions(TIME, partition, gap);
    var inTime = new ArrayList<@Nullable Object[]>();
    for (Change change : history.changes()) {
      if (sessions.add(change.row(), change.watermark())) {
        inTime.add(change.row());
      } else {
        Long time = (Long) change.row()[TIME];
        split.addLate(change.row(), time, time == null ? null : (Long) (time + gap));
      }
    }
    inTime.forEach(row -> split.inTime().add(sessions.withSession(row)));
    return split;
  }

  @Test
  void theStateOfClosedWindowsIsGivenUp() {
    for (boolean session : new boolean[] {false, true}) {
      var harness =
          new CircuitHarness(
              opener -> {
                var circuit = new CircuitBuilder().lateRows(lateTypes());
                Relation input = circuit.input(CircuitPropertyTest.TYPES, true);
                LatePlace late = LatePlace.of(WIDTH + 2);
                Relation rows =
                    session
                        ? input.session(
                            TIME,
                            List.of(0),
                            40,
                            late,
                            new Expiry(END, List.of(new Expiry.Bound(0, 40))))
                        : input.window(TIME, new HoppingWindows(20, 60, 0), true, late);
                var expiry = new Expiry(END, List.of(new Expiry.Bound(0, 0)));
                return circuit.result(rows.aggregate(List.of(END, 0), SPECS, expiry)).build(opener);
              });
      harness.feedAnyhow(manySteps(), new SplittableRandom(5));
      long results = harness.rows().size();
      assertThat(results).isGreaterThan(session ? 90 : 1_000);
      assertThat(harness.stateRows()).as("session %s", session).isLessThan(200);
    }
  }

  private static History manySteps() {
    long step = 7;
    var changes = new ArrayList<Change>();
    for (int i = 0; i < 3_000; i++) {
      changes.add(
          new Change(
              0,
              new @Nullable Object[] {"k" + i / 30 % 5, (long) i, 0.0, 1L, i * step, 0.3, 3L, null},
              1,
              (i - 1) * step));
    }
    return new History(List.of(CircuitPropertyTest.TYPES), changes);
  }

  @Test
  void setOperationsGiveUpWhatClosedWindowsHad() {
    for (MultisetOperator.Kind kind : MultisetOperator.Kind.values()) {
      var harness =
          new CircuitHarness(
              opener -> {
                var circuit = new CircuitBuilder().lateRows(lateTypes());
                Relation input = circuit.input(CircuitPropertyTest.TYPES, true);
                Relation rows =
                    input.window(
                        TIME, new HoppingWindows(20, 60, 0), true, LatePlace.of(WIDTH + 2));
                var bounds = List.of(new Expiry.Bound(0, 0));
                Relation left = rows.aggregate(List.of(0, END), SPECS, new Expiry(END, bounds));
                Relation right = rows.aggregate(List.of(0, END), SPECS, new Expiry(END, bounds));
                return circuit
                    .result(left.multiset(kind, right, new Expiry(1, bounds)))
                    .build(opener);
              });
      harness.feedAnyhow(manySteps(), new SplittableRandom(5));
      boolean all = kind == MultisetOperator.Kind.INTERSECT_ALL;
      assertThat(harness.rows().size()).as("%s", kind).isGreaterThan(all ? 1_000 : -1);
      assertThat(harness.stateRows()).as("%s", kind).isLessThan(400);
    }
  }

  @Test
  void rowsAreHeldBackUntilTheirWindowHasClosedAndComeOnce() {
    for (int round = 0; round < 40; round++) {
      long seed = CircuitPropertyTest.SEED + round;
      var random = new SplittableRandom(seed);
      History history = CircuitPropertyTest.history(random, false, 1 + random.nextInt(500));
      WindowAssigner windows = assigner(random);
      Split split = split(history, windows);
      long watermark = history.changes().get(history.size() - 1).watermark();
      List<@Nullable Object[]> closed =
          split.inTime().stream().filter(row -> ((Long) row[END]) <= watermark).toList();
      List<Long> ones = closed.stream().map(row -> 1L).toList();
      List<String> expected = NaiveView.aggregate(closed, ones, List.of(END, 0), SPECS);
      for (int way = 0; way < 3; way++) {
        var harness =
            new CircuitHarness(
                opener -> {
                  var circuit = new CircuitBuilder().lateRows(lateTypes());
                  var ends = new Expiry(END, List.of(new Expiry.Bound(0, 0)));
                  Relation groups =
                      circuit
                          .input(CircuitPropertyTest.TYPES, true)
                          .window(TIME, windows, true, LatePlace.of(WIDTH + 2))
                          .aggregate(List.of(END, 0), SPECS, ends);
                  return circuit.result(groups.emitOnClose(ends.at(0))).build(opener);
                });
        feed(harness, history, way, random);
        assertThat(harness.rows()).as("-Dcaisson.seed=%d way %d", seed, way).isEqualTo(expected);
      }
    }
  }
}
