package io.caisson.sql.validate;

import io.caisson.function.ExternalCall;
import io.caisson.function.ScalarFunction;
import io.caisson.type.SqlType;
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
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.BuiltInMethod;

/**
 * One of our functions as Calcite sees it. Our functions speak physical values, Calcite's runtime
 * its own: times are microseconds here and milliseconds there. Immutable.
 */
public final class BuiltInFunction extends SqlUserDefinedFunction {
  private static final long MICROS_PER_MILLI = 1_000L;

  /** The name under which a running query finds the session's time zone. */
  public static final String SESSION_ZONE = "sessionZone";

  private final ScalarFunction scalar;

  /** A function. */
  public static BuiltInFunction of(ScalarFunction scalar) {
    return new BuiltInFunction(scalar);
  }

  BuiltInFunction(ScalarFunction scalar) {
    super(
        new SqlIdentifier(scalar.name(), SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        returnType(scalar),
        InferTypes.FIRST_KNOWN,
        OperandTypes.operandMetadata(
            scalar.arguments().stream().map(BuiltInFunction::family).toList(),
            types ->
                scalar.arguments().stream().map(type -> SqlTypes.toCalcite(type, types)).toList(),
            index -> "argument" + index,
            index -> false),
        new Implementation(scalar));
    this.scalar = scalar;
  }

  /** The function. */
  public ScalarFunction scalar() {
    return scalar;
  }

  @Override
  public boolean isDeterministic() {
    return !scalar.random();
  }

  private static SqlReturnTypeInference returnType(ScalarFunction scalar) {
    return binding -> {
      ExternalCall external = scalar.external();
      if (external != null && external.missing() != null) {
        throw external.missing();
      }
      RelDataTypeFactory types = binding.getTypeFactory();
      boolean nullable =
          scalar.mayBeNull()
              || binding.collectOperandTypes().stream().anyMatch(t -> t.isNullable());
      return SqlTypes.toCalcite(scalar.result().withNullable(nullable), types);
    };
  }

  private static SqlTypeFamily family(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> SqlTypeFamily.BOOLEAN;
      case SMALLINT, INTEGER, BIGINT -> SqlTypeFamily.INTEGER;
      case REAL, DOUBLE, NUMERIC -> SqlTypeFamily.NUMERIC;
      case TEXT -> SqlTypeFamily.CHARACTER;
      case BYTEA -> SqlTypeFamily.BINARY;
      case DATE -> SqlTypeFamily.DATE;
      case TIME -> SqlTypeFamily.TIME;
      case TIMESTAMP -> SqlTypeFamily.TIMESTAMP;
      case TIMESTAMPTZ -> SqlTypeFamily.TIMESTAMP;
      case INTERVAL, UUID, JSONB -> SqlTypeFamily.ANY;
    };
  }

  /** The call in code that Calcite generates. */
  private record Implementation(ScalarFunction scalar) implements ImplementableFunction {
    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }

    @Override
    public CallImplementor getImplementor() {
      return RexImpTable.createImplementor(
          (translator, call, operands) -> call(translator.getRoot(), operands),
          scalar.mayBeNull() ? NullPolicy.SEMI_STRICT : NullPolicy.STRICT,
          false);
    }

    private Expression call(Expression context, List<Expression> operands) {
      var arguments = new ArrayList<Expression>();
      int before = scalar.zoned() ? 1 : 0;
      if (scalar.zoned()) {
        arguments.add(
            Expressions.convert_(
                Expressions.call(
                    context,
                    BuiltInMethod.DATA_CONTEXT_GET.method,
                    Expressions.constant(SESSION_ZONE)),
                ZoneId.class));
      }
      for (int i = 0; i < operands.size(); i++) {
        Method toJava = scalar.toJava(i);
        Class<?> parameter =
            toJava == null
                ? scalar.method().getParameterTypes()[before + i]
                : toJava.getParameterTypes()[0];
        Expression value = toPhysical(operands.get(i), scalar.arguments().get(i), parameter);
        arguments.add(toJava == null ? value : Expressions.call(toJava, value));
      }
      Expression result = Expressions.call(scalar.method(), arguments);
      Method toPhysical = scalar.toPhysical();
      return fromPhysical(
          toPhysical == null ? result : Expressions.call(toPhysical, result), scalar.result());
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

    private static Expression fromPhysical(Expression value, SqlType type) {
      Expression scaled =
          inMicros(type)
              ? Expressions.divide(value, Expressions.constant(MICROS_PER_MILLI))
              : value;
      return switch (type.kind()) {
        case SMALLINT -> Expressions.convert_(scaled, short.class);
        case INTEGER, DATE, TIME -> Expressions.convert_(scaled, int.class);
        case REAL -> Expressions.convert_(scaled, float.class);
        case BYTEA -> Expressions.new_(ByteString.class, scaled);
        default -> scaled;
      };
    }

    private static boolean inMicros(SqlType type) {
      return switch (type.kind()) {
        case TIME, TIMESTAMP, TIMESTAMPTZ -> true;
        default -> false;
      };
    }
  }
}
