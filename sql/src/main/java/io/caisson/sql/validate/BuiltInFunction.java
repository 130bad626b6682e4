package io.caisson.sql.validate;

import io.caisson.function.ExternalCall;
import io.caisson.function.ScalarFunction;
import io.caisson.type.SqlType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/** One of our functions as Calcite sees it. Immutable. */
public final class BuiltInFunction extends SqlUserDefinedFunction {
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
        new FunctionCode(scalar));
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
      boolean nullable = scalar.mayBeNull();
      for (int i = 0; i < binding.getOperandCount(); i++) {
        nullable |= !scalar.takesNull(i) && binding.getOperandType(i).isNullable();
      }
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
      case INTERVAL, UUID, JSONB, ARRAY -> SqlTypeFamily.ANY;
    };
  }
}
