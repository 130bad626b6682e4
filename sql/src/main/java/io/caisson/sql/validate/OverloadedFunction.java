package io.caisson.sql.validate;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Our functions of one name; a call of it becomes one of the function that it means. Immutable. */
class OverloadedFunction extends SqlFunction {
  private final Overloads overloads;

  OverloadedFunction(String name, Overloads overloads) {
    super(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        overloads::resultType,
        overloads::inferTypes,
        overloads,
        null,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.overloads = overloads;
  }

  /** What it may mean. */
  final Overloads overloads() {
    return overloads;
  }
}
