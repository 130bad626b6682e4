package io.caisson.sql.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Turns what has a syntax of its own into plain calls of our functions:
 *
 * <pre>
 *   SUBSTRING(s FROM 2 FOR 3)     substring(s, 2, 3)
 *   TRIM(LEADING 'x' FROM s)      ltrim(s, 'x')
 *   EXTRACT(HOUR FROM t)          date_part('hour', t)
 *   now()                         LOCALTIMESTAMP
 * </pre>
 *
 * For one statement.
 */
final class SpecialSyntax extends SqlShuttle {
  private final FunctionTable functions;

  SpecialSyntax(FunctionTable functions) {
    this.functions = functions;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    return visited instanceof SqlCall changed ? rewrite(changed) : visited;
  }

  private SqlNode rewrite(SqlCall call) {
    if (call.getOperator().equals(SqlStdOperatorTable.SUBSTRING)) {
      return ours("substring", call, call.getOperandList());
    }
    if (call.getOperator().equals(SqlStdOperatorTable.CEIL) && call.operandCount() == 1) {
      return ours("ceil", call, call.getOperandList());
    }
    if (call.getOperator().equals(SqlStdOperatorTable.FLOOR) && call.operandCount() == 1) {
      return ours("floor", call, call.getOperandList());
    }
    if (call.getOperator().equals(SqlStdOperatorTable.POSITION) && call.operandCount() == 2) {
      return ours("strpos", call, List.of(call.operand(1), call.operand(0)));
    }
    if (call.getKind() == SqlKind.TRIM) {
      return trim(call);
    }
    if (call.getKind() == SqlKind.EXTRACT
        && call.operand(0) instanceof SqlIntervalQualifier unit
        && unit.timeFrameName == null) {
      String name = unit.getStartUnit().name().toLowerCase(Locale.ROOT);
      SqlNode text = SqlLiteral.createCharString(name, unit.getParserPosition());
      return ours("date_part", call, List.of(text, call.operand(1)));
    }
    if (call.getOperator().isName("now", false) && call.operandCount() == 0) {
      return new SqlIdentifier("LOCALTIMESTAMP", call.getParserPosition());
    }
    return call;
  }

  private SqlNode trim(SqlCall call) {
    SqlTrimFunction.Flag side =
        ((SqlLiteral) call.operand(0)).getValueAs(SqlTrimFunction.Flag.class);
    String name =
        switch (side) {
          case BOTH -> "btrim";
          case LEADING -> "ltrim";
          case TRAILING -> "rtrim";
        };
    return ours(name, call, List.of(call.operand(2), call.operand(1)));
  }

  private SqlNode ours(String name, SqlCall call, List<? extends SqlNode> arguments) {
    if (!functions.knows(name)) {
      return call;
    }
    SqlParserPos position = call.getParserPosition();
    var function =
        new SqlUnresolvedFunction(
            new SqlIdentifier(name, position),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION);
    return function.createCall(position, new ArrayList<SqlNode>(arguments));
  }
}
