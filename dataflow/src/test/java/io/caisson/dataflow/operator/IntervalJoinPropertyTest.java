package io.caisson.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.column.BytesColumn;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.operator.CircuitHarness.Change;
import io.caisson.dataflow.operator.CircuitHarness.History;
import io.caisson.dataflow.operator.NaiveJoins.Bag;
import io.caisson.dataflow.operator.NaiveJoins.Row;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntervalJoinPropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 20260314L);
  private static final int ROUNDS = 120;
  private static final long SECOND = 1_000_000;

  private static final SqlType TEXT = SqlType.of(TypeKind.TEXT);
  private static final SqlType BIGINT = SqlType.of(TypeKind.BIGINT);
  private static final SqlType TIMESTAMP = SqlType.of(TypeKind.TIMESTAMP);
  private static final List<SqlType> LEFT = List.of(TEXT, TIMESTAMP, BIGINT);
  private static final List<SqlType> RIGHT = List.of(TIMESTAMP, TEXT, BIGINT, BIGINT);
  private static final int LEFT_TIME = 1;
  private static final int RIGHT_TIME = 0;

  /** Times of both sides that may meet. */
  private record Near(long from, long to) {
    boolean test(Row left, Row right) {
      return left.get(LEFT_TIME) instanceof Long l
          && right.get(RIGHT_TIME) instanceof Long r
          && r - l >= from
          && r - l <= to
          && sameText(left.get(0), right.get(1));
    }

    private static boolean sameText(@Nullable Object one, @Nullable Object other) {
      return one != null && one.equals(other);
    }

    int select(Columns rows, int[] selected) {
      var l = (LongColumn) rows.column(LEFT_TIME);
      var r = (LongColumn) rows.column(LEFT.size() + RIGHT_TIME);
      var one = (BytesColumn) rows.column(0);
      var other = (BytesColumn) rows.column(LEFT.size() + 1);
      int count = 0;
      for (int row = 0; row < rows.size(); row++) {
        long distance = r.value(row) - l.value(row);
        boolean keys = !one.isNull(row) && !other.isNull(row);
        if (keys && distance >= from && distance <= to && one.text(row).equals(other.text(row))) {
          selected[count++] = row;
        }
      }
      return count;
    }

    TimeDistance distance() {
      return new TimeDistance(
          from, to, expiry(LEFT_TIME, 0, 1, to), expiry(RIGHT_TIME, 1, 0, -from));
    }

    /** A row stands when none of its own time comes any more, and none that it meets. */
    private static Expiry expiry(int column, int own, int other, long distance) {
      return new Expiry(
          column,
          List.of(new Expiry.Bound(own, 1), new Expiry.Bound(other, 1 + Math.max(distance, 0))));
    }
  }

  @Test
  void joinsEqualThoseOfTheRowsInTimeHoweverTheInputIsCut() {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = SEED + round;
      var random = new SplittableRandom(seed);
      History history = history(random, 1 + random.nextInt(400));
      long from = random.nextInt(-40, 20) * SECOND;
      var near = new Near(from, from + random.nextInt(40) * SECOND);
      boolean byKey = random.nextBoolean();
      JoinShape shape = JoinShape.values()[random.nextInt(JoinShape.values().length)];
      List<String> expected =
          shape.naive(inTime(history, 0, LEFT_TIME), inTime(history, 1, RIGHT_TIME), near).texts();
      for (int way = 0; way < 3; way++) {
        CircuitHarness harness = harness(near, byKey, shape);
        switch (way) {
          case 0 -> harness.feedAtOnce(history);
          case 1 -> harness.feedOneByOne(history);
          default -> harness.feedAnyhow(history, random);
        }
        String what = "-Dcaisson.seed=%d, way %d, %s, %s".formatted(seed, way, shape, near);
        assertThat(harness.rows()).as(what).isEqualTo(expected);
        assertThat(harness.late()).as(what).isEqualTo(late(history, near));
      }
    }
  }

  @Test
  void theStateOfWhatTheWatermarksHavePassedIsGivenUp() {
    for (JoinShape shape : JoinShape.values()) {
      CircuitHarness harness = harness(new Near(-5 * SECOND, 10 * SECOND), true, shape);
      var changes = new ArrayList<Change>();
      for (int i = 0; i < 4_000; i++) {
        long time = i * SECOND;
        String key = "k" + i % 3;
        changes.add(
            i % 2 == 0
                ? new Change(0, new @Nullable Object[] {key, time, 1L}, 1, time - SECOND)
                : new Change(1, new @Nullable Object[] {time, key, 1L, 2L}, 1, time - SECOND));
      }
      harness.feedAnyhow(new History(List.of(LEFT, RIGHT), changes), new SplittableRandom(SEED));
      assertThat(harness.stateRows()).as("%s", shape).isLessThan(200);
    }
  }

  private static CircuitHarness harness(Near near, boolean byKey, JoinShape shape) {
    List<SqlType> lateTypes = lateTypes();
    return new CircuitHarness(
        opener -> {
          var circuit = new CircuitBuilder().lateRows(lateTypes);
          Relation left =
              circuit
                  .input(LEFT, true)
                  .inTime(LEFT_TIME, near.from(), near.to(), place(List.of(0, 1, 3, 4), "left"));
          Relation right =
              circuit
                  .input(RIGHT, true)
                  .inTime(
                      RIGHT_TIME, -near.to(), -near.from(), place(List.of(1, 0, 4, 5), "right"));
          List<Integer> leftKeys = byKey ? List.of(0) : List.of();
          List<Integer> rightKeys = byKey ? List.of(1) : List.of();
          OuterJoin join =
              OuterJoin.near(
                  left,
                  right,
                  new KeyColumns(leftKeys, rightKeys, KeyEquality.EQUAL),
                  near::select,
                  near.distance());
          return circuit.result(shape.of(join)).build(opener);
        });
  }

  private static LatePlace place(List<Integer> columns, String name) {
    return new LatePlace(columns, java.util.Optional.of(name));
  }

  private static List<SqlType> lateTypes() {
    return List.of(TEXT, TIMESTAMP, TIMESTAMP, TIMESTAMP, TEXT);
  }

  private static boolean isLate(Change change, int time) {
    return change.row()[time] instanceof Long at && at < change.watermark();
  }

  private static Bag inTime(History history, int input, int time) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (Change change : history.changes()) {
      if (change.input() == input && !isLate(change, time)) {
        rows.add(change.row());
      }
    }
    return Bag.of(rows, rows.stream().map(row -> 1L).toList());
  }

  private static List<String> late(History history, Near near) {
    var late = new ArrayList<String>();
    for (Change change : history.changes()) {
      boolean left = change.input() == 0;
      int time = left ? LEFT_TIME : RIGHT_TIME;
      if (isLate(change, time) && change.row()[time] instanceof Long at) {
        long from = left ? near.from() : -near.to();
        long to = left ? near.to() : -near.from();
        Object key = change.row()[left ? 0 : 1];
        String side = left ? "left" : "right";
        late.add(Arrays.asList(key, at, at + from, at + to, side).toString());
      }
    }
    late.sort(null);
    return late;
  }

  private static History history(SplittableRandom random, int size) {
    var changes = new ArrayList<Change>();
    long now = 0;
    long delay = random.nextInt(30) * SECOND;
    long[] greatest = {Long.MIN_VALUE, Long.MIN_VALUE};
    for (int i = 0; i < size; i++) {
      now += random.nextInt(5) * SECOND;
      int input = random.nextInt(random.nextInt(4) == 0 ? 1 : 2);
      Long time = random.nextInt(15) == 0 ? null : (Long) (now - random.nextInt(40) * SECOND);
      String key = random.nextInt(9) == 0 ? null : "k" + random.nextInt(3);
      Long number = random.nextLong(3);
      long watermark = greatest[input] == Long.MIN_VALUE ? Long.MIN_VALUE : greatest[input] - delay;
      changes.add(
          new Change(
              input,
              input == 0
                  ? new @Nullable Object[] {key, time, number}
                  : new @Nullable Object[] {time, key, number, 7L},
              1,
              watermark));
      if (time != null) {
        greatest[input] = Math.max(greatest[input], time);
      }
    }
    return new History(List.of(LEFT, RIGHT), changes);
  }

  /** What is made of a join. */
  private enum JoinShape {
    INNER,
    LEFT_OUTER,
    RIGHT_OUTER,
    FULL_OUTER,
    SEMI,
    ANTI;

    private boolean keepsLeft() {
      return this == LEFT_OUTER || this == FULL_OUTER;
    }

    private boolean keepsRight() {
      return this == RIGHT_OUTER || this == FULL_OUTER;
    }

    Relation of(OuterJoin join) {
      return this == SEMI || this == ANTI
          ? join.semiJoin(this == SEMI)
          : join.join(keepsLeft(), keepsRight());
    }

    Bag naive(Bag left, Bag right, Near near) {
      return this == SEMI || this == ANTI
          ? NaiveJoins.semiJoin(left, right, near::test, this == SEMI)
          : NaiveJoins.outerJoin(left, right, near::test, keepsLeft(), keepsRight());
    }
  }
}
