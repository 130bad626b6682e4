package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Whether a query of WITH RECURSIVE that names itself has the form in which that means something: a
 * query that does not, UNION, a query that does once, in its FROM. For one such query.
 */
final class RecursionCheck {
  private static final List<String> COMMON_AGGREGATES =
      List.of("COUNT", "SUM", "MIN", "MAX", "AVG");

  private final SqlWithItem item;
  private final String name;
  private final SqlErrors errors;

  RecursionCheck(SqlWithItem item, SqlErrors errors) {
    this.item = item;
    this.name = item.name.getSimple();
    this.errors = errors;
  }

  void check() {
    List<SqlIdentifier> all = references(item.query);
    if (all.isEmpty()) {
      return;
    }
    SqlNode query = item.query;
    if (query instanceof SqlOrderBy order) {
      throw errors.unsupported(
          (order.orderList.isEmpty() ? "LIMIT" : "ORDER BY")
              + " in a recursive query is not implemented",
          order.orderList.isEmpty()
              ? order.getParserPosition()
              : order.orderList.get(0).getParserPosition());
    }
    if (query.getKind() != SqlKind.UNION || !(query instanceof SqlCall union)) {
      throw invalid(
          "recursive query \""
              + name
              + "\" does not have the form non-recursive-term UNION [ALL] recursive-term",
          item.getParserPosition());
    }
    List<SqlIdentifier> seed = references(union.operand(0));
    if (!seed.isEmpty()) {
      throw misplaced("within its non-recursive term", seed.get(0));
    }
    List<SqlIdentifier> steps = references(union.operand(1));
    if (steps.size() > 1) {
      throw misplaced("more than once", steps.get(1));
    }
    checkStep(union.operand(1));
  }

  private void checkStep(SqlNode step) {
    if (!(step instanceof SqlSelect select)) {
      return;
    }
    SqlCall aggregate = aggregate(select);
    if (aggregate != null) {
      throw invalid(
          "aggregate functions are not allowed in a recursive query's recursive term",
          aggregate.getParserPosition());
    }
    for (SqlNode clause : clausesBesideFrom(select)) {
      List<SqlIdentifier> found = references(clause);
      if (!found.isEmpty()) {
        throw misplaced("within a subquery", found.get(0));
      }
    }
    if (select.getFrom() != null) {
      checkJoins(select.getFrom());
    }
  }

  private void checkJoins(SqlNode from) {
    if (!(from instanceof SqlJoin join)) {
      return;
    }
    JoinType type = join.getJoinType();
    List<SqlIdentifier> left = references(join.getLeft());
    List<SqlIdentifier> right = references(join.getRight());
    if (!left.isEmpty() && (type == JoinType.RIGHT || type == JoinType.FULL)) {
      throw misplaced("within an outer join", left.get(0));
    }
    if (!right.isEmpty() && (type == JoinType.LEFT || type == JoinType.FULL)) {
      throw misplaced("within an outer join", right.get(0));
    }
    checkJoins(join.getLeft());
    checkJoins(join.getRight());
  }

  private CaissonException misplaced(String where, SqlIdentifier reference) {
    return invalid(
        "recursive reference to query \"" + name + "\" must not appear " + where,
        reference.getParserPosition());
  }

  private CaissonException invalid(String message, SqlParserPos place) {
    return errors.at(SqlState.INVALID_RECURSION, message, place);
  }

  private static List<SqlNode> clausesBesideFrom(SqlSelect select) {
    var clauses = new ArrayList<SqlNode>(select.getSelectList());
    for (@Nullable SqlNode clause :
        new SqlNode[] {select.getWhere(), select.getGroup(), select.getHaving()}) {
      if (clause != null) {
        clauses.add(clause);
      }
    }
    return clauses;
  }

  private static @Nullable SqlCall aggregate(SqlSelect select) {
    var finder =
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.OVER || SqlKind.QUERY.contains(call.getKind())) {
              return null;
            }
            boolean aggregates =
                SqlKind.AGGREGATE.contains(call.getKind()) || isAggregate(call.getOperator());
            if (aggregates) {
              throw new Util.FoundOne(call);
            }
            return super.visit(call);
          }
        };
    try {
      select.getSelectList().forEach(item -> item.accept(finder));
      return null;
    } catch (Util.FoundOne found) {
      return (SqlCall) found.getNode();
    }
  }

  private static boolean isAggregate(SqlOperator operator) {
    return operator instanceof SqlFunction function
        && COMMON_AGGREGATES.contains(function.getName().toUpperCase(Locale.ROOT));
  }

  /** Where a tree names the query as a table. */
  private List<SqlIdentifier> references(SqlNode tree) {
    var found = new ArrayList<SqlIdentifier>();
    tree.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call instanceof SqlSelect select && select.getFrom() != null) {
              inFrom(select.getFrom(), found);
            }
            return super.visit(call);
          }
        });
    if (tree instanceof SqlIdentifier || tree instanceof SqlJoin || tree.getKind() == SqlKind.AS) {
      inFrom(tree, found);
    }
    return found;
  }

  private void inFrom(SqlNode from, List<SqlIdentifier> found) {
    if (from instanceof SqlJoin join) {
      inFrom(join.getLeft(), found);
      inFrom(join.getRight(), found);
    } else if (from.getKind() == SqlKind.AS && from instanceof SqlCall as) {
      inFrom(as.operand(0), found);
    } else if (from instanceof SqlIdentifier id && id.isSimple() && id.getSimple().equals(name)) {
      found.add(id);
    }
  }
}
