package io.caisson.engine.compile;

import static io.caisson.engine.compile.RandomExpressions.call;
import static io.caisson.engine.compile.RandomExpressions.function;
import static io.caisson.engine.compile.RandomExpressions.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.plan.Expression;
import io.caisson.plan.Expression.InputColumn;
import io.caisson.plan.Expression.Literal;
import io.caisson.plan.Operator;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpressionCompilerTest {
  private static final List<SqlType> INPUT =
      List.of(
          type(TypeKind.BIGINT),
          type(TypeKind.TEXT),
          type(TypeKind.DOUBLE),
          type(TypeKind.INTEGER));
  private static final InputColumn ID = new InputColumn(0, type(TypeKind.BIGINT));
  private static final InputColumn NAME = new InputColumn(1, type(TypeKind.TEXT));
  private static final InputColumn PRICE = new InputColumn(2, type(TypeKind.DOUBLE));
  private static final InputColumn COUNT = new InputColumn(3, type(TypeKind.INTEGER));

  private static Literal literal(TypeKind kind, @Nullable Object value) {
    return new Literal(value, type(kind));
  }

  private static Columns rows(@Nullable Object[]... rows) {
    return TestRows.columns(INPUT, List.of(rows));
  }

  private static @Nullable Object[] row(
      @Nullable Object id, @Nullable Object name, @Nullable Object price, @Nullable Object count) {
    return new @Nullable Object[] {id, name, price, count};
  }

  private static @Nullable Object value(Expression expression, @Nullable Object[] row) {
    Column column =
        ExpressionCompiler.project(List.of(expression), INPUT).project(rows(row)).column(0);
    return TestRows.value(column, expression.type(), 0);
  }

  private static void fails(
      Expression expression, @Nullable Object[] row, SqlState state, String text) {
    assertThatThrownBy(() -> value(expression, row))
        .isInstanceOfSatisfying(CaissonException.class, e -> assertThat(e.state()).isEqualTo(state))
        .hasMessageContaining(text);
  }

  @Test
  void plainColumnsPassWithoutCopying() {
    Columns rows = rows(row(1L, "a", 1.0, 1L));
    Expression widened = call(Operator.CAST, TypeKind.BIGINT, COUNT);
    Columns result = ExpressionCompiler.project(List.of(NAME, widened, NAME), INPUT).project(rows);
    assertThat(result.column(0)).isSameAs(rows.column(1));
    assertThat(result.column(1)).isSameAs(rows.column(3));
    assertThat(result.column(2)).isSameAs(rows.column(1));
  }

  @Test
  void filtersSelectOnlyWhatIsTrue() {
    Expression condition =
        call(
            Operator.GREATER,
            TypeKind.BOOLEAN,
            call(Operator.MULTIPLY, TypeKind.DOUBLE, PRICE, literal(TypeKind.DOUBLE, 2.0)),
            literal(TypeKind.DOUBLE, 10.0));
    Columns rows =
        rows(
            row(1L, "a", 5.0, 1L),
            row(2L, "b", 5.5, 1L),
            row(3L, "c", null, 1L),
            row(4L, "d", Double.NaN, 1L));
    int[] selected = new int[4];
    assertThat(ExpressionCompiler.filter(condition, INPUT).select(rows, selected)).isEqualTo(2);
    assertThat(selected).startsWith(1, 3);
    assertThat(ExpressionCompiler.filter(condition, INPUT).select(rows(), new int[0])).isZero();
  }

  @Test
  void errorsNameTheOperationAndItsValues() {
    Literal one = literal(TypeKind.BIGINT, 1L);
    Literal zero = literal(TypeKind.BIGINT, 0L);
    fails(
        call(Operator.ADD, TypeKind.BIGINT, ID, one),
        row(Long.MAX_VALUE, "a", 1.0, 1L),
        SqlState.NUMERIC_OUT_OF_RANGE,
        "bigint out of range: 9223372036854775807 + 1");
    fails(
        call(Operator.DIVIDE, TypeKind.BIGINT, ID, zero),
        row(7L, "a", 1.0, 1L),
        SqlState.DIVISION_BY_ZERO,
        "division by zero: 7 / 0");
    fails(
        call(Operator.MULTIPLY, TypeKind.INTEGER, COUNT, COUNT),
        row(7L, "a", 1.0, 100_000L),
        SqlState.NUMERIC_OUT_OF_RANGE,
        "integer out of range: 10000000000");
    fails(
        call(Operator.CAST, TypeKind.BIGINT, NAME),
        row(7L, "x", 1.0, 1L),
        SqlState.INVALID_TEXT,
        "invalid input syntax for type bigint: \"x\"");
  }

  @Test
  void branchesNotTakenRaiseNoError() {
    Literal zero = literal(TypeKind.BIGINT, 0L);
    Expression isZero = call(Operator.EQUAL, TypeKind.BOOLEAN, ID, zero);
    Expression quotient = call(Operator.DIVIDE, TypeKind.BIGINT, literal(TypeKind.BIGINT, 10L), ID);
    Expression positive = call(Operator.GREATER, TypeKind.BOOLEAN, quotient, zero);
    @Nullable Object[] row = row(0L, "a", 1.0, 1L);
    assertThat(value(call(Operator.CASE, TypeKind.BIGINT, isZero, ID, quotient), row))
        .isEqualTo(0L);
    assertThat(value(call(Operator.OR, TypeKind.BOOLEAN, isZero, positive), row)).isEqualTo(true);
    Expression notZero = call(Operator.NOT, TypeKind.BOOLEAN, isZero);
    assertThat(value(call(Operator.AND, TypeKind.BOOLEAN, notZero, positive), row))
        .isEqualTo(false);
    fails(
        call(Operator.AND, TypeKind.BOOLEAN, isZero, positive),
        row,
        SqlState.DIVISION_BY_ZERO,
        "10 / 0");
    Expression constantError =
        call(Operator.DIVIDE, TypeKind.BIGINT, literal(TypeKind.BIGINT, 10L), zero);
    assertThat(value(call(Operator.CASE, TypeKind.BIGINT, isZero, ID, constantError), row))
        .isEqualTo(0L);
  }

  @Test
  void nullsAreNotHandedToFunctions() {
    Expression lower = function("lower", NAME);
    assertThat(value(lower, row(1L, null, 1.0, 1L))).isNull();
    assertThat(value(lower, row(1L, "ÄB", 1.0, 1L))).isEqualTo("äb");
    Expression like = call(Operator.LIKE, TypeKind.BOOLEAN, NAME, literal(TypeKind.TEXT, "/i%\\_"));
    assertThat(value(like, row(1L, "/item_", 1.0, 1L))).isEqualTo(true);
    assertThat(value(like, row(1L, "/items", 1.0, 1L))).isEqualTo(false);
    assertThat(value(like, row(1L, null, 1.0, 1L))).isNull();
  }

  @Test
  void timesAreRoundedToTheirPrecision() {
    SqlType millis = SqlType.of(TypeKind.TIMESTAMP);
    var time = new InputColumn(0, new SqlType(TypeKind.TIMESTAMP, 6, 0, true));
    var cast = new Expression.OperatorCall(Operator.CAST, List.of(time), millis);
    var projection = ExpressionCompiler.project(List.of(cast), List.of(time.type()));
    Columns rows =
        TestRows.columns(
            List.of(time.type()), List.<@Nullable Object[]>of(new Object[] {10_000_600L}));
    assertThat(TestRows.value(projection.project(rows).column(0), millis, 0))
        .isEqualTo(10_001_000L);
  }

  @Test
  void constantsAreComputedOnceAndNullLiteralsFillColumns() {
    Expression parsed =
        call(
            Operator.CAST,
            TypeKind.TEXT,
            call(Operator.CAST, TypeKind.DATE, literal(TypeKind.TEXT, "2026-1-5")));
    assertThat(value(parsed, row(1L, "a", 1.0, 1L))).isEqualTo("2026-01-05");
    assertThat(value(literal(TypeKind.TEXT, null), row(1L, "a", 1.0, 1L))).isNull();
    assertThat(value(literal(TypeKind.BOOLEAN, 1L), row(1L, "a", 1.0, 1L))).isEqualTo(true);
  }

  @Test
  void castsThatDoNotExistAreRefused() {
    assertThatThrownBy(() -> value(call(Operator.CAST, TypeKind.DATE, ID), row(1L, "a", 1.0, 1L)))
        .isInstanceOf(CaissonException.class)
        .hasMessage("cannot cast BIGINT to DATE");
  }

  @Test
  void bigExpressionsAreCutIntoMethods() {
    var names = new ArrayList<Expression>();
    var branches = new ArrayList<Expression>();
    Expression sum = ID;
    for (long i = 0; i < 200; i++) {
      Expression isName =
          call(Operator.EQUAL, TypeKind.BOOLEAN, NAME, literal(TypeKind.TEXT, "name" + i));
      names.add(isName);
      branches.add(isName);
      branches.add(
          call(Operator.CONCAT, TypeKind.TEXT, NAME, literal(TypeKind.TEXT, "/" + i), NAME));
      sum = call(Operator.ADD, TypeKind.BIGINT, sum, literal(TypeKind.BIGINT, i));
    }
    branches.add(literal(TypeKind.TEXT, "none"));
    Expression anyName = call(Operator.OR, TypeKind.BOOLEAN, names.toArray(Expression[]::new));
    Expression chosen = call(Operator.CASE, TypeKind.TEXT, branches.toArray(Expression[]::new));
    var outputs = new ArrayList<>(List.of(anyName, chosen, sum));
    for (long i = 0; i < 150; i++) {
      outputs.add(call(Operator.SUBTRACT, TypeKind.BIGINT, ID, literal(TypeKind.BIGINT, i)));
    }
    var projection = ExpressionCompiler.project(outputs, INPUT);
    Columns result =
        projection.project(
            rows(row(1L, "name199", 1.0, 1L), row(2L, "other", 1.0, 1L), row(3L, null, 1.0, 1L)));
    var expected =
        List.<@Nullable Object[]>of(
            new Object[] {true, "name199/199name199", 19_901L, -148L},
            new Object[] {false, "none", 19_902L, -147L},
            new @Nullable Object[] {null, "none", 19_903L, -146L});
    for (int row = 0; row < expected.size(); row++) {
      for (int column = 0; column < 3; column++) {
        assertThat(TestRows.value(result.column(column), outputs.get(column).type(), row))
            .isEqualTo(expected.get(row)[column]);
      }
      assertThat(TestRows.value(result.column(152), ID.type(), row))
          .isEqualTo(expected.get(row)[3]);
    }
    assertThat(GeneratedClassSizes.longestMethod(outputs, INPUT)).isLessThan(8_000);
  }
}
