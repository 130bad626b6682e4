package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * Functions that make rows among the outputs of a query, moved to FROM: several run side by side.
 * For one SELECT.
 */
final class OutputRows extends SqlShuttle {
  private static final String ALIAS = "rows of functions";
  private static final String HINT =
      "You might be able to move the set-returning function into a LATERAL FROM item.";

  private final SqlSelect select;
  private final SqlErrors errors;
  private final List<SqlCall> functions = new ArrayList<>();

  OutputRows(SqlSelect select, SqlErrors errors) {
    this.select = select;
    this.errors = errors;
  }

  /** The query with its functions in FROM; the same one where it has none. */
  SqlSelect inFrom() {
    var items = new ArrayList<SqlNode>();
    for (SqlNode item : select.getSelectList()) {
      int before = functions.size();
      SqlNode changed = Objects.requireNonNull(item.accept(this));
      if (functions.size() == before) {
        items.add(item);
      } else {
        requirePlain(item);
        boolean named = item.getKind() == SqlKind.AS;
        items.add(named ? changed : as(changed, name(item)));
      }
    }
    if (functions.isEmpty()) {
      return select;
    }
    var changed = (SqlSelect) select.clone(select.getParserPosition());
    changed.setSelectList(
        new SqlNodeList(withoutStar(items), select.getSelectList().getParserPosition()));
    changed.setFrom(joined());
    return changed;
  }

  private SqlNode joined() {
    var columns = new ArrayList<String>();
    functions.forEach(function -> columns.add(column(columns.size())));
    SqlNode rows = RowArrays.rows(functions, columns, ALIAS);
    SqlNode from = select.getFrom();
    if (from == null) {
      return rows;
    }
    SqlParserPos place = from.getParserPosition();
    return new SqlJoin(
        place,
        from,
        SqlLiteral.createBoolean(false, place),
        JoinType.COMMA.symbol(place),
        rows,
        JoinConditionType.NONE.symbol(place),
        null);
  }

  private static String column(int index) {
    return "c" + (index + 1);
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.isA(SqlKind.QUERY)) {
      return call;
    }
    if (RowArrays.array(call) == null) {
      int before = functions.size();
      SqlNode changed = super.visit(call);
      if (functions.size() > before) {
        requireAllowed(call);
      }
      return changed;
    }
    int before = functions.size();
    super.visit(call);
    if (functions.size() > before) {
      throw refused("set-returning functions within others are not supported", call);
    }
    functions.add(call);
    return new SqlIdentifier(List.of(ALIAS, column(before)), call.getParserPosition());
  }

  private void requireAllowed(SqlCall call) {
    String name = RowArrays.name(call);
    if (call.getKind() == SqlKind.CASE || name.equals("coalesce")) {
      throw refused(
          "set-returning functions are not allowed in "
              + (call.getKind() == SqlKind.CASE ? "CASE" : "COALESCE"),
          call);
    }
    if (call.getKind() == SqlKind.OVER) {
      throw refused("window function calls cannot contain set-returning function calls", call);
    }
    if (isAggregate(call)) {
      throw refused("aggregate function calls cannot contain set-returning function calls", call);
    }
  }

  private static boolean isAggregate(SqlCall call) {
    String name = RowArrays.name(call);
    if (call.getOperator().isAggregator() || AggregateFunctions.named(name) != null) {
      return true;
    }
    var found = new ArrayList<SqlOperator>();
    SqlStdOperatorTable.instance()
        .lookupOperatorOverloads(
            new SqlIdentifier(name, SqlParserPos.ZERO),
            null,
            SqlSyntax.FUNCTION,
            found,
            SqlNameMatchers.withCaseSensitive(false));
    return found.stream().anyMatch(SqlOperator::isAggregator);
  }

  /** Groups are made of the rows of what they are grouped by, and not the other way round. */
  private void requirePlain(SqlNode item) {
    SqlNodeList group = select.getGroup();
    boolean grouped =
        select.getHaving() != null
            || (group != null && group.stream().noneMatch(key -> isKey(key, item)));
    if (grouped) {
      throw refused(
          "a set-returning function of groups that are not grouped by it is not supported", item);
    }
  }

  private boolean isKey(SqlNode key, SqlNode item) {
    if (key instanceof SqlNumericLiteral number && number.isInteger()) {
      return select.getSelectList().indexOf(item) == number.intValue(true) - 1;
    }
    if (key instanceof SqlIdentifier alias && alias.isSimple()) {
      return alias.getSimple().equals(name(item));
    }
    return key.equalsDeep(item, Litmus.IGNORE);
  }

  /** What a star stands for without the functions' own columns. */
  private List<SqlNode> withoutStar(List<SqlNode> items) {
    var explicit = new ArrayList<SqlNode>();
    for (SqlNode item : items) {
      SqlNode from = select.getFrom();
      if (item instanceof SqlIdentifier star
          && star.isStar()
          && star.names.size() == 1
          && from != null) {
        relations(from, star, explicit);
      } else {
        explicit.add(item);
      }
    }
    return explicit;
  }

  private void relations(SqlNode from, SqlIdentifier star, List<SqlNode> out) {
    String name = null;
    if (from instanceof SqlJoin join && join.getConditionType() != JoinConditionType.USING) {
      relations(join.getLeft(), star, out);
      relations(join.getRight(), star, out);
      return;
    }
    if (from.getKind() == SqlKind.AS) {
      name = ((SqlIdentifier) ((SqlCall) from).operand(1)).getSimple();
    } else if (from instanceof SqlIdentifier table) {
      name = table.names.get(table.names.size() - 1);
    }
    if (name == null) {
      throw refused("a set-returning function beside this * is not supported", star);
    }
    out.add(
        SqlIdentifier.star(
            List.of(name, ""),
            star.getParserPosition(),
            List.of(star.getParserPosition(), star.getParserPosition())));
  }

  private CaissonException refused(String message, SqlNode at) {
    return errors
        .at(SqlState.FEATURE_NOT_SUPPORTED, message, at.getParserPosition())
        .withHint(HINT);
  }

  private static String name(SqlNode item) {
    if (item.getKind() == SqlKind.UNNEST) {
      return "unnest";
    }
    if (item.getKind() == SqlKind.ITEM && item instanceof SqlCall subscript) {
      return name(subscript.operand(0));
    }
    return OutputNames.name(item);
  }

  private static SqlNode as(SqlNode value, String name) {
    SqlParserPos place = value.getParserPosition();
    return SqlStdOperatorTable.AS.createCall(place, value, new SqlIdentifier(name, place));
  }
}
