package io.caisson.sql.validate;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * MATCH_RECOGNIZE in the shape that is validated: its rows have a name that no pattern variable
 * has, so that a column without a variable is told from one with, and the next match is looked for
 * behind the last row where the query does not say otherwise, as in the standard. Stateless.
 */
final class MatchSyntax {
  /** The name of the rows among which a pattern is looked for. */
  static final String ROWS = "*rows*";

  private MatchSyntax() {}

  static SqlMatchRecognize shaped(SqlMatchRecognize match) {
    var shaped = (SqlMatchRecognize) match.clone(match.getParserPosition());
    shaped.setOperand(SqlMatchRecognize.OPERAND_TABLE_REF, named(match.getTableRef()));
    if (match.getAfter() == null) {
      shaped.setOperand(
          SqlMatchRecognize.OPERAND_AFTER,
          SqlLiteral.createSymbol(
              SqlMatchRecognize.AfterOption.SKIP_PAST_LAST_ROW, SqlParserPos.ZERO));
    }
    return shaped;
  }

  private static SqlNode named(SqlNode rows) {
    SqlParserPos position = rows.getParserPosition();
    var name = new SqlIdentifier(ROWS, position);
    if (rows.getKind() == SqlKind.AS && rows instanceof SqlCall as) {
      SqlNode[] operands = as.getOperandList().toArray(SqlNode[]::new);
      operands[1] = name;
      return SqlStdOperatorTable.AS.createCall(position, operands);
    }
    return SqlStdOperatorTable.AS.createCall(position, rows, name);
  }

  /** An expression with {@code COUNT(a.x IS NULL)}, which no row leaves out, for COUNT(a.*). */
  static SqlNode withoutStars(SqlNode expression, String anyColumn) {
    SqlNode plain =
        expression.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                boolean ofVariable =
                    call.getKind() == SqlKind.COUNT
                        && call.operandCount() == 1
                        && call.operand(0) instanceof SqlIdentifier star
                        && star.isStar()
                        && star.names.size() == 2;
                return ofVariable ? rows(call, anyColumn) : super.visit(call);
              }
            });
    return plain == null ? expression : plain;
  }

  private static SqlNode rows(SqlCall count, String anyColumn) {
    SqlIdentifier star = count.operand(0);
    SqlParserPos position = star.getParserPosition();
    var column = new SqlIdentifier(List.of(star.names.get(0), anyColumn), position);
    return count
        .getOperator()
        .createCall(
            count.getParserPosition(), SqlStdOperatorTable.IS_NULL.createCall(position, column));
  }

  /** Whether a column is written with a pattern variable before it. */
  static boolean hasVariable(SqlIdentifier column) {
    return column.names.size() > 1 && !column.names.get(0).equals(ROWS);
  }

  /** What a column that has been found is called. */
  static String columnName(SqlIdentifier column) {
    return Util.last(column.names);
  }
}
