package io.caisson.sql.validate;

import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;

/**
 * SELECT DISTINCT ON: the first row of each group of equal keys, in the order of ORDER BY. It is
 * the row whose number in its group is one. For one query.
 */
final class DistinctOn {
  private final SqlSelect select;
  private final SqlNodeList order;
  private final SqlErrors errors;

  DistinctOn(SqlSelect select, SqlNodeList order, SqlErrors errors) {
    this.select = select;
    this.order = order;
    this.errors = errors;
  }

  /** The condition of QUALIFY that keeps the first rows. */
  SqlNode condition(SqlCall distinctOn) {
    SqlNodeList written = distinctOn.operand(0);
    List<SqlNode> keys = written.stream().map(this::resolved).toList();
    List<SqlNode> sorted = order.stream().map(this::resolved).toList();
    for (int i = 0; i < Math.min(keys.size(), sorted.size()); i++) {
      if (!contains(keys, QueryShape.withoutDirection(sorted.get(i)))) {
        throw errors
            .at(
                SqlState.INVALID_COLUMN_REFERENCE,
                "SELECT DISTINCT ON expressions must match initial ORDER BY expressions",
                written.get(i).getParserPosition())
            .withHint("Begin ORDER BY with what DISTINCT ON names.");
      }
    }
    SqlParserPos position = distinctOn.getParserPosition();
    SqlWindow window =
        SqlWindow.create(
            null,
            null,
            new SqlNodeList(keys, position),
            new SqlNodeList(sorted, position),
            SqlLiteral.createBoolean(false, position),
            null,
            null,
            null,
            position);
    SqlNode number =
        SqlStdOperatorTable.OVER.createCall(
            position, SqlStdOperatorTable.ROW_NUMBER.createCall(position), window);
    SqlNode first =
        SqlStdOperatorTable.EQUALS.createCall(
            position, number, SqlLiteral.createExactNumeric("1", position));
    return distinctOn.operandCount() == 1
        ? first
        : SqlStdOperatorTable.AND.createCall(position, first, distinctOn.operand(1));
  }

  private static boolean contains(List<SqlNode> keys, SqlNode wanted) {
    return keys.stream().anyMatch(key -> key.equalsDeep(wanted, Litmus.IGNORE));
  }

  /** A position or a name of an output stands for the output. */
  SqlNode resolved(SqlNode key) {
    switch (key.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> {
        SqlCall call = (SqlCall) key;
        SqlNode below = resolved(call.operand(0));
        return call.getOperator().createCall(call.getParserPosition(), below);
      }
      default -> {
        return output(key);
      }
    }
  }

  private SqlNode output(SqlNode key) {
    List<SqlNode> items = select.getSelectList();
    if (key instanceof SqlNumericLiteral number && number.isInteger()) {
      int position = number.intValue(true);
      if (position >= 1 && position <= items.size()) {
        return expression(items.get(position - 1));
      }
    }
    if (key instanceof SqlIdentifier name && name.isSimple()) {
      for (SqlNode item : items) {
        if (item.getKind() == SqlKind.AS
            && ((SqlCall) item).operand(1) instanceof SqlIdentifier alias
            && alias.getSimple().equals(name.getSimple())) {
          return expression(item);
        }
      }
    }
    return key;
  }

  private static SqlNode expression(SqlNode item) {
    return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
  }
}
