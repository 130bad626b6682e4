package io.caisson.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.dataflow.operator.CircuitHarness.Change;
import io.caisson.dataflow.operator.CircuitHarness.History;
import io.caisson.dataflow.operator.NaiveJoins.Bag;
import io.caisson.dataflow.operator.NaiveJoins.Row;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JoinPropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 20240229L);
  private static final int ROUNDS = 40;

  private static final SqlType TEXT = SqlType.of(TypeKind.TEXT);
  private static final SqlType BIGINT = SqlType.of(TypeKind.BIGINT);
  private static final SqlType DOUBLE = SqlType.of(TypeKind.DOUBLE);
  private static final List<SqlType> LEFT = List.of(TEXT, BIGINT, DOUBLE);
  private static final List<SqlType> RIGHT = List.of(BIGINT, DOUBLE, TEXT, BIGINT);
  private static final KeyEquality[] EQUALITIES = KeyEquality.values();
  private static final String[] TEXTS = {"", "a", "a\0", "ab", "é"};
  private static final double[] DOUBLES = {0.0, -0.0, 1.5, Double.NaN};

  /** Columns of both sides that are compared. */
  private record Keys(List<Integer> left, List<Integer> right) {
    KeyColumns columns(KeyEquality equality) {
      return new KeyColumns(left, right, equality);
    }

    boolean equal(Row l, Row r, KeyEquality equality) {
      for (int i = 0; i < left.size(); i++) {
        Object a = canonical(l.get(left.get(i)), equality);
        Object b = canonical(r.get(right.get(i)), equality);
        boolean nullsMatch = equality != KeyEquality.EQUAL;
        boolean same = (a == null || b == null) ? (nullsMatch && a == b) : a.equals(b);
        if (!same) {
          return false;
        }
      }
      return true;
    }

    private static @Nullable Object canonical(@Nullable Object value, KeyEquality equality) {
      return value instanceof Double number && equality != KeyEquality.IDENTICAL
          ? (Object) (number + 0.0)
          : value;
    }
  }

  private static Keys keys(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Keys(List.of(), List.of());
      case 1 -> new Keys(List.of(0), List.of(2));
      case 2 -> new Keys(List.of(2, 0), List.of(1, 2));
      case 3 -> new Keys(List.of(2), List.of(1));
      default -> new Keys(List.of(1), List.of(0));
    };
  }

  /** Left column 1 is less than right column 3, which are columns 1 and 6 of a pair. */
  private static int selectLess(Columns rows, int[] selected) {
    var small = (LongColumn) rows.column(1);
    var large = (LongColumn) rows.column(6);
    int count = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (!small.isNull(row) && !large.isNull(row) && small.value(row) < large.value(row)) {
        selected[count++] = row;
      }
    }
    return count;
  }

  private static boolean isLess(Row left, Row right) {
    return left.get(1) instanceof Long small && right.get(3) instanceof Long large && small < large;
  }

  @Test
  void innerJoinsEqualNestedLoops() {
    for (int round = 0; round < ROUNDS; round++) {
      var random = new SplittableRandom(SEED + round);
      Keys keys = keys(random);
      RowFilter filter = random.nextBoolean() ? JoinPropertyTest::selectLess : null;
      KeyEquality equality = EQUALITIES[random.nextInt(EQUALITIES.length)];
      NaiveJoins.Condition condition =
          (l, r) -> keys.equal(l, r, equality) && (filter == null || isLess(l, r));
      compare(
          random,
          RIGHT,
          (left, right) -> left.join(right, keys.columns(equality), filter, null),
          (left, right) -> NaiveJoins.join(left, right, condition),
          "round " + round);
    }
  }

  @Test
  void semiJoinsAndTheirOppositesEqualNestedLoops() {
    for (int round = 0; round < ROUNDS; round++) {
      var random = new SplittableRandom(SEED + round);
      Keys keys = keys(random);
      boolean matched = random.nextBoolean();
      KeyEquality equality = EQUALITIES[random.nextInt(EQUALITIES.length)];
      compare(
          random,
          RIGHT,
          (left, right) -> left.semiJoin(right, keys.columns(equality), matched, null),
          (left, right) ->
              NaiveJoins.semiJoin(left, right, (l, r) -> keys.equal(l, r, equality), matched),
          "round " + round + ", " + equality + ", " + matched);
    }
  }

  @Test
  void outerJoinsEqualNestedLoops() {
    for (int round = 0; round < ROUNDS; round++) {
      var random = new SplittableRandom(SEED + round);
      Keys keys = keys(random);
      RowFilter filter = random.nextBoolean() ? JoinPropertyTest::selectLess : null;
      KeyEquality equality = EQUALITIES[random.nextInt(EQUALITIES.length)];
      boolean keepsLeft = random.nextBoolean();
      boolean keepsRight = random.nextBoolean();
      NaiveJoins.Condition condition =
          (l, r) -> keys.equal(l, r, equality) && (filter == null || isLess(l, r));
      compare(
          random,
          RIGHT,
          (left, right) ->
              new OuterJoin(left, right, keys.columns(equality), filter, null)
                  .join(keepsLeft, keepsRight),
          (left, right) -> NaiveJoins.outerJoin(left, right, condition, keepsLeft, keepsRight),
          "round " + round);
      boolean matched = random.nextBoolean();
      compare(
          random,
          RIGHT,
          (left, right) ->
              new OuterJoin(left, right, keys.columns(equality), filter, null).semiJoin(matched),
          (left, right) -> NaiveJoins.semiJoin(left, right, condition, matched),
          "semi-join, round " + round);
    }
  }

  @Test
  void unionsAndSetOperationsWithDuplicatesEqualCounting() {
    for (int round = 0; round < ROUNDS; round++) {
      var random = new SplittableRandom(SEED + round);
      compare(
          random,
          LEFT,
          Relation::union,
          (left, right) -> NaiveJoins.combine(left, right, Long::sum),
          "UNION ALL, round " + round);
      for (MultisetOperator.Kind kind : MultisetOperator.Kind.values()) {
        compare(
            random,
            List.of(TEXT, BIGINT, BIGINT),
            List.of(TEXT, BIGINT, BIGINT),
            (left, right) -> left.multiset(kind, right, null),
            (left, right) ->
                NaiveJoins.combine(
                    left,
                    right,
                    kind == MultisetOperator.Kind.INTERSECT_ALL
                        ? Math::min
                        : (l, r) -> Math.max(l - r, 0)),
            kind + ", round " + round);
      }
    }
  }

  @Test
  void aRelationMayBeReadTwice() {
    List<SqlType> withoutDoubles = List.of(TEXT, BIGINT, BIGINT); // DISTINCT makes -0 to 0
    for (int round = 0; round < ROUNDS; round++) {
      var random = new SplittableRandom(SEED + round);
      compare(
          random,
          withoutDoubles,
          RIGHT,
          (left, right) ->
              left.join(
                      right,
                      new KeyColumns(List.of(1), List.of(0), KeyEquality.EQUAL),
                      JoinPropertyTest::selectLess,
                      null)
                  .project(
                      rows -> new Columns(rows.columns().subList(0, 3), rows.size()),
                      withoutDoubles)
                  .distinct()
                  .union(left),
          (left, right) ->
              NaiveJoins.combine(
                  NaiveJoins.semiJoin(
                      left,
                      right,
                      (l, r) ->
                          new Keys(List.of(1), List.of(0)).equal(l, r, KeyEquality.EQUAL)
                              && isLess(l, r),
                      true),
                  left,
                  (l, r) -> (l > 0 ? 1 : 0) + r),
          "round " + round);
    }
  }

  private static void compare(
      SplittableRandom random,
      List<SqlType> rightTypes,
      BinaryOperator<Relation> plan,
      BinaryOperator<Bag> twin,
      String what) {
    compare(random, LEFT, rightTypes, plan, twin, what);
  }

  private static void compare(
      SplittableRandom random,
      List<SqlType> leftTypes,
      List<SqlType> rightTypes,
      BinaryOperator<Relation> plan,
      BinaryOperator<Bag> twin,
      String what) {
    History history = history(random, List.of(leftTypes, rightTypes), 1 + random.nextInt(200));
    List<String> expected =
        twin.apply(
                Bag.of(history.rows(0), history.weights(0)),
                Bag.of(history.rows(1), history.weights(1)))
            .texts();
    for (int way = 0; way < 3; way++) {
      var harness =
          new CircuitHarness(
              opener -> {
                var circuit = new CircuitBuilder();
                Relation left = circuit.input(leftTypes, false);
                Relation right = circuit.input(rightTypes, false);
                return circuit.result(plan.apply(left, right)).build(opener);
              });
      switch (way) {
        case 0 -> harness.feedAtOnce(history);
        case 1 -> harness.feedOneByOne(history);
        default -> harness.feedAnyhow(history, random);
      }
      assertThat(harness.rows())
          .as("-Dcaisson.seed=%d, %s, way %d", SEED, what, way)
          .isEqualTo(expected);
    }
  }

  private static History history(SplittableRandom random, List<List<SqlType>> types, int size) {
    var changes = new ArrayList<Change>();
    var alive = new ArrayList<Change>();
    for (int i = 0; i < size; i++) {
      if (!alive.isEmpty() && random.nextInt(100) < 40) {
        Change taken = alive.remove(random.nextInt(alive.size()));
        changes.add(new Change(taken.input(), taken.row(), -taken.weight(), taken.watermark()));
        continue;
      }
      int input = random.nextInt(2);
      @Nullable Object[] row = types.get(input).stream().map(type -> value(random, type)).toArray();
      var change = new Change(input, row, random.nextInt(8) == 0 ? 2 : 1, Long.MIN_VALUE);
      changes.add(change);
      alive.add(change);
    }
    return new History(types, changes);
  }

  private static @Nullable Object value(SplittableRandom random, SqlType type) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    return switch (type.physical()) {
      case LONG -> (Long) random.nextLong(6);
      case DOUBLE -> (Double) DOUBLES[random.nextInt(DOUBLES.length)];
      case BYTES -> TEXTS[random.nextInt(TEXTS.length)];
    };
  }
}
