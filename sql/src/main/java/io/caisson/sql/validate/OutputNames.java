package io.caisson.sql.validate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/**
 * The names of a query's outputs as PostgreSQL gives them: an expression without AS is called after
 * its outermost function or cast, else {@code ?column?}. Stateless.
 */
final class OutputNames {
  private static final String NAMELESS = "?column?";

  private static final Set<SqlKind> NAMED_AFTER_OPERAND =
      EnumSet.of(
          SqlKind.CAST,
          SqlKind.OVER,
          SqlKind.FILTER,
          SqlKind.WITHIN_GROUP,
          SqlKind.WITHIN_DISTINCT,
          SqlKind.IGNORE_NULLS,
          SqlKind.RESPECT_NULLS);

  private OutputNames() {}

  /** The items of the SELECT that decides the names; empty where there is none. */
  static List<SqlNode> items(SqlNode query) {
    if (query instanceof SqlOrderBy order) {
      return items(order.query);
    }
    if (query instanceof SqlWith with) {
      return items(with.body);
    }
    if (query instanceof SqlSelect select) {
      return List.copyOf(select.getSelectList().getList());
    }
    boolean setOperation = SqlKind.SET_QUERY.contains(query.getKind());
    return setOperation && query instanceof SqlCall call ? items(call.operand(0)) : List.of();
  }

  static List<String> of(List<SqlNode> items, RelDataType row) {
    var names = new ArrayList<String>();
    for (int i = 0; i < row.getFieldCount(); i++) {
      String given = row.getFieldNames().get(i);
      names.add(items.size() == row.getFieldCount() ? name(items.get(i), given) : plain(given, i));
    }
    return names;
  }

  private static String plain(String given, int index) {
    return given.startsWith("EXPR$") ? "column" + (index + 1) : given;
  }

  private static String name(SqlNode item, String given) {
    if (item.getKind() == SqlKind.AS && item instanceof SqlCall as) {
      SqlNode alias = as.operand(1);
      SqlNode below = as.operand(0);
      boolean made = alias.toString().startsWith("EXPR$");
      return made ? name(below, given) : ((SqlIdentifier) alias).getSimple();
    }
    if (item instanceof SqlIdentifier identifier) {
      return identifier.names.get(identifier.names.size() - 1);
    }
    if (NAMED_AFTER_OPERAND.contains(item.getKind()) && item instanceof SqlCall call) {
      return name(call.operand(0), given);
    }
    if (item.getKind() == SqlKind.CASE) {
      return "case";
    }
    if (item instanceof SqlCall call && call.getOperator() instanceof SqlFunction function) {
      return function.getName().toLowerCase(Locale.ROOT);
    }
    return given.startsWith("EXPR$") ? NAMELESS : given;
  }
}
