package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.array.ArrayText;
import io.caisson.sql.error.SqlErrors;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;

/** The types that columns may have, from their names. Stateless. */
public final class ColumnTypes {
  private static final int MAX_FRACTION_DIGITS = 3;
  private static final Map<String, TypeKind> KINDS =
      Map.ofEntries(
          Map.entry("BOOLEAN", TypeKind.BOOLEAN),
          Map.entry("SMALLINT", TypeKind.SMALLINT),
          Map.entry("INTEGER", TypeKind.INTEGER),
          Map.entry("BIGINT", TypeKind.BIGINT),
          Map.entry("REAL", TypeKind.REAL),
          Map.entry("FLOAT", TypeKind.DOUBLE),
          Map.entry("DOUBLE", TypeKind.DOUBLE),
          Map.entry("DECIMAL", TypeKind.NUMERIC),
          Map.entry("VARCHAR", TypeKind.TEXT),
          Map.entry("VARBINARY", TypeKind.BYTEA),
          Map.entry("DATE", TypeKind.DATE),
          Map.entry("TIME", TypeKind.TIME),
          Map.entry("TIMESTAMP", TypeKind.TIMESTAMP));

  /** What to use instead of what is not there. */
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("TINYINT", "Use SMALLINT."),
          Map.entry("TIME_WITH_LOCAL_TIME_ZONE", "Use TIME."),
          Map.entry("TIME_TZ", "Use TIME."),
          Map.entry("BINARY", "Use BYTEA."),
          Map.entry("SERIAL", "Use BIGINT and give the value."),
          Map.entry("BIGSERIAL", "Use BIGINT and give the value."));

  private ColumnTypes() {}

  public static SqlType of(SqlDataTypeSpec spec, boolean nullable, SqlErrors errors) {
    if (spec.getTypeNameSpec() instanceof SqlCollectionTypeNameSpec array) {
      if (array.getElementTypeName() instanceof SqlCollectionTypeNameSpec) {
        throw ArrayText.dimensions().withPosition(errors.position(spec.getParserPosition()));
      }
      var element = new SqlDataTypeSpec(array.getElementTypeName(), spec.getParserPosition());
      return SqlType.arrayOf(of(element, true, errors)).withNullable(nullable);
    }
    boolean named = spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec;
    return plain(named ? TypeSyntax.rewritten(spec) : spec, nullable, errors);
  }

  private static SqlType plain(SqlDataTypeSpec spec, boolean nullable, SqlErrors errors) {
    String name = spec.getTypeName().getSimple().toUpperCase(Locale.ROOT);
    TypeKind kind = KINDS.get(name);
    int precision =
        spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic ? basic.getPrecision() : -1;
    if (kind == null) {
      return SqlTypes.named(name)
          .orElseThrow(() -> unknown(spec, name, errors))
          .withNullable(nullable);
    }
    if (kind == TypeKind.TIMESTAMP || kind == TypeKind.TIME) {
      if (precision > MAX_FRACTION_DIGITS) {
        throw refused(
            spec,
            kind.sql() + "(" + precision + ")",
            "Use " + kind.sql() + "(3): milliseconds are the finest.",
            errors);
      }
      int digits = precision < 0 ? SqlType.DEFAULT_TIMESTAMP_PRECISION : precision;
      return new SqlType(kind, digits, 0, nullable);
    }
    if (kind == TypeKind.NUMERIC) {
      return numeric(spec, nullable, errors);
    }
    return kind == TypeKind.TEXT
        ? new SqlType(kind, precision, 0, nullable)
        : SqlType.of(kind).withNullable(nullable);
  }

  private static SqlType numeric(SqlDataTypeSpec spec, boolean nullable, SqlErrors errors) {
    var name = (SqlBasicTypeNameSpec) spec.getTypeNameSpec();
    int precision = name.getPrecision();
    int scale = Math.max(name.getScale(), 0);
    if (precision < 0) {
      return SqlType.of(TypeKind.NUMERIC).withNullable(nullable);
    }
    if (precision == 0 || precision > SqlType.MAX_NUMERIC_PRECISION) {
      throw errors.at(
          SqlState.INVALID_PARAMETER,
          "NUMERIC precision "
              + precision
              + " must be between 1 and "
              + SqlType.MAX_NUMERIC_PRECISION,
          spec.getParserPosition());
    }
    if (scale > precision) {
      throw errors.at(
          SqlState.INVALID_PARAMETER,
          "NUMERIC scale " + scale + " must be between 0 and precision " + precision,
          spec.getParserPosition());
    }
    return new SqlType(TypeKind.NUMERIC, precision, scale, nullable);
  }

  private static CaissonException unknown(SqlDataTypeSpec spec, String name, SqlErrors errors) {
    String instead = INSTEAD.get(name);
    return instead == null
        ? errors
            .at(
                SqlState.UNDEFINED_OBJECT,
                "type \"" + name.toLowerCase(Locale.ROOT) + "\" does not exist",
                spec.getParserPosition())
            .withHint(
                "There are BOOLEAN, SMALLINT, INTEGER, BIGINT, NUMERIC, REAL, DOUBLE PRECISION, TEXT,"
                    + " VARCHAR(n), BYTEA, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL, UUID and JSONB.")
        : refused(spec, name.replace('_', ' '), instead, errors);
  }

  private static CaissonException refused(
      SqlDataTypeSpec spec, String what, String instead, SqlErrors errors) {
    return errors
        .unsupported("columns of type " + what + " are not supported", spec.getParserPosition())
        .withHint(instead);
  }
}
