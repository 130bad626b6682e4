package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.QuerySyntax;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnnestOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Turns what PostgreSQL says in a query into what Calcite's validator understands:
 *
 * <pre>
 *   VALUES (1, 2)                           SELECT * FROM (VALUES (1, 2)) AS "*VALUES*" (column1, column2)
 *   TABLE t                                 SELECT * FROM t
 *   (SELECT COUNT(*) FROM t) AS s           (SELECT COUNT(*) AS count FROM t) AS s
 *   LIMIT 1 + 1                             LIMIT 2
 *   SELECT DISTINCT ON (a) b ... ORDER BY a, c
 *                                           SELECT b ... QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY a, c) = 1
 *   SUM(x) FILTER (WHERE c) OVER w          SUM(CASE WHEN c THEN x END) OVER w
 *   MODE() WITHIN GROUP (ORDER BY x)        mode(x) WITHIN GROUP (ORDER BY x)
 *   a JOIN b USING (id) WHERE id = 1        a JOIN b USING (id) WHERE a.id = 1
 *   generate_series(1, 2) AS i              generate_series(1, 2) AS i (i)
 *   (a, b) < (c, d)                         a < c OR (a = c AND b < d)
 * </pre>
 *
 * For one statement.
 */
final class QueryShape extends SqlShuttle {
  private static final String VALUES_ALIAS = "*VALUES*";

  private final SqlErrors errors;

  /**
   * The SELECTs whose outputs are the statement's: their names are given to the user as they are.
   */
  private final Set<SqlNode> outermost = Collections.newSetFromMap(new IdentityHashMap<>());

  private QueryShape(SqlErrors errors) {
    this.errors = errors;
  }

  /** A query in the shape that is validated. */
  static SqlNode of(SqlNode query, SqlErrors errors) {
    var shape = new QueryShape(errors);
    shape.findOutermost(query);
    SqlNode shaped = shape.asQuery(query).accept(shape);
    return shaped == null ? query : shaped;
  }

  private void findOutermost(SqlNode query) {
    if (query instanceof SqlOrderBy order) {
      findOutermost(order.query);
    } else if (query instanceof SqlWith with) {
      findOutermost(with.body);
    } else if (SqlKind.SET_QUERY.contains(query.getKind()) && query instanceof SqlCall call) {
      call.getOperandList().forEach(this::findOutermost);
    } else {
      outermost.add(query);
    }
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlOrderBy order) {
      return orderBy(order);
    }
    if (call instanceof SqlWith with) {
      return with(with);
    }
    if (call instanceof SqlSelect select) {
      return select(select, SqlNodeList.EMPTY);
    }
    if (SqlKind.SET_QUERY.contains(call.getKind())) {
      List<SqlNode> operands = call.getOperandList().stream().map(this::asQuery).toList();
      SqlNode[] visited = operands.stream().map(this::visited).toArray(SqlNode[]::new);
      return call.getOperator().createCall(call.getParserPosition(), visited);
    }
    return switch (call.getKind()) {
      case AS -> as(call);
      case COLLECTION_TABLE -> lateral(call);
      case OVER -> super.visit(over(call));
      case WITHIN_GROUP -> super.visit(AggregateSyntax.withinGroup(call));
      case MATCH_RECOGNIZE -> super.visit(MatchSyntax.shaped((SqlMatchRecognize) call));
      default -> expression(call);
    };
  }

  private @Nullable SqlNode expression(SqlCall call) {
    if (call.getOperator().equals(SqlLibraryOperators.INFIX_CAST)) {
      return super.visit(
          SqlStdOperatorTable.CAST.createCall(
              call.getParserPosition(), call.operand(0), call.operand(1)));
    }
    if (makesRows(call)) {
      throw errors
          .unsupported(
              "set-returning functions are not supported outside of FROM", call.getParserPosition())
          .withHint("Call it in FROM: it may name the columns of what stands before it.");
    }
    if (call.getOperator().equals(SqlLibraryOperators.STRING_AGG)) {
      return super.visit(AggregateSyntax.ofTexts(call));
    }
    SqlCall estimate = estimate(call);
    if (estimate != call) {
      return super.visit(estimate);
    }
    SqlNode compared = RowComparisons.rewritten(call);
    return compared instanceof SqlCall changed && changed != call
        ? changed.accept(this)
        : super.visit(call);
  }

  private SqlCall estimate(SqlCall call) {
    try {
      return AggregateSyntax.estimate(call);
    } catch (CaissonException e) {
      throw e.withPosition(errors.position(call.getParserPosition()));
    }
  }

  /** Text of a literal is text, however it was written. */
  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    return literal instanceof SqlCharStringLiteral text
            && text.getValueAs(NlsString.class).getCharsetName() != null
        ? SqlLiteral.createCharString(text.getValueAs(String.class), literal.getParserPosition())
        : literal;
  }

  private SqlNode visited(SqlNode node) {
    SqlNode visited = node.accept(this);
    return visited == null ? node : visited;
  }

  /** VALUES and TABLE as SELECT. */
  private SqlNode asQuery(SqlNode node) {
    SqlParserPos position = node.getParserPosition();
    if (node.getKind() == SqlKind.VALUES && node instanceof SqlCall values) {
      SqlNode aliased =
          SqlStdOperatorTable.AS.createCall(
              position, values, new SqlIdentifier(VALUES_ALIAS, SqlParserPos.ZERO));
      return selectAll(aliased, position);
    }
    if (node.getKind() == SqlKind.EXPLICIT_TABLE && node instanceof SqlCall table) {
      return selectAll(table.operand(0), position);
    }
    return node;
  }

  private static SqlSelect selectAll(SqlNode from, SqlParserPos position) {
    return QuerySyntax.select(
        SqlNodeList.of(SqlIdentifier.star(SqlParserPos.ZERO)), from, null, position);
  }

  private SqlNode orderBy(SqlOrderBy written) {
    SqlOrderBy order = withRanks(written);
    SqlNode query = asQuery(order.query);
    var counts = new RowCounts(errors);
    return new SqlOrderBy(
        order.getParserPosition(),
        query instanceof SqlSelect select ? select(select, order.orderList) : visited(query),
        (SqlNodeList)
            visited(
                query instanceof SqlSelect select
                    ? ElementNames.ordered(select, order.orderList)
                    : order.orderList),
        order.offset == null ? null : counts.offset(order.offset),
        order.fetch == null ? null : counts.limit(order.fetch));
  }

  private SqlOrderBy withRanks(SqlOrderBy order) {
    if (!Ties.isWanted(order.fetch)) {
      return order;
    }
    SqlOrderBy ranked = new Ties(order, errors).ranked();
    if (outermost.contains(order.query)) {
      outermost.add(ranked.query);
    }
    return ranked;
  }

  private SqlNode with(SqlWith with) {
    var names = new HashSet<String>();
    var items = new ArrayList<SqlNode>();
    for (SqlNode node : with.withList) {
      var item = (SqlWithItem) node;
      if (!names.add(item.name.getSimple())) {
        throw errors.at(
            SqlState.DUPLICATE_ALIAS,
            "WITH query name \"" + item.name.getSimple() + "\" specified more than once",
            item.name.getParserPosition());
      }
      if (item.recursive.booleanValue()) {
        new RecursionCheck(item, errors).check();
      }
      items.add(
          new SqlWithItem(
              item.getParserPosition(),
              item.name,
              item.columnList,
              visited(asQuery(item.query)),
              item.recursive));
    }
    return new SqlWith(
        with.getParserPosition(),
        new SqlNodeList(items, with.withList.getParserPosition()),
        visited(asQuery(with.body)));
  }

  private SqlSelect select(SqlSelect select, SqlNodeList order) {
    boolean named = !outermost.contains(select);
    var copy = (SqlSelect) select.clone(select.getParserPosition());
    var result = ElementNames.named(UsingColumns.named(copy));
    if (select.getQualify() instanceof SqlCall call
        && call.getOperator().equals(QuerySyntax.DISTINCT_ON)) {
      result.setQualify(new DistinctOn(select, order, errors).condition(call));
    }
    result = (SqlSelect) Objects.requireNonNull(super.visit(result));
    if (result.isDistinct() && result.getSelectList().stream().anyMatch(QueryShape::hasWindow)) {
      result = distinctOfWindows(result);
    }
    if (named) {
      result.setSelectList(named(result.getSelectList()));
    }
    return result;
  }

  private static SqlNodeList named(SqlNodeList items) {
    var named = new ArrayList<SqlNode>();
    for (SqlNode item : items) {
      boolean plain = item instanceof SqlIdentifier || item.getKind() == SqlKind.AS;
      named.add(
          plain
              ? item
              : SqlStdOperatorTable.AS.createCall(
                  item.getParserPosition(),
                  item,
                  new SqlIdentifier(OutputNames.name(item), item.getParserPosition())));
    }
    return new SqlNodeList(named, items.getParserPosition());
  }

  private static boolean hasWindow(SqlNode item) {
    var finder =
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.OVER) {
              throw new Util.FoundOne(call);
            }
            return super.visit(call);
          }
        };
    try {
      item.accept(finder);
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }

  /** Windows first, then DISTINCT of what they give. */
  private static SqlSelect distinctOfWindows(SqlSelect select) {
    SqlParserPos position = select.getParserPosition();
    SqlNodeList items = named(select.getSelectList());
    var inner = (SqlSelect) select.clone(position);
    inner.setOperand(0, SqlNodeList.EMPTY);
    inner.setSelectList(items);
    SqlNode from =
        SqlStdOperatorTable.AS.createCall(
            position, inner, new SqlIdentifier("windows", SqlParserPos.ZERO));
    SqlSelect outer = selectAll(from, position);
    outer.setOperand(0, SqlNodeList.of(SqlSelectKeyword.DISTINCT.symbol(SqlParserPos.ZERO)));
    return outer;
  }

  /** The columns of VALUES have names, also those that the alias leaves out. */
  private SqlNode as(SqlCall as) {
    if (as.operand(0).getKind() != SqlKind.VALUES) {
      SqlNode visited = super.visit(withColumn(as));
      return visited == null ? as : visited;
    }
    SqlCall values = as.operand(0);
    var operands = new ArrayList<SqlNode>();
    SqlNode[] rows = values.getOperandList().stream().map(this::visited).toArray(SqlNode[]::new);
    operands.add(values.getOperator().createCall(values.getParserPosition(), rows));
    operands.addAll(as.getOperandList().subList(1, as.operandCount()));
    int width = values.operand(0) instanceof SqlCall row ? row.operandCount() : 1;
    for (int i = operands.size() - 1; i < width + 1; i++) {
      if (i > 0) {
        operands.add(new SqlIdentifier("column" + i, SqlParserPos.ZERO));
      }
    }
    return SqlStdOperatorTable.AS.createCall(as.getParserPosition(), operands);
  }

  /** A function may name what stands before it in FROM. */
  private @Nullable SqlNode lateral(SqlCall table) {
    if (!(table.operand(0) instanceof SqlCall function) || !makesRows(function)) {
      return super.visit(table);
    }
    SqlNode visited = super.visit(function);
    SqlNode rows =
        SqlStdOperatorTable.COLLECTION_TABLE.createCall(
            table.getParserPosition(), visited == null ? function : visited);
    return SqlStdOperatorTable.LATERAL.createCall(table.getParserPosition(), rows);
  }

  private static boolean makesRows(SqlNode function) {
    return function instanceof SqlCall call
        && !(call.getOperator() instanceof InnerFunction)
        && (isNamedByAlias(call) || JsonTableFunction.isCalled(call.getOperator()));
  }

  private static boolean isNamedByAlias(SqlNode function) {
    return function instanceof SqlCall call
        && (call.getOperator().isName(SeriesFunction.NAME, false)
            || JsonTableFunction.isNamedByAlias(call.getOperator()));
  }

  /** The alias of a function in FROM is that of its only column too. */
  private static SqlCall withColumn(SqlCall as) {
    SqlNode value = as.operand(0);
    SqlNode function =
        value.getKind() == SqlKind.COLLECTION_TABLE ? ((SqlCall) value).operand(0) : value;
    boolean oneColumn =
        function.getKind() == SqlKind.UNNEST
            ? function instanceof SqlCall unnest
                && unnest.operandCount() == 1
                && unnest.getOperator() instanceof SqlUnnestOperator operator
                && !operator.withOrdinality
            : isNamedByAlias(function);
    if (!oneColumn || as.operandCount() != 2) {
      return as;
    }
    return SqlStdOperatorTable.AS.createCall(
        as.getParserPosition(), value, as.operand(1), as.operand(1));
  }

  /** Aggregates pass over NULL, so a filter can make NULLs of what it keeps out. */
  private SqlCall over(SqlCall over) {
    if (!(over.operand(0) instanceof SqlCall filter) || filter.getKind() != SqlKind.FILTER) {
      return over;
    }
    SqlCall call = filter.operand(0);
    SqlNode condition = filter.operand(1);
    if (call.getOperator() instanceof SqlAggFunction function
        && function.getFunctionType().isFunction()
        && call.operandCount() == 0) {
      throw errors.unsupported(
          "FILTER is not implemented for non-aggregate window functions", call.getParserPosition());
    }
    List<SqlNode> arguments = new ArrayList<>(call.getOperandList());
    SqlNode kept =
        arguments.get(0) instanceof SqlIdentifier star && star.isStar()
            ? SqlLiteral.createExactNumeric("1", condition.getParserPosition())
            : arguments.get(0);
    SqlParserPos position = condition.getParserPosition();
    arguments.set(
        0,
        new SqlCase(
            position,
            null,
            SqlNodeList.of(condition),
            SqlNodeList.of(kept),
            SqlLiteral.createNull(position)));
    SqlNode changed =
        call.getOperator()
            .createCall(call.getFunctionQuantifier(), call.getParserPosition(), arguments);
    return SqlStdOperatorTable.OVER.createCall(over.getParserPosition(), changed, over.operand(1));
  }

  /** What is sorted by, without DESC and NULLS FIRST. */
  static SqlNode withoutDirection(SqlNode key) {
    return switch (key.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> withoutDirection(((SqlCall) key).operand(0));
      default -> key;
    };
  }
}
