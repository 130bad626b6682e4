package io.caisson.engine.compile;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.NumberCasts;
import io.caisson.plan.Expression;
import io.caisson.plan.Expression.FunctionCall;
import io.caisson.plan.Expression.InputColumn;
import io.caisson.plan.Expression.Literal;
import io.caisson.plan.Expression.OperatorCall;
import io.caisson.plan.Operator;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The naive twin of the compiler: evaluates an expression for one row, value by value, in whatever
 * way is simplest. Values are Longs, Doubles, Booleans, Strings and null. Thread-safe.
 */
final class Interpreter {
  private static final long DAY = 86_400_000_000L;

  private Interpreter() {}

  static @Nullable Object evaluate(Expression expression, @Nullable Object[] row) {
    if (expression instanceof InputColumn column) {
      return row[column.index()];
    }
    if (expression instanceof Literal literal) {
      boolean isBoolean = literal.type().kind() == TypeKind.BOOLEAN;
      return isBoolean && literal.value() != null ? literal.value().equals(1L) : literal.value();
    }
    if (expression instanceof OperatorCall call) {
      switch (call.operator()) {
        case AND, OR -> {
          return logic(call, row);
        }
        case CASE -> {
          return caseOf(call.arguments(), row);
        }
        default -> {}
      }
    }
    var values = new ArrayList<@Nullable Object>();
    for (Expression argument : Outline.arguments(expression)) {
      values.add(evaluate(argument, row));
    }
    if (expression instanceof OperatorCall call) {
      return operator(call, values);
    }
    return values.contains(null) ? null : invoke((FunctionCall) expression, values);
  }

  private static @Nullable Object invoke(FunctionCall call, List<@Nullable Object> values) {
    try {
      return call.function().method().invoke(null, values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof CaissonException error) {
        throw error;
      }
      throw new AssertionError(e);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable Object logic(OperatorCall call, @Nullable Object[] row) {
    boolean decisive = call.operator() == Operator.OR;
    boolean unknown = false;
    for (Expression argument : call.arguments()) {
      Object value = evaluate(argument, row);
      if (value == null) {
        unknown = true;
      } else if (value.equals(decisive)) {
        return decisive;
      }
    }
    return unknown ? null : !decisive;
  }

  private static @Nullable Object caseOf(List<Expression> arguments, @Nullable Object[] row) {
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      if (Boolean.TRUE.equals(evaluate(arguments.get(i), row))) {
        return evaluate(arguments.get(i + 1), row);
      }
    }
    return evaluate(arguments.get(arguments.size() - 1), row);
  }

  private static @Nullable Object operator(OperatorCall call, List<@Nullable Object> values) {
    Object first = values.get(0);
    switch (call.operator()) {
      case IS_NULL -> {
        return first == null;
      }
      case IS_NOT_NULL -> {
        return first != null;
      }
      case IS_TRUE -> {
        return Boolean.TRUE.equals(first);
      }
      case IS_NOT_TRUE -> {
        return !Boolean.TRUE.equals(first);
      }
      case IS_FALSE -> {
        return Boolean.FALSE.equals(first);
      }
      case IS_NOT_FALSE -> {
        return !Boolean.FALSE.equals(first);
      }
      default -> {}
    }
    var known = new ArrayList<Object>();
    for (Object value : values) {
      if (value == null) {
        return null;
      }
      known.add(value);
    }
    return strict(call, known);
  }

  private static Object strict(OperatorCall call, List<Object> values) {
    Object first = values.get(0);
    return switch (call.operator()) {
      case NOT -> !(Boolean) first;
      case NEGATE ->
          first instanceof Double d
              ? (Object) (-d)
              : ranged(BigInteger.valueOf((Long) first).negate(), call.type());
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO ->
          first instanceof Double a
              ? doubles(call, a, (Double) values.get(1))
              : ranged(
                  integers(
                      call.operator(),
                      BigInteger.valueOf((Long) first),
                      BigInteger.valueOf((Long) values.get(1))),
                  call.type());
      case CAST -> cast(first, call.arguments().get(0).type(), call.type());
      case CONCAT -> String.join("", values.stream().map(String.class::cast).toList());
      case LIKE -> like((String) first, (String) values.get(1));
      default -> compare(call.operator(), first, values.get(1));
    };
  }

  private static boolean like(String text, String pattern) {
    var regex = new StringBuilder("(?s)");
    pattern
        .codePoints()
        .forEach(
            c ->
                regex.append(
                    c == '%' ? ".*" : c == '_' ? "." : "\\x{" + Integer.toHexString(c) + "}"));
    return text.matches(regex.toString());
  }

  private static boolean compare(Operator operator, Object a, Object b) {
    int order;
    if (a instanceof Double x && b instanceof Double y) {
      order = x.doubleValue() == y.doubleValue() ? 0 : Double.compare(x, y);
    } else if (a instanceof String x && b instanceof String y) {
      order =
          Arrays.compareUnsigned(
              x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
    } else if (a instanceof Boolean x) {
      order = Boolean.compare(x, (Boolean) b);
    } else {
      order = Long.compare((Long) a, (Long) b);
    }
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      default -> throw new AssertionError(operator);
    };
  }

  private static Object doubles(OperatorCall call, double a, double b) {
    boolean division = call.operator() == Operator.DIVIDE || call.operator() == Operator.MODULO;
    if (division && b == 0 && !Double.isNaN(a)) {
      throw new CaissonException(SqlState.DIVISION_BY_ZERO, "twin");
    }
    double result =
        switch (call.operator()) {
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case MULTIPLY -> a * b;
          case DIVIDE -> a / b;
          default -> a % b;
        };
    return call.type().kind() == TypeKind.REAL ? (Object) (double) (float) result : result;
  }

  private static BigInteger integers(Operator operator, BigInteger a, BigInteger b) {
    boolean division = operator == Operator.DIVIDE || operator == Operator.MODULO;
    if (division && b.signum() == 0) {
      throw new CaissonException(SqlState.DIVISION_BY_ZERO, "twin");
    }
    return switch (operator) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.subtract(b);
      case MULTIPLY -> a.multiply(b);
      case DIVIDE -> a.divide(b);
      default -> a.remainder(b);
    };
  }

  private static Object ranged(BigInteger value, SqlType type) {
    int bits =
        switch (type.kind()) {
          case SMALLINT -> 15;
          case INTEGER -> 31;
          default -> 63;
        };
    if (value.bitLength() > bits) {
      throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "twin");
    }
    return value.longValueExact();
  }

  private static Object cast(Object value, SqlType from, SqlType to) {
    if (to.kind() == TypeKind.TEXT) {
      return text(value, from);
    }
    if (value instanceof String text) {
      return parsed(text.strip(), to);
    }
    return switch (to.kind()) {
      case BOOLEAN -> value instanceof Boolean ? value : Boolean.valueOf(!value.equals(0L));
      case SMALLINT, INTEGER, BIGINT -> ranged(whole(value), to);
      case DOUBLE -> value instanceof Long l ? (Object) (double) l : value;
      case REAL -> {
        float real = value instanceof Long l ? (float) (long) l : (float) (double) (Double) value;
        boolean lost = value instanceof Double d && real == 0 && d != 0;
        boolean overflow =
            Float.isInfinite(real) && value instanceof Double d && !Double.isInfinite(d);
        if (lost || overflow) {
          throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "twin");
        }
        yield (double) real;
      }
      case DATE -> from.kind() == TypeKind.DATE ? value : (Object) Math.floorDiv((Long) value, DAY);
      case TIMESTAMP ->
          from.kind() == TypeKind.TIMESTAMP
              ? value
              : ranged(BigInteger.valueOf((Long) value).multiply(BigInteger.valueOf(DAY)), to);
      default -> throw new AssertionError(to);
    };
  }

  private static BigInteger whole(Object value) {
    if (value instanceof Boolean b) {
      return b ? BigInteger.ONE : BigInteger.ZERO;
    }
    if (value instanceof Long l) {
      return BigInteger.valueOf(l);
    }
    double d = (Double) value;
    if (!Double.isFinite(d)) {
      throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "twin");
    }
    return new BigDecimal(d).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
  }

  private static String text(Object value, SqlType from) {
    return switch (from.kind()) {
      case TIMESTAMP -> {
        var time =
            LocalDateTime.ofEpochSecond(
                Math.floorDiv((Long) value, 1_000_000L),
                (int) Math.floorMod((Long) value, 1_000_000L) * 1000,
                java.time.ZoneOffset.UTC);
        long micros = Math.floorMod((Long) value, 1_000_000L);
        String fraction = micros == 0 ? "" : "." + String.valueOf(1_000_000L + micros).substring(1);
        yield time.toLocalDate()
            + " "
            + time.format(DateTimeFormatter.ofPattern("HH:mm:ss", java.util.Locale.ROOT))
            + fraction.replaceAll("0+$", "");
      }
      case DATE -> date((Long) value);
      // With the fewest digits; that it is so is tested where it is written.
      case REAL -> NumberCasts.realText((Double) value);
      case DOUBLE -> NumberCasts.doubleText((Double) value);
      default -> value.toString();
    };
  }

  private static String date(long days) {
    try {
      return LocalDate.ofEpochDay(days).toString();
    } catch (java.time.DateTimeException e) {
      throw new CaissonException(SqlState.NUMERIC_OUT_OF_RANGE, "twin", e);
    }
  }

  private static Object parsed(String text, SqlType to) {
    try {
      return switch (to.kind()) {
        case SMALLINT, INTEGER, BIGINT -> ranged(new BigInteger(text), to);
        case DOUBLE -> {
          if (!text.matches("[-+0-9.eE]+|NaN|-?Infinity")) {
            throw new NumberFormatException(text);
          }
          yield Double.parseDouble(text);
        }
        case BOOLEAN ->
            switch (text.toLowerCase(java.util.Locale.ROOT)) {
              case "true", "tru", "tr", "t", "1" -> true;
              case "false", "0", "no", "n" -> false;
              default -> throw new NumberFormatException(text);
            };
        case DATE -> LocalDate.parse(text).toEpochDay();
        default -> throw new AssertionError(to);
      };
    } catch (NumberFormatException e) {
      throw new CaissonException(SqlState.INVALID_TEXT, "twin", e);
    } catch (DateTimeParseException e) {
      throw new CaissonException(SqlState.INVALID_DATETIME, "twin", e);
    }
  }
}
