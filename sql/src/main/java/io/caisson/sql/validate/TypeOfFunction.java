package io.caisson.sql.validate;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.SqlRexContext;

/**
 * {@code pg_typeof(x)}: the name of a value's type as PostgreSQL writes it, known before the query
 * runs. Immutable.
 */
final class TypeOfFunction extends SqlFunction {
  static final TypeOfFunction INSTANCE = new TypeOfFunction();

  private TypeOfFunction() {
    super(
        "pg_typeof",
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(SqlTypeName.VARCHAR),
        null,
        OperandTypes.ANY,
        SqlFunctionCategory.SYSTEM);
  }

  /** The name in the place of a call. */
  static RexNode name(SqlRexContext context, SqlCall call) {
    RexBuilder rex = context.getRexBuilder();
    RelDataType argument = context.getValidator().getValidatedNodeType(call.operand(0));
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    return rex.makeAbstractCast(type, rex.makeLiteral(name(argument)), false);
  }

  private static String name(RelDataType type) {
    if (type.getSqlTypeName() == SqlTypeName.NULL || type.getSqlTypeName() == SqlTypeName.CHAR) {
      return "unknown";
    }
    return SqlTypes.fromCalcite(type).map(TypeOfFunction::name).orElse("unknown");
  }

  private static String name(SqlType type) {
    if (type.element() != null) {
      return name(type.elements()) + "[]";
    }
    return type.kind() == TypeKind.TEXT && type.precision() >= 0
        ? "character varying"
        : name(type.kind());
  }

  private static String name(TypeKind kind) {
    return switch (kind) {
      case TIME -> "time without time zone";
      case TIMESTAMP -> "timestamp without time zone";
      case TIMESTAMPTZ -> "timestamp with time zone";
      default -> kind.sql().toLowerCase(Locale.ROOT);
    };
  }
}
