package io.caisson.engine.compile;

import io.caisson.function.FunctionRegistry;
import io.caisson.function.ScalarFunction;
import io.caisson.plan.Expression;
import io.caisson.plan.Expression.FunctionCall;
import io.caisson.plan.Expression.InputColumn;
import io.caisson.plan.Expression.Literal;
import io.caisson.plan.Expression.OperatorCall;
import io.caisson.plan.Operator;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random typed expressions, and rows to evaluate them over. For one thread. */
final class RandomExpressions {
  static final List<TypeKind> KINDS =
      List.of(
          TypeKind.BOOLEAN,
          TypeKind.SMALLINT,
          TypeKind.INTEGER,
          TypeKind.BIGINT,
          TypeKind.REAL,
          TypeKind.DOUBLE,
          TypeKind.TEXT,
          TypeKind.DATE,
          TypeKind.TIMESTAMP);

  private static final Operator[] COMPARISONS = {
    Operator.EQUAL,
    Operator.NOT_EQUAL,
    Operator.LESS,
    Operator.LESS_OR_EQUAL,
    Operator.GREATER,
    Operator.GREATER_OR_EQUAL
  };
  private static final Operator[] ARITHMETIC = {
    Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE, Operator.MODULO
  };
  private static final Operator[] TESTS = {
    Operator.IS_NULL,
    Operator.IS_NOT_NULL,
    Operator.IS_TRUE,
    Operator.IS_NOT_TRUE,
    Operator.IS_FALSE,
    Operator.IS_NOT_FALSE
  };
  private static final long[] LONGS = {0, 1, -1, 2, 7, 100, Long.MIN_VALUE, Long.MAX_VALUE};
  private static final double[] DOUBLES = {
    0, -0.0, 1, -1, 0.5, 2.5, 1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE
  };
  private static final String[] TEXTS = {
    "", "a", "ab", "B", "äö", "\uD83D\uDE00x", "7", " 12 ", "-1", "true", "no", "2026-01-31", "1e3"
  };

  private final SplittableRandom random;
  final List<SqlType> input = new ArrayList<>();

  /** Two columns of each type. */
  RandomExpressions(SplittableRandom random) {
    this.random = random;
    for (TypeKind kind : KINDS) {
      input.add(type(kind));
      input.add(type(kind));
    }
  }

  /** Times with all their digits: rounding is tested elsewhere. */
  static SqlType type(TypeKind kind) {
    return kind == TypeKind.TIMESTAMP ? new SqlType(kind, 6, 0, true) : SqlType.of(kind);
  }

  @Nullable Object[] row(double nullShare) {
    @Nullable Object[] row = new Object[input.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = random.nextDouble() < nullShare ? null : value(input.get(i).kind());
    }
    return row;
  }

  private Object value(TypeKind kind) {
    return switch (kind) {
      case BOOLEAN -> random.nextBoolean();
      case SMALLINT -> (long) (short) anyLong();
      case INTEGER -> (long) (int) anyLong();
      case BIGINT, TIMESTAMP -> anyLong();
      case DATE -> random.nextInt(10) == 0 ? anyLong() : random.nextLong(-100_000, 100_000);
      case REAL -> (double) (float) anyDouble();
      case DOUBLE -> anyDouble();
      default -> TEXTS[random.nextInt(TEXTS.length)];
    };
  }

  private long anyLong() {
    return switch (random.nextInt(4)) {
      case 0 -> LONGS[random.nextInt(LONGS.length)];
      case 1 -> random.nextLong();
      default -> random.nextLong(-50, 50);
    };
  }

  private double anyDouble() {
    return random.nextInt(3) == 0
        ? DOUBLES[random.nextInt(DOUBLES.length)]
        : random.nextInt(-100, 100) / 4.0;
  }

  Expression expression(TypeKind kind, int depth) {
    int choice = random.nextInt(depth <= 0 ? 2 : 8);
    if (choice == 0) {
      Object value = random.nextInt(6) == 0 ? null : value(kind);
      return new Literal(value instanceof Boolean b ? (Object) (b ? 1L : 0L) : value, type(kind));
    }
    if (choice == 1) {
      return new InputColumn(2 * KINDS.indexOf(kind) + random.nextInt(2), type(kind));
    }
    if (choice == 2) {
      return call(
          Operator.CASE,
          kind,
          expression(TypeKind.BOOLEAN, depth - 1),
          expression(kind, depth - 1),
          expression(TypeKind.BOOLEAN, depth - 1),
          expression(kind, depth - 1),
          expression(kind, depth - 1));
    }
    if (choice == 3) {
      return call(Operator.CAST, kind, expression(castable(kind), depth - 1));
    }
    return switch (kind) {
      case BOOLEAN -> condition(depth);
      case TEXT -> text(depth);
      case DATE -> call(Operator.ADD, kind, expression(kind, depth - 1), small(depth));
      case TIMESTAMP ->
          function(
              "date_trunc", new Literal("day", type(TypeKind.TEXT)), expression(kind, depth - 1));
      case BIGINT -> random.nextInt(4) == 0 ? length(depth) : arithmetic(kind, depth);
      default -> arithmetic(kind, depth);
    };
  }

  private Expression small(int depth) {
    return expression(TypeKind.INTEGER, depth - 1);
  }

  private Expression length(int depth) {
    return call(
        Operator.CAST, TypeKind.BIGINT, function("length", expression(TypeKind.TEXT, depth - 1)));
  }

  private Expression arithmetic(TypeKind kind, int depth) {
    Expression left = expression(kind, depth - 1);
    if (random.nextInt(6) == 0) {
      return call(Operator.NEGATE, kind, left);
    }
    Operator operator = ARITHMETIC[random.nextInt(ARITHMETIC.length)];
    return call(operator, kind, left, random.nextInt(5) == 0 ? left : expression(kind, depth - 1));
  }

  private Expression condition(int depth) {
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        TypeKind kind = KINDS.get(random.nextInt(KINDS.size()));
        return call(
            COMPARISONS[random.nextInt(COMPARISONS.length)],
            TypeKind.BOOLEAN,
            expression(kind, depth - 1),
            expression(kind, depth - 1));
      }
      case 2 -> {
        var operands = new Expression[2 + random.nextInt(3)];
        for (int i = 0; i < operands.length; i++) {
          operands[i] =
              i > 1 && random.nextBoolean() ? operands[0] : expression(TypeKind.BOOLEAN, depth - 1);
        }
        return call(random.nextBoolean() ? Operator.AND : Operator.OR, TypeKind.BOOLEAN, operands);
      }
      case 3 -> {
        return call(Operator.NOT, TypeKind.BOOLEAN, expression(TypeKind.BOOLEAN, depth - 1));
      }
      case 4 -> {
        return call(
            TESTS[random.nextInt(TESTS.length)],
            TypeKind.BOOLEAN,
            expression(TypeKind.BOOLEAN, depth - 1));
      }
      default -> {
        String[] patterns = {"%", "a%", "_b", "%ä%", ""};
        Expression pattern =
            new Literal(patterns[random.nextInt(patterns.length)], type(TypeKind.TEXT));
        return call(
            Operator.LIKE,
            TypeKind.BOOLEAN,
            expression(TypeKind.TEXT, depth - 1),
            random.nextInt(4) == 0 ? expression(TypeKind.TEXT, depth - 1) : pattern);
      }
    }
  }

  private Expression text(int depth) {
    Expression first = expression(TypeKind.TEXT, depth - 1);
    return switch (random.nextInt(3)) {
      case 0 ->
          call(Operator.CONCAT, TypeKind.TEXT, first, expression(TypeKind.TEXT, depth - 1), first);
      case 1 -> function("upper", first);
      default -> function("left", first, expression(TypeKind.BIGINT, depth - 1));
    };
  }

  private TypeKind castable(TypeKind kind) {
    TypeKind[] from =
        switch (kind) {
          case BOOLEAN -> new TypeKind[] {TypeKind.INTEGER, TypeKind.TEXT};
          case SMALLINT, INTEGER, BIGINT ->
              new TypeKind[] {
                TypeKind.SMALLINT,
                TypeKind.INTEGER,
                TypeKind.BIGINT,
                TypeKind.REAL,
                TypeKind.DOUBLE,
                TypeKind.TEXT,
                TypeKind.BOOLEAN
              };
          case REAL -> new TypeKind[] {TypeKind.INTEGER, TypeKind.BIGINT, TypeKind.DOUBLE};
          case DOUBLE -> new TypeKind[] {TypeKind.BIGINT, TypeKind.REAL, TypeKind.TEXT};
          case TEXT -> KINDS.toArray(TypeKind[]::new);
          case DATE -> new TypeKind[] {TypeKind.TIMESTAMP, TypeKind.DATE};
          default -> new TypeKind[] {TypeKind.DATE};
        };
    return from[random.nextInt(from.length)];
  }

  static OperatorCall call(Operator operator, TypeKind kind, Expression... arguments) {
    return new OperatorCall(operator, List.of(arguments), type(kind));
  }

  static FunctionCall function(String name, Expression... arguments) {
    ScalarFunction function =
        FunctionRegistry.builtIn().named(name).stream()
            .filter(f -> takes(f, arguments))
            .findFirst()
            .orElseThrow();
    return new FunctionCall(function, List.of(arguments), function.result());
  }

  private static boolean takes(ScalarFunction function, Expression... arguments) {
    boolean fits = function.arguments().size() == arguments.length;
    for (int i = 0; fits && i < arguments.length; i++) {
      fits = function.arguments().get(i).kind() == arguments[i].type().kind();
    }
    return fits;
  }
}
