package io.caisson.sql.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.JoinConditionType;
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
 * The common columns of joins with USING, which a query names without a table, as columns of one:
 *
 * <pre>
 *   SELECT id FROM a JOIN b USING (id) WHERE id > 1
 *       = SELECT a.id AS id FROM a JOIN b USING (id) WHERE a.id > 1
 *   a RIGHT JOIN b USING (id)     b.id
 *   a FULL JOIN b USING (id)      COALESCE(a.id, b.id)
 * </pre>
 *
 * For one SELECT; sub-queries name their own columns.
 */
final class UsingColumns extends SqlShuttle {
  private final Map<String, SqlNode> columns = new HashMap<>();

  private UsingColumns() {}

  /** The query with tables for its common columns. */
  static SqlSelect named(SqlSelect select) {
    var using = new UsingColumns();
    SqlNode from = select.getFrom();
    if (from != null) {
      using.collect(from);
    }
    return using.columns.isEmpty() ? select : using.applied(select);
  }

  private void collect(SqlNode from) {
    if (!(from instanceof SqlJoin join)) {
      return;
    }
    for (String column : common(join)) {
      SqlNode one = column(join, column);
      if (one != null) {
        columns.putIfAbsent(column, one);
      }
    }
    collect(join.getLeft());
    collect(join.getRight());
  }

  private static List<String> common(SqlJoin join) {
    if (join.getConditionType() != JoinConditionType.USING
        || !(join.getCondition() instanceof SqlNodeList names)) {
      return List.of();
    }
    return names.stream().map(name -> ((SqlIdentifier) name).getSimple()).toList();
  }

  /** A column of a part of FROM; null where it takes the catalog to know whose it is. */
  private static @Nullable SqlNode column(SqlNode from, String column) {
    if (from instanceof SqlJoin join) {
      return common(join).contains(column) ? merged(join, column) : null;
    }
    SqlNode name =
        from.getKind() == SqlKind.AS && from instanceof SqlCall as ? as.operand(1) : from;
    return name instanceof SqlIdentifier table
        ? new SqlIdentifier(
            List.of(table.names.get(table.names.size() - 1), column), from.getParserPosition())
        : null;
  }

  private static @Nullable SqlNode merged(SqlJoin join, String column) {
    SqlNode left = column(join.getLeft(), column);
    SqlNode right = column(join.getRight(), column);
    return switch (join.getJoinType()) {
      case RIGHT -> right;
      case FULL ->
          left == null || right == null
              ? null
              : SqlStdOperatorTable.COALESCE.createCall(join.getParserPosition(), left, right);
      default -> left;
    };
  }

  private SqlSelect applied(SqlSelect select) {
    var named = (SqlSelect) select.clone(select.getParserPosition());
    var items = new ArrayList<SqlNode>();
    for (SqlNode item : select.getSelectList()) {
      SqlNode changed = accepted(item);
      boolean keepsName = changed != item && item instanceof SqlIdentifier;
      items.add(
          keepsName
              ? SqlStdOperatorTable.AS.createCall(item.getParserPosition(), changed, item)
              : changed);
    }
    named.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
    SqlNode where = select.getWhere();
    named.setWhere(where == null ? null : accepted(where));
    SqlNodeList group = select.getGroup();
    named.setGroupBy(group == null ? null : (SqlNodeList) accepted(group));
    SqlNode having = select.getHaving();
    named.setHaving(having == null ? null : accepted(having));
    return named;
  }

  private SqlNode accepted(SqlNode node) {
    SqlNode changed = node.accept(this);
    return changed == null ? node : changed;
  }

  @Override
  public SqlNode visit(SqlIdentifier name) {
    SqlNode column = name.isSimple() ? columns.get(name.getSimple()) : null;
    return column == null ? name : column.clone(name.getParserPosition());
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.getKind().belongsTo(SqlKind.QUERY)) {
      return call;
    }
    if (call.getKind() == SqlKind.AS) {
      SqlNode value = accepted(call.operand(0));
      var operands = new ArrayList<>(call.getOperandList());
      operands.set(0, value);
      return call.getOperator().createCall(call.getParserPosition(), operands);
    }
    return super.visit(call);
  }
}
