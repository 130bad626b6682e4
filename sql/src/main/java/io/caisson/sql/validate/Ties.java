package io.caisson.sql.validate;

import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.QuerySyntax;
import java.util.ArrayList;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * FETCH … WITH TIES in the words of ranks:
 *
 * <pre>
 *   SELECT a FROM t ORDER BY b OFFSET 2 ROWS FETCH FIRST 3 ROWS WITH TIES
 *     = SELECT a FROM t
 *       QUALIFY RANK() OVER (ORDER BY b) <= 5 AND ROW_NUMBER() OVER (ORDER BY b) > 2 ORDER BY b
 * </pre>
 *
 * What has no QUALIFY of its own, or one already, becomes the input of a SELECT that has. For one
 * query.
 */
final class Ties {
  private static final String INNER = "ties";

  private final SqlOrderBy order;
  private final SqlErrors errors;
  private final SqlParserPos place;

  /** The ties of a query whose FETCH has them. */
  Ties(SqlOrderBy order, SqlErrors errors) {
    this.order = order;
    this.errors = errors;
    this.place = order.getParserPosition();
  }

  /** Whether the number of a FETCH is one with ties. */
  static boolean isWanted(@Nullable SqlNode fetch) {
    return fetch instanceof SqlCall call && call.getOperator().equals(QuerySyntax.WITH_TIES);
  }

  /** The same rows in the same order. */
  SqlOrderBy ranked() {
    if (order.orderList.isEmpty()) {
      throw errors
          .at(
              SqlState.SYNTAX_ERROR,
              "WITH TIES cannot be specified without ORDER BY clause",
              fetch().getParserPosition())
          .withHint("Without an order no rows are ties.");
    }
    var counts = new RowCounts(errors);
    SqlNode limit = counts.limit(((SqlCall) fetch()).operand(0));
    SqlNode offset = order.offset == null ? null : counts.offset(order.offset);
    if (limit == null) {
      return new SqlOrderBy(place, order.query, order.orderList, offset, null);
    }
    boolean plain =
        order.query instanceof SqlSelect select
            && !select.isDistinct()
            && select.getQualify() == null;
    SqlSelect select =
        plain ? (SqlSelect) order.query.clone(order.query.getParserPosition()) : outer(order.query);
    SqlNodeList keys = plain ? keys(select) : order.orderList;
    SqlNode last = offset == null ? limit : sum(limit, offset);
    SqlNode within = SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(place, rank(keys), last);
    select.setQualify(
        offset == null
            ? within
            : SqlStdOperatorTable.AND.createCall(
                place,
                within,
                SqlStdOperatorTable.GREATER_THAN.createCall(place, number(keys), offset)));
    return new SqlOrderBy(place, select, order.orderList, null, null);
  }

  private SqlNode fetch() {
    return java.util.Objects.requireNonNull(order.fetch, "ties without FETCH");
  }

  private SqlNode sum(SqlNode limit, SqlNode offset) {
    return SqlStdOperatorTable.PLUS.createCall(place, limit, offset);
  }

  private SqlNode rank(SqlNodeList keys) {
    return over(SqlStdOperatorTable.RANK.createCall(place), keys);
  }

  private SqlNode number(SqlNodeList keys) {
    return over(SqlStdOperatorTable.ROW_NUMBER.createCall(place), keys);
  }

  private SqlNode over(SqlNode function, SqlNodeList keys) {
    SqlWindow window =
        SqlWindow.create(
            null,
            null,
            SqlNodeList.EMPTY,
            keys,
            SqlLiteral.createBoolean(false, place),
            null,
            null,
            null,
            place);
    return SqlStdOperatorTable.OVER.createCall(place, function, window);
  }

  private SqlSelect outer(SqlNode query) {
    for (SqlNode key : order.orderList) {
      if (!(QueryShape.withoutDirection(key) instanceof SqlIdentifier)) {
        throw errors
            .unsupported(
                "WITH TIES over this query takes names of its outputs alone",
                key.getParserPosition())
            .withHint("Name the columns to order by.");
      }
    }
    SqlNode from =
        SqlStdOperatorTable.AS.createCall(
            place, query, new SqlIdentifier(INNER, SqlParserPos.ZERO));
    return QuerySyntax.select(
        SqlNodeList.of(SqlIdentifier.star(SqlParserPos.ZERO)), from, null, place);
  }

  /** What to order by, in the words of the SELECT's inputs. */
  private SqlNodeList keys(SqlSelect select) {
    boolean star =
        select.getSelectList().stream()
            .anyMatch(item -> item instanceof SqlIdentifier name && name.isStar());
    var outputs = new DistinctOn(select, order.orderList, errors);
    var keys = new ArrayList<SqlNode>();
    for (SqlNode key : order.orderList) {
      if (star && QueryShape.withoutDirection(key) instanceof SqlNumericLiteral) {
        throw errors
            .unsupported(
                "WITH TIES does not know which column a position is beside *",
                key.getParserPosition())
            .withHint("Name the column.");
      }
      keys.add(outputs.resolved(key));
    }
    return new SqlNodeList(keys, place);
  }
}
