package io.caisson.sql.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Brings the ways to write a window into the one that is validated:
 *
 * <pre>
 *   TUMBLE(t, ts, size)                      TUMBLE(TABLE t, DESCRIPTOR(ts), size)
 *   SESSION(t, ts, k, gap)                   SESSION(TABLE t, DESCRIPTOR(ts), DESCRIPTOR(k), gap)
 *   SESSION(TABLE t PARTITION BY k, DESCRIPTOR(ts), gap)
 * </pre>
 *
 * Stateless.
 */
final class WindowSyntax {
  private static final Set<String> WINDOWS = Set.of("TUMBLE", "HOP", "SESSION", "CUMULATE");
  private static final int FEWEST_OPERANDS = 3;

  private WindowSyntax() {}

  /** Whether a call has the name of a window. */
  static boolean isWindow(SqlCall call) {
    return WINDOWS.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
  }

  /** A window in its long form; anything else as it is. */
  static SqlCall rewritten(SqlCall call) {
    if (!isWindow(call) || call.operandCount() < FEWEST_OPERANDS) {
      return call;
    }
    List<SqlNode> given = call.getOperandList();
    var operands = new ArrayList<SqlNode>();
    var keys = new ArrayList<SqlNode>();
    SqlNode table = given.get(0);
    if (table.getKind() == SqlKind.SET_SEMANTICS_TABLE && table instanceof SqlCall partitioned) {
      table = partitioned.operand(0);
      keys.addAll(((SqlNodeList) partitioned.operand(1)).getList());
    }
    operands.add(
        table instanceof SqlIdentifier name
            ? SqlStdOperatorTable.EXPLICIT_TABLE.createCall(name.getParserPosition(), name)
            : table);
    operands.add(described(List.of(given.get(1))));
    boolean session = call.getOperator().getName().equalsIgnoreCase("SESSION");
    for (SqlNode operand : given.subList(2, given.size())) {
      if (session && operand instanceof SqlIdentifier) {
        keys.add(operand);
      } else {
        operands.add(operand);
      }
    }
    if (!keys.isEmpty()) {
      operands.add(2, described(keys));
    }
    return call.getOperator().createCall(call.getParserPosition(), operands);
  }

  private static SqlNode described(List<SqlNode> columns) {
    SqlNode first = columns.get(0);
    return columns.stream().allMatch(column -> column instanceof SqlIdentifier)
        ? SqlStdOperatorTable.DESCRIPTOR.createCall(first.getParserPosition(), columns)
        : first;
  }
}
