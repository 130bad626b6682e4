package io.caisson.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.dataflow.operator.CircuitHarness.Change;
import io.caisson.dataflow.operator.CircuitHarness.History;
import io.caisson.dataflow.operator.NaiveJoins.Bag;
import io.caisson.dataflow.operator.NaiveJoins.Row;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AsofJoinPropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 20260315L);
  private static final int ROUNDS = 150;

  private static final SqlType TEXT = SqlType.of(TypeKind.TEXT);
  private static final SqlType BIGINT = SqlType.of(TypeKind.BIGINT);
  private static final List<SqlType> LEFT = List.of(BIGINT, TEXT, BIGINT);
  private static final List<SqlType> RIGHT = List.of(TEXT, BIGINT, BIGINT);
  private static final int LEFT_TIME = 0;
  private static final int RIGHT_TIME = 1;
  private static final long[] TIMES = {
    Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MAX_VALUE - 1
  };

  @Test
  void eachRowFindsTheNearestHoweverRowsComeAndGo() {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = SEED + round;
      var random = new SplittableRandom(seed);
      boolean byKey = random.nextInt(4) > 0;
      boolean keepsLeft = random.nextBoolean();
      var match =
          new AsofMatch(LEFT_TIME, RIGHT_TIME, random.nextBoolean(), random.nextBoolean(), null);
      History history = history(random, 1 + random.nextInt(250));
      List<String> expected =
          joined(
              Bag.of(history.rows(0), history.weights(0)),
              Bag.of(history.rows(1), history.weights(1)),
              match,
              byKey,
              keepsLeft);
      for (int way = 0; way < 3; way++) {
        CircuitHarness harness = harness(match, byKey, keepsLeft, false);
        feed(harness, history, way, random);
        assertThat(harness.rows())
            .as("-Dcaisson.seed=%d, way %d, %s, %s", seed, way, match, keepsLeft)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void whatStandsIsGivenUpAndDoesNotShow() {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = SEED + round;
      var random = new SplittableRandom(seed);
      boolean keepsLeft = random.nextBoolean();
      var stands = new Expiry(LEFT_TIME, List.of(new Expiry.Bound(0, 1), new Expiry.Bound(1, 1)));
      var match = new AsofMatch(LEFT_TIME, RIGHT_TIME, false, random.nextBoolean(), stands);
      History history = streams(random, 400);
      Bag left = inTime(history, 0, LEFT_TIME);
      Bag right = inTime(history, 1, RIGHT_TIME);
      List<String> expected = joined(left, right, match, true, keepsLeft);
      for (int way = 0; way < 3; way++) {
        CircuitHarness harness = harness(match, true, keepsLeft, true);
        feed(harness, history, way, random);
        assertThat(harness.rows())
            .as("-Dcaisson.seed=%d, way %d, %s, %s", seed, way, match, keepsLeft)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void theStateStaysSmallWhileTheWatermarksGoOn() {
    var stands = new Expiry(LEFT_TIME, List.of(new Expiry.Bound(0, 1), new Expiry.Bound(1, 1)));
    CircuitHarness harness =
        harness(new AsofMatch(LEFT_TIME, RIGHT_TIME, false, false, stands), true, true, true);
    harness.feedOneByOne(streams(new SplittableRandom(SEED), 5_000));
    assertThat(harness.stateRows()).isLessThan(400);
  }

  private static void feed(
      CircuitHarness harness, History history, int way, SplittableRandom random) {
    switch (way) {
      case 0 -> harness.feedAtOnce(history);
      case 1 -> harness.feedOneByOne(history);
      default -> harness.feedAnyhow(history, random);
    }
  }

  private static CircuitHarness harness(
      AsofMatch match, boolean byKey, boolean keepsLeft, boolean gates) {
    return new CircuitHarness(
        opener -> {
          var circuit = new CircuitBuilder();
          Relation left = circuit.input(LEFT, gates);
          Relation right = circuit.input(RIGHT, gates);
          var keys =
              new KeyColumns(
                  byKey ? List.of(1) : List.of(),
                  byKey ? List.of(0) : List.of(),
                  KeyEquality.EQUAL);
          Relation joined =
              gates
                  ? left.inTime(LEFT_TIME, 0, 0, null)
                      .joinAsof(right.inTime(RIGHT_TIME, 0, 0, null), keys, match, keepsLeft)
                  : left.joinAsof(right, keys, match, keepsLeft);
          return circuit.result(joined).build(opener);
        });
  }

  private static List<String> joined(
      Bag left, Bag right, AsofMatch match, boolean byKey, boolean keepsLeft) {
    Map<Row, Long> pairs = new LinkedHashMap<>();
    left.weights()
        .forEach(
            (row, weight) -> {
              Row found = find(row, right, match, byKey);
              if (found != null || keepsLeft) {
                List<@Nullable Object> pair = new ArrayList<>(row.values());
                for (int i = 0; i < RIGHT.size(); i++) {
                  pair.add(found == null ? null : found.get(i));
                }
                pairs.merge(new Row(pair), weight, Long::sum);
              }
            });
    return new Bag(pairs).texts();
  }

  private static @Nullable Row find(Row row, Bag right, AsofMatch match, boolean byKey) {
    if (!(row.get(LEFT_TIME) instanceof Long time)) {
      return null;
    }
    Comparator<Row> nearest = Comparator.comparingLong(AsofJoinPropertyTest::time);
    return right.weights().keySet().stream()
        .filter(other -> !byKey || (row.get(1) != null && row.get(1).equals(other.get(0))))
        .filter(
            other ->
                other.get(RIGHT_TIME) instanceof Long at
                    && (match.later() ? at >= time : at <= time)
                    && !(match.strict() && at == (long) time))
        .min(
            (match.later() ? nearest : nearest.reversed())
                .thenComparing(AsofJoinPropertyTest::compareColumns))
        .orElse(null);
  }

  private static long time(Row row) {
    return row.get(RIGHT_TIME) instanceof Long time ? time : 0;
  }

  private static int compareColumns(Row one, Row other) {
    int order = compare(one.get(0), other.get(0));
    return order == 0 ? compare(one.get(2), other.get(2)) : order;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // values of one column
  private static int compare(@Nullable Object one, @Nullable Object other) {
    return one == null || other == null
        ? Boolean.compare(one == null, other == null)
        : ((Comparable) one).compareTo(other);
  }

  private static History history(SplittableRandom random, int size) {
    var changes = new ArrayList<Change>();
    var alive = new ArrayList<Change>();
    for (int i = 0; i < size; i++) {
      if (!alive.isEmpty() && random.nextInt(100) < 40) {
        Change taken = alive.remove(random.nextInt(alive.size()));
        changes.add(new Change(taken.input(), taken.row(), -taken.weight(), Long.MIN_VALUE));
        continue;
      }
      int input = random.nextInt(2);
      var change =
          new Change(
              input, row(random, input, time(random)), 1 + random.nextInt(2), Long.MIN_VALUE);
      changes.add(change);
      alive.add(change);
    }
    return new History(List.of(LEFT, RIGHT), changes);
  }

  private static @Nullable Long time(SplittableRandom random) {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> (Long) TIMES[random.nextInt(TIMES.length)];
      default -> (Long) (long) random.nextInt(-20, 20);
    };
  }

  private static @Nullable Object[] row(SplittableRandom random, int input, @Nullable Long time) {
    String key = random.nextInt(9) == 0 ? null : "k" + random.nextInt(3);
    Long number = random.nextInt(6) == 0 ? null : (Long) random.nextLong(4);
    return input == 0
        ? new @Nullable Object[] {time, key, number}
        : new @Nullable Object[] {key, time, number};
  }

  /** Rows that only come, out of order and sometimes too late. */
  private static History streams(SplittableRandom random, int size) {
    var changes = new ArrayList<Change>();
    long delay = random.nextInt(10);
    long[] greatest = {Long.MIN_VALUE, Long.MIN_VALUE};
    for (int i = 0; i < size; i++) {
      int input = random.nextInt(2);
      Long time = random.nextInt(20) == 0 ? null : (Long) (long) (i - random.nextInt(15));
      long watermark = greatest[input] == Long.MIN_VALUE ? Long.MIN_VALUE : greatest[input] - delay;
      changes.add(new Change(input, row(random, input, time), 1, watermark));
      if (time != null) {
        greatest[input] = Math.max(greatest[input], time);
      }
    }
    return new History(List.of(LEFT, RIGHT), changes);
  }

  private static Bag inTime(History history, int input, int time) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (Change change : history.changes()) {
      boolean late = change.row()[time] instanceof Long at && at < change.watermark();
      if (change.input() == input && !late) {
        rows.add(change.row());
      }
    }
    return Bag.of(rows, rows.stream().map(row -> 1L).toList());
  }
}
