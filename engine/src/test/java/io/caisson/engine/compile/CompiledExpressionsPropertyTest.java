package io.caisson.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.plan.Expression;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random expressions over random rows: the compiled code and its naive twin agree. */
class CompiledExpressionsPropertyTest {
  private static final int EXPRESSIONS = Integer.getInteger("caisson.expressions", 120);
  private static final int ROWS = 70;

  private final long seed = Long.getLong("caisson.seed", 20261122L);
  private final SplittableRandom random = new SplittableRandom(seed);
  private final RandomExpressions expressions = new RandomExpressions(random);

  @Test
  void projectionsAgreeWithTheirTwin() {
    for (int i = 0; i < EXPRESSIONS; i++) {
      TypeKind kind = RandomExpressions.KINDS.get(i % RandomExpressions.KINDS.size());
      Expression expression = expressions.expression(kind, 1 + random.nextInt(4));
      var projection = ExpressionCompiler.project(List.of(expression), expressions.input);
      check(expression, i, rows -> projection.project(rows));
    }
  }

  @Test
  void filtersAgreeWithTheirTwin() {
    for (int i = 0; i < EXPRESSIONS / 2; i++) {
      Expression condition = expressions.expression(TypeKind.BOOLEAN, 1 + random.nextInt(4));
      var filter = ExpressionCompiler.filter(condition, expressions.input);
      List<@Nullable Object[]> rows = rows(i % 3 == 0 ? 0 : 0.2);
      List<Integer> expected = new ArrayList<>();
      SqlState error = null;
      for (int row = 0; row < rows.size() && error == null; row++) {
        try {
          if (Boolean.TRUE.equals(Interpreter.evaluate(condition, rows.get(row)))) {
            expected.add(row);
          }
        } catch (CaissonException e) {
          error = e.state();
        }
      }
      Columns columns = TestRows.columns(expressions.input, rows);
      int[] selected = new int[rows.size()];
      if (error != null) {
        SqlState expectedError = error;
        assertThatThrownBy(
                () -> filter.select(columns, selected),
                "seed %d, filter %d: %s",
                seed,
                i,
                condition)
            .isInstanceOfSatisfying(
                CaissonException.class, e -> assertThat(e.state()).isEqualTo(expectedError));
      } else {
        int count = filter.select(columns, selected);
        assertThat(java.util.Arrays.stream(selected, 0, count).boxed().toList())
            .as("seed %d, filter %d: %s", seed, i, condition)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void manyExpressionsTogetherAgreeWithEachAlone() {
    for (int i = 0; i < 6; i++) {
      var together = new ArrayList<Expression>();
      for (int k = 0; k < 40; k++) {
        TypeKind kind = RandomExpressions.KINDS.get(k % RandomExpressions.KINDS.size());
        together.add(expressions.expression(kind, 2));
      }
      var projection = ExpressionCompiler.project(together, expressions.input);
      for (@Nullable Object[] row : rows(0.1)) {
        Columns one = TestRows.columns(expressions.input, List.<@Nullable Object[]>of(row));
        var expected = new ArrayList<@Nullable Object>();
        boolean fails = false;
        for (Expression expression : together) {
          try {
            expected.add(Interpreter.evaluate(expression, row));
          } catch (CaissonException e) {
            fails = true;
          }
        }
        if (fails) {
          assertThatThrownBy(() -> projection.project(one)).isInstanceOf(CaissonException.class);
          continue;
        }
        Columns result = projection.project(one);
        for (int k = 0; k < together.size(); k++) {
          assertThat(TestRows.value(result.column(k), together.get(k).type(), 0))
              .as("seed %d, projection %d, output %d: %s", seed, i, k, together.get(k))
              .isEqualTo(expected.get(k));
        }
      }
    }
  }

  private List<@Nullable Object[]> rows(double nullShare) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (int row = 0; row < ROWS; row++) {
      rows.add(expressions.row(nullShare));
    }
    return rows;
  }

  private interface Evaluation {
    Columns of(Columns rows);
  }

  /** Row by row, so that every row's error is seen; and all rows together if there is none. */
  private void check(Expression expression, int number, Evaluation evaluation) {
    List<@Nullable Object[]> rows = rows(number % 3 == 0 ? 0 : 0.2);
    var good = new ArrayList<@Nullable Object[]>();
    var expected = new ArrayList<@Nullable Object>();
    for (@Nullable Object[] row : rows) {
      try {
        expected.add(Interpreter.evaluate(expression, row));
        good.add(row);
      } catch (CaissonException e) {
        Columns one = TestRows.columns(expressions.input, List.<@Nullable Object[]>of(row));
        assertThatThrownBy(
                () -> evaluation.of(one), "seed %d, expression %d: %s", seed, number, expression)
            .isInstanceOfSatisfying(
                CaissonException.class, c -> assertThat(c.state()).isEqualTo(e.state()));
      }
    }
    Columns result = evaluation.of(TestRows.columns(expressions.input, good));
    for (int row = 0; row < good.size(); row++) {
      assertThat(TestRows.value(result.column(0), expression.type(), row))
          .as("seed %d, expression %d, row %s: %s", seed, number, List.of(row), expression)
          .isEqualTo(expected.get(row));
    }
  }
}
