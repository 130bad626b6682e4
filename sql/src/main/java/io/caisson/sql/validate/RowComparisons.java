package io.caisson.sql.validate;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Comparisons of rows as comparisons of their fields, so that a NULL in a field means what it means
 * beside other fields: {@code (1, NULL) = (2, NULL)} is false, {@code (1, NULL) = (1, 2)} unknown.
 * Stateless.
 */
final class RowComparisons {
  private RowComparisons() {}

  /** The same condition on the fields, or the call itself where it compares no rows. */
  static SqlNode rewritten(SqlCall call) {
    if (!isRow(call, 0)) {
      return call;
    }
    List<SqlNode> left = ((SqlCall) call.operand(0)).getOperandList();
    SqlParserPos at = call.getParserPosition();
    if (call.operandCount() == 1) {
      return switch (call.getKind()) {
        case IS_NULL -> all(left, SqlStdOperatorTable.IS_NULL, at);
        case IS_NOT_NULL -> all(left, SqlStdOperatorTable.IS_NOT_NULL, at);
        default -> call;
      };
    }
    if (call.operandCount() != 2 || !isRow(call, 1)) {
      return call;
    }
    List<SqlNode> right = ((SqlCall) call.operand(1)).getOperandList();
    if (left.size() != right.size() || left.isEmpty()) {
      return call;
    }
    return switch (call.getKind()) {
      case EQUALS -> fields(left, right, SqlStdOperatorTable.EQUALS, SqlStdOperatorTable.AND, at);
      case NOT_EQUALS ->
          fields(left, right, SqlStdOperatorTable.NOT_EQUALS, SqlStdOperatorTable.OR, at);
      case IS_DISTINCT_FROM ->
          fields(left, right, SqlStdOperatorTable.IS_DISTINCT_FROM, SqlStdOperatorTable.OR, at);
      case IS_NOT_DISTINCT_FROM ->
          fields(
              left, right, SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, SqlStdOperatorTable.AND, at);
      case LESS_THAN, LESS_THAN_OR_EQUAL ->
          ordered(left, right, SqlStdOperatorTable.LESS_THAN, call.getOperator(), at);
      case GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          ordered(left, right, SqlStdOperatorTable.GREATER_THAN, call.getOperator(), at);
      default -> call;
    };
  }

  private static boolean isRow(SqlCall call, int operand) {
    return call.operandCount() > operand
        && call.operand(operand) != null
        && call.operand(operand).getKind() == SqlKind.ROW;
  }

  private static SqlNode all(List<SqlNode> fields, SqlOperator test, SqlParserPos at) {
    return fields.stream()
        .map(field -> (SqlNode) test.createCall(at, field))
        .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(at, a, b))
        .orElseThrow();
  }

  private static SqlNode fields(
      List<SqlNode> left,
      List<SqlNode> right,
      SqlOperator each,
      SqlOperator together,
      SqlParserPos at) {
    SqlNode result = each.createCall(at, left.get(0), right.get(0));
    for (int i = 1; i < left.size(); i++) {
      result = together.createCall(at, result, each.createCall(at, left.get(i), right.get(i)));
    }
    return result;
  }

  /** The first field that differs decides; the last one decides as was asked. */
  private static SqlNode ordered(
      List<SqlNode> left,
      List<SqlNode> right,
      SqlOperator strict,
      SqlOperator last,
      SqlParserPos at) {
    int end = left.size() - 1;
    SqlNode result = last.createCall(at, left.get(end), right.get(end));
    for (int i = end - 1; i >= 0; i--) {
      SqlNode equal = SqlStdOperatorTable.EQUALS.createCall(at, left.get(i), right.get(i));
      SqlNode further = SqlStdOperatorTable.AND.createCall(at, equal, result);
      SqlNode decided = strict.createCall(at, left.get(i), right.get(i));
      result = SqlStdOperatorTable.OR.createCall(at, decided, further);
    }
    return result;
  }
}
