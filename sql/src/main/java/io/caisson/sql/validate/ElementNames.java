package io.caisson.sql.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * The alias of a function in FROM whose rows are single values stands for the value:
 *
 * <pre>
 *   SELECT e ->> 'sku' FROM carts, jsonb_array_elements(doc -> 'items') AS e
 *     = SELECT e.value ->> 'sku' FROM …
 * </pre>
 *
 * For one SELECT and what is in it.
 */
final class ElementNames extends SqlShuttle {
  private final Map<String, String> columns = new HashMap<>();

  private ElementNames() {}

  private static ElementNames of(SqlSelect select) {
    var names = new ElementNames();
    SqlNode from = select.getFrom();
    if (from != null) {
      names.collect(from);
    }
    return names;
  }

  /** What a query is ordered by, with columns for the aliases that are no outputs. */
  static SqlNodeList ordered(SqlSelect select, SqlNodeList order) {
    ElementNames names = of(select);
    select.getSelectList().forEach(item -> names.columns.remove(OutputNames.name(item)));
    return names.columns.isEmpty() ? order : (SqlNodeList) order.accept(names);
  }

  /** The query with columns for its aliases. */
  static SqlSelect named(SqlSelect select) {
    ElementNames names = of(select);
    if (names.columns.isEmpty()) {
      return select;
    }
    var named = (SqlSelect) select.clone(select.getParserPosition());
    for (int i = 0; i < named.operandCount(); i++) {
      SqlNode operand = named.getOperandList().get(i);
      SqlNode changed = operand == null ? null : operand.accept(names);
      if (operand != null && changed != operand) {
        named.setOperand(i, changed);
      }
    }
    named.setSelectList(names.items(select.getSelectList()));
    return named;
  }

  /** The outputs, under the names that they had. */
  private SqlNodeList items(SqlNodeList written) {
    var items = new ArrayList<SqlNode>();
    for (SqlNode item : written) {
      SqlNode changed = item.accept(this);
      boolean keepsName = changed != item && item instanceof SqlIdentifier;
      items.add(
          keepsName
              ? SqlStdOperatorTable.AS.createCall(item.getParserPosition(), changed, item)
              : changed);
    }
    return new SqlNodeList(items, written.getParserPosition());
  }

  private void collect(SqlNode from) {
    if (from instanceof SqlJoin join) {
      collect(join.getLeft());
      collect(join.getRight());
      return;
    }
    if (from.getKind() != SqlKind.AS || !(from instanceof SqlCall as) || as.operandCount() != 2) {
      return;
    }
    SqlNode value = as.operand(0);
    while (value.getKind() == SqlKind.LATERAL || value.getKind() == SqlKind.COLLECTION_TABLE) {
      value = ((SqlCall) value).operand(0);
    }
    String column =
        value instanceof SqlCall call ? JsonTableFunction.column(call.getOperator()) : null;
    if (column != null) {
      columns.put(((SqlIdentifier) as.operand(1)).getSimple(), column);
    }
  }

  @Override
  public SqlNode visit(SqlIdentifier name) {
    String column = name.isSimple() ? columns.get(name.getSimple()) : null;
    return column == null
        ? name
        : new SqlIdentifier(List.of(name.getSimple(), column), name.getParserPosition());
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.getKind() != SqlKind.AS) {
      return super.visit(call);
    }
    SqlNode value = call.operand(0).accept(this);
    if (value == call.operand(0)) {
      return call;
    }
    var operands = new ArrayList<>(call.getOperandList());
    operands.set(0, value);
    return call.getOperator().createCall(call.getParserPosition(), operands);
  }
}
