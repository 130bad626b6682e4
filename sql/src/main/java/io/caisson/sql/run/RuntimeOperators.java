package io.caisson.sql.run;

import io.caisson.function.ScalarFunction;
import io.caisson.function.array.ArrayComparison;
import io.caisson.function.operator.Arithmetic;
import io.caisson.function.operator.Comparison;
import io.caisson.function.operator.DecimalArithmetic;
import io.caisson.function.operator.IntervalArithmetic;
import io.caisson.function.operator.LikePattern;
import io.caisson.sql.validate.BuiltInFunction;
import io.caisson.sql.validate.ObjectType;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.Interval;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Operators on which Calcite's runtime and PostgreSQL differ (the place of NaN, the order of text,
 * the division of doubles by zero, the escape character and the lines of LIKE), as calls of the
 * functions that views use. Stateless.
 */
final class RuntimeOperators {
  private static final BuiltInFunction LESS = onDoubles("less", TypeKind.BOOLEAN, Comparison.class);
  private static final BuiltInFunction LESS_OR_EQUAL =
      onDoubles("lessOrEqual", TypeKind.BOOLEAN, Comparison.class);
  private static final BuiltInFunction DIVIDE =
      onDoubles("divide", TypeKind.DOUBLE, Arithmetic.class);
  private static final BuiltInFunction MODULO =
      onDoubles("modulo", TypeKind.DOUBLE, Arithmetic.class);
  private static final BuiltInFunction COMPARE =
      function(
          "compare",
          List.of(TypeKind.TEXT, TypeKind.TEXT),
          TypeKind.INTEGER,
          method(Comparison.class, "compare", String.class, String.class));
  private static final BuiltInFunction TEXT_SORT_KEY =
      function(
          "sort key",
          List.of(TypeKind.TEXT),
          TypeKind.TEXT,
          method(Comparison.class, "sortKey", String.class));
  private static final BuiltInFunction DOUBLE_SORT_KEY =
      function(
          "sort key",
          List.of(TypeKind.DOUBLE),
          TypeKind.BIGINT,
          method(Comparison.class, "sortKey", double.class));

  private static final Map<SqlKind, BuiltInFunction> ON_NUMERICS =
      Map.of(
          SqlKind.PLUS, onNumerics("add"),
          SqlKind.MINUS, onNumerics("subtract"),
          SqlKind.TIMES, onNumerics("multiply"),
          SqlKind.DIVIDE, onNumerics("divide"),
          SqlKind.MOD, onNumerics("modulo"));
  private static final BuiltInFunction COMPARE_NUMERICS =
      function(
          "compare",
          List.of(TypeKind.NUMERIC, TypeKind.NUMERIC),
          TypeKind.INTEGER,
          method(DecimalArithmetic.class, "compare", BigDecimal.class, BigDecimal.class));
  private static final BuiltInFunction NUMERIC_KEY =
      function(
          "key",
          List.of(TypeKind.NUMERIC),
          TypeKind.NUMERIC,
          method(DecimalArithmetic.class, "key", BigDecimal.class));
  private static final BuiltInFunction INTERVAL_KEY =
      function(
          "key",
          List.of(TypeKind.INTERVAL),
          TypeKind.INTERVAL,
          method(IntervalArithmetic.class, "key", Interval.class));
  private static final BuiltInFunction LIKE = onTexts("like", 2);
  private static final BuiltInFunction LIKE_ESCAPE = onTexts("like", 3);
  private static final BuiltInFunction ILIKE = onTexts("likeIgnoringCase", 2);
  private static final BuiltInFunction ILIKE_ESCAPE = onTexts("likeIgnoringCase", 3);

  private RuntimeOperators() {}

  /** A call that computes what views do, or null where Calcite's operator does the same. */
  static @Nullable RexNode replacement(RexCall call, RexBuilder rex) {
    List<RexNode> operands = call.getOperands();
    if (call.getKind() == SqlKind.LIKE) {
      return like(call, rex);
    }
    if (operands.size() != 2) {
      return null;
    }
    RexNode a = operands.get(0);
    RexNode b = operands.get(1);
    boolean numbers = SqlTypeUtil.isNumeric(a.getType()) && SqlTypeUtil.isNumeric(b.getType());
    if (numbers && (isDouble(a.getType()) || isDouble(b.getType()))) {
      return onDoubles(call, toDouble(a, rex), toDouble(b, rex), rex);
    }
    if (numbers && (SqlTypeUtil.isDecimal(a.getType()) || SqlTypeUtil.isDecimal(b.getType()))) {
      return onNumerics(call, toNumeric(a, rex), toNumeric(b, rex), rex);
    }
    if (a.getType() instanceof ObjectType ours && isOrder(call.getKind())) {
      return compared(call, rex.makeCall(comparison(ours), a, b), rex);
    }
    boolean text = SqlTypeUtil.isCharacter(a.getType()) && SqlTypeUtil.isCharacter(b.getType());
    return text && isOrder(call.getKind())
        ? compared(call, rex.makeCall(COMPARE, a, b), rex)
        : null;
  }

  private static BuiltInFunction comparison(ObjectType type) {
    Class<?> values = type.kind().physicalObject();
    Class<?> owner =
        switch (type.kind()) {
          case ARRAY -> ArrayComparison.class;
          case INTERVAL -> IntervalArithmetic.class;
          default -> Comparison.class;
        };
    return ofTypes(
        "compare",
        List.of(type.type(), type.type()),
        SqlType.of(TypeKind.INTEGER),
        method(owner, "compare", values, values));
  }

  /** The form of a value that all values have that equal it. */
  static RexNode key(RexNode value, RexBuilder rex) {
    if (value.getType() instanceof ObjectType ours && ours.kind() == TypeKind.ARRAY) {
      Method method = method(ArrayComparison.class, "key", SqlArray.class);
      BuiltInFunction ofArrays = ofTypes("key", List.of(ours.type()), ours.type(), method);
      return rex.makeCall(value.getType(), ofArrays, List.of(value));
    }
    BuiltInFunction key = value.getType() instanceof ObjectType ? INTERVAL_KEY : NUMERIC_KEY;
    return rex.makeCall(value.getType(), key, List.of(value));
  }

  private static @Nullable RexNode onNumerics(RexCall call, RexNode a, RexNode b, RexBuilder rex) {
    BuiltInFunction arithmetic = ON_NUMERICS.get(call.getKind());
    if (arithmetic != null) {
      return rex.makeCall(call.getType(), arithmetic, List.of(a, b));
    }
    if (isOrder(call.getKind())) {
      return compared(call, rex.makeCall(COMPARE_NUMERICS, a, b), rex);
    }
    return switch (call.getKind()) {
      case EQUALS, NOT_EQUALS, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM ->
          rex.makeCall(
              call.getType(), call.getOperator(), List.of(keyOnce(a, rex), keyOnce(b, rex)));
      default -> null;
    };
  }

  private static RexNode keyOnce(RexNode value, RexBuilder rex) {
    boolean key = value instanceof RexCall call && call.getOperator().equals(NUMERIC_KEY);
    return key ? value : key(value, rex);
  }

  private static RexNode toNumeric(RexNode number, RexBuilder rex) {
    if (SqlTypeUtil.isDecimal(number.getType())) {
      return number;
    }
    RelDataType numeric =
        SqlTypes.toCalcite(
            SqlType.of(TypeKind.NUMERIC).withNullable(number.getType().isNullable()),
            rex.getTypeFactory());
    var cast = (RexCall) rex.makeAbstractCast(numeric, number, false);
    RexNode replaced = RuntimeCasts.replacement(cast, rex);
    return replaced == null ? cast : replaced;
  }

  private static @Nullable RexNode like(RexCall call, RexBuilder rex) {
    List<RexNode> operands = call.getOperands();
    if (!operands.stream().allMatch(operand -> SqlTypeUtil.isCharacter(operand.getType()))) {
      return null;
    }
    String name = call.getOperator().getName();
    BuiltInFunction function =
        switch (name) {
          case "LIKE" -> operands.size() == 2 ? LIKE : LIKE_ESCAPE;
          case "ILIKE" -> operands.size() == 2 ? ILIKE : ILIKE_ESCAPE;
          default -> null;
        };
    return function == null ? null : rex.makeCall(call.getType(), function, operands);
  }

  private static BuiltInFunction onTexts(String method, int count) {
    Class<?>[] parameters = Collections.nCopies(count, String.class).toArray(Class<?>[]::new);
    return function(
        "like",
        Collections.nCopies(count, TypeKind.TEXT),
        TypeKind.BOOLEAN,
        method(LikePattern.class, method, parameters));
  }

  /** What sorts as views compare when Calcite's runtime compares it. */
  static RexNode sortKey(RexNode value, RexBuilder rex) {
    if (SqlTypeUtil.isCharacter(value.getType())) {
      return rex.makeCall(value.getType(), TEXT_SORT_KEY, List.of(value));
    }
    return isDouble(value.getType()) ? rex.makeCall(DOUBLE_SORT_KEY, value) : value;
  }

  private static boolean isDouble(RelDataType type) {
    return SqlTypeUtil.isApproximateNumeric(type);
  }

  private static RexNode toDouble(RexNode number, RexBuilder rex) {
    return isDouble(number.getType())
        ? number
        : rex.ensureType(rex.getTypeFactory().createSqlType(SqlTypeName.DOUBLE), number, true);
  }

  private static boolean isOrder(SqlKind kind) {
    return switch (kind) {
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> true;
      default -> false;
    };
  }

  private static @Nullable RexNode onDoubles(RexCall call, RexNode a, RexNode b, RexBuilder rex) {
    RelDataType type = call.getType();
    return switch (call.getKind()) {
      case LESS_THAN -> rex.makeCall(type, LESS, List.of(a, b));
      case GREATER_THAN -> rex.makeCall(type, LESS, List.of(b, a));
      case LESS_THAN_OR_EQUAL -> rex.makeCall(type, LESS_OR_EQUAL, List.of(a, b));
      case GREATER_THAN_OR_EQUAL -> rex.makeCall(type, LESS_OR_EQUAL, List.of(b, a));
      case DIVIDE -> rex.ensureType(type, rex.makeCall(DIVIDE, a, b), true);
      case MOD -> rex.ensureType(type, rex.makeCall(MODULO, a, b), true);
      default -> null;
    };
  }

  /** What the call says of the two, said of their comparison and zero. */
  private static RexNode compared(RexCall call, RexNode comparison, RexBuilder rex) {
    RelDataType integer = rex.getTypeFactory().createSqlType(SqlTypeName.INTEGER);
    return rex.makeCall(
        call.getType(),
        call.getOperator(),
        List.of(comparison, rex.makeExactLiteral(BigDecimal.ZERO, integer)));
  }

  private static BuiltInFunction onNumerics(String name) {
    return function(
        name,
        List.of(TypeKind.NUMERIC, TypeKind.NUMERIC),
        TypeKind.NUMERIC,
        method(DecimalArithmetic.class, name, BigDecimal.class, BigDecimal.class));
  }

  private static BuiltInFunction onDoubles(String name, TypeKind result, Class<?> owner) {
    return function(
        name,
        List.of(TypeKind.DOUBLE, TypeKind.DOUBLE),
        result,
        method(owner, name, double.class, double.class));
  }

  private static BuiltInFunction function(
      String name, List<TypeKind> arguments, TypeKind result, Method method) {
    return ofTypes(name, arguments.stream().map(SqlType::of).toList(), SqlType.of(result), method);
  }

  private static BuiltInFunction ofTypes(
      String name, List<SqlType> arguments, SqlType result, Method method) {
    return BuiltInFunction.of(
        new ScalarFunction(name, arguments, result, method, "What an operator means.", "1 = 1"));
  }

  private static Method method(Class<?> owner, String name, Class<?>... parameters) {
    try {
      return owner.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("there is no operator " + name, e);
    }
  }
}
