package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.Position;
import io.caisson.error.SqlState;
import io.caisson.type.SqlType;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Errors of what is written as if something were an array. Stateless. */
final class ArrayMisuse {
  private ArrayMisuse() {}

  /** Raises the error of a call with a syntax of its own for which there is no function. */
  static void check(SqlCallBinding call) {
    String name = call.getOperator().getName();
    if (name.startsWith("[ ")) {
      throw at(
          call.getCall(),
          new CaissonException(
              SqlState.DATATYPE_MISMATCH,
              "cannot subscript type "
                  + name(call.getOperandType(0))
                  + " because it does not support subscripting"));
    }
    boolean quantified = name.endsWith(" ANY") || name.endsWith(" ALL");
    if (quantified && !isArray(call.getOperandType(1))) {
      throw at(
          call.getCall(),
          new CaissonException(
              SqlState.WRONG_OBJECT_TYPE, "op ANY/ALL (array) requires array on right side"));
    }
  }

  private static boolean isArray(RelDataType type) {
    return SqlTypes.fromCalcite(type).map(t -> t.element() != null).orElse(false);
  }

  private static String name(RelDataType type) {
    return SqlTypes.fromCalcite(type)
        .map(SqlType::sql)
        .orElse(type.toString())
        .toLowerCase(Locale.ROOT);
  }

  /** What something gives; an error of it stands at the call where it stands nowhere else. */
  static <T> T placed(SqlCall call, Supplier<T> something) {
    try {
      return something.get();
    } catch (CaissonException e) {
      throw at(call, e);
    }
  }

  private static CaissonException at(SqlCall call, CaissonException error) {
    SqlParserPos place = call.getParserPosition();
    return error.position() == null
        ? error.withPosition(Position.at(place.getLineNum(), place.getColumnNum()))
        : error;
  }
}
