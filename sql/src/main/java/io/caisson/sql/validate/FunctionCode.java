package io.caisson.sql.validate;

import io.caisson.function.ScalarFunction;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.util.BuiltInMethod;

/**
 * Calls of our functions in the code that Calcite generates. Our functions speak physical values,
 * Calcite's runtime its own: times are microseconds here and milliseconds there. Immutable.
 *
 * @param scalar the function
 */
record FunctionCode(ScalarFunction scalar) implements ImplementableFunction {
  private static final long MICROS_PER_MILLI = 1_000L;
  private static final Method TO_ELEMENT =
      Types.lookupMethod(ElementValues.class, "toElement", Object.class, TypeKind.class);
  private static final Method FROM_ELEMENT =
      Types.lookupMethod(ElementValues.class, "fromElement", Object.class, TypeKind.class);

  @Override
  public List<FunctionParameter> getParameters() {
    return List.of();
  }

  @Override
  public CallImplementor getImplementor() {
    return RexImpTable.createImplementor(
        (translator, call, operands) -> call(translator.getRoot(), operands), policy(), false);
  }

  private NullPolicy policy() {
    if (takesNulls()) {
      return NullPolicy.NONE;
    }
    return scalar.mayBeNull() ? NullPolicy.SEMI_STRICT : NullPolicy.STRICT;
  }

  private boolean takesNulls() {
    for (int i = 0; i < scalar.arguments().size(); i++) {
      if (scalar.takesNull(i)) {
        return true;
      }
    }
    return scalar.method().isVarArgs();
  }

  private Expression call(Expression context, List<Expression> operands) {
    var leading = new ArrayList<Expression>();
    if (scalar.zoned()) {
      leading.add(
          Expressions.convert_(
              Expressions.call(
                  context,
                  BuiltInMethod.DATA_CONTEXT_GET.method,
                  Expressions.constant(BuiltInFunction.SESSION_ZONE)),
              ZoneId.class));
    }
    if (scalar.typed()) {
      leading.add(Expressions.constant(scalar.result().elements().kind()));
    }
    var arguments = new ArrayList<Expression>();
    for (int i = 0; i < operands.size(); i++) {
      arguments.add(argument(i, operands.get(i)));
    }
    if (scalar.method().isVarArgs()) {
      leading.add(Expressions.newArrayInit(Object.class, arguments));
    } else {
      leading.addAll(arguments);
    }
    Expression called = Expressions.call(scalar.method(), leading);
    Method toPhysical = scalar.toPhysical();
    Expression result =
        fromPhysical(toPhysical == null ? called : Expressions.call(toPhysical, called));
    return takesNulls() ? guarded(result, operands) : result;
  }

  private Expression argument(int index, Expression operand) {
    Method toJava = scalar.toJava(index);
    SqlType type = scalar.arguments().get(index);
    if (toJava != null) {
      return Expressions.call(toJava, toPhysical(operand, type, toJava.getParameterTypes()[0]));
    }
    Class<?> parameter = scalar.parameter(index);
    if (parameter == Object.class) {
      return Expressions.call(
          TO_ELEMENT, Expressions.box(operand), Expressions.constant(type.kind()));
    }
    return toPhysical(operand, type, parameter);
  }

  /** NULL where an argument is NULL that the method does not take. */
  private Expression guarded(Expression result, List<Expression> operands) {
    Expression guarded = result;
    for (int i = 0; i < operands.size(); i++) {
      Expression operand = operands.get(i);
      if (!scalar.takesNull(i) && !Primitive.is(operand.getType())) {
        Expression boxed = Expressions.box(guarded);
        guarded =
            Expressions.condition(
                Expressions.equal(operand, Expressions.constant(null)),
                Expressions.convert_(Expressions.constant(null), boxed.getType()),
                boxed);
      }
    }
    return guarded;
  }

  private static Expression toPhysical(Expression value, SqlType type, Class<?> parameter) {
    if (parameter == byte[].class) {
      return Expressions.call(Expressions.convert_(value, ByteString.class), "getBytes");
    }
    Expression typed = Expressions.convert_(value, parameter);
    return inMicros(type)
        ? Expressions.multiply(typed, Expressions.constant(MICROS_PER_MILLI))
        : typed;
  }

  private Expression fromPhysical(Expression value) {
    SqlType type = scalar.result();
    if (isObject(value)) {
      return Expressions.convert_(
          Expressions.call(FROM_ELEMENT, value, Expressions.constant(type.kind())), boxed(type));
    }
    Expression scaled =
        inMicros(type) ? Expressions.divide(value, Expressions.constant(MICROS_PER_MILLI)) : value;
    return switch (type.kind()) {
      case SMALLINT -> Expressions.convert_(scaled, short.class);
      case INTEGER, DATE, TIME -> Expressions.convert_(scaled, int.class);
      case REAL -> Expressions.convert_(scaled, float.class);
      case BYTEA -> Expressions.new_(ByteString.class, scaled);
      default -> scaled;
    };
  }

  /** Whether a method gives an object, or null, where its type has a primitive form, or any. */
  private boolean isObject(Expression value) {
    return scalar.external() == null
        && (value.getType() == Object.class || Primitive.ofBox(value.getType()) != null);
  }

  private static Class<?> boxed(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> Boolean.class;
      case SMALLINT -> Short.class;
      case INTEGER, DATE, TIME -> Integer.class;
      case BIGINT, TIMESTAMP, TIMESTAMPTZ -> Long.class;
      case REAL -> Float.class;
      case DOUBLE -> Double.class;
      case BYTEA -> ByteString.class;
      default -> type.kind().physicalObject();
    };
  }

  private static boolean inMicros(SqlType type) {
    return switch (type.kind()) {
      case TIME, TIMESTAMP, TIMESTAMPTZ -> true;
      default -> false;
    };
  }
}
