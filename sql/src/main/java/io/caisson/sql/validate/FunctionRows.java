package io.caisson.sql.validate;

import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.QuerySyntax;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnnestOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Functions that make rows as arrays that are taken apart, in FROM and in the outputs of a query:
 *
 * <pre>
 *   FROM regexp_matches(t, p, 'g') AS m
 *     = FROM LATERAL (SELECT CAST(e AS text[]) AS m FROM UNNEST(matches(t, p, 'g')) AS r (e)) AS m
 *   FROM f(x) WITH ORDINALITY AS g (v, n)
 *     = FROM UNNEST(f(x)) WITH ORDINALITY AS g (v, n)
 *   FROM unnest(a, b) AS u (x, y)
 *     = FROM LATERAL (SELECT a[i] AS x, b[i] AS y FROM UNNEST(numbers of the longest) AS r (i)) AS u
 *   SELECT id, unnest(a) FROM t
 *     = SELECT id, s.c1 AS unnest FROM t, UNNEST(a) AS s (c1)
 * </pre>
 *
 * What Calcite knows as a function in FROM already, because it makes its rows one by one, stays as
 * it is there. For one statement.
 */
final class FunctionRows extends SqlShuttle {
  private static final String ORDINALITY = "ordinality";

  private final SqlErrors errors;
  private final Set<SqlNode> inFrom = Collections.newSetFromMap(new IdentityHashMap<>());

  private FunctionRows(SqlErrors errors) {
    this.errors = errors;
  }

  /** A query whose functions that make rows are arrays taken apart. */
  static SqlNode expanded(SqlNode query, SqlErrors errors) {
    SqlNode expanded = query.accept(new FunctionRows(errors));
    return expanded == null ? query : expanded;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      SqlSelect outputs = new OutputRows(select, errors).inFrom();
      var changed = (SqlSelect) outputs.clone(outputs.getParserPosition());
      SqlNode from = changed.getFrom();
      if (from != null) {
        SqlNode items = item(from);
        note(items);
        changed.setFrom(items);
      }
      return super.visit(changed);
    }
    if (!inFrom.contains(call) && RowArrays.makesRows(call)) {
      throw errors
          .unsupported(
              "set-returning functions are not supported outside of FROM and the outputs",
              call.getParserPosition())
          .withHint("Call it in FROM: it may name the columns of what stands before it.");
    }
    return super.visit(call);
  }

  /** Notes the functions that stand in FROM. */
  private void note(SqlNode from) {
    if (from instanceof SqlJoin join) {
      note(join.getLeft());
      note(join.getRight());
      return;
    }
    SqlNode inner = from;
    while (inner instanceof SqlCall wrapper
        && (isWrapper(wrapper) || wrapper.getKind() == SqlKind.AS)) {
      inner = wrapper.operand(0);
    }
    inFrom.add(inner);
  }

  private SqlNode item(SqlNode from) {
    if (from instanceof SqlJoin join) {
      var changed = (SqlJoin) join.clone(join.getParserPosition());
      changed.setLeft(item(join.getLeft()));
      changed.setRight(item(join.getRight()));
      return changed;
    }
    if (from.getKind() == SqlKind.AS && from instanceof SqlCall as) {
      List<String> names =
          as.getOperandList().subList(1, as.operandCount()).stream()
              .map(name -> ((SqlIdentifier) name).getSimple())
              .toList();
      SqlNode rows = rows(as.operand(0), names);
      return rows == null ? from : rows;
    }
    SqlNode rows = rows(from, List.of());
    return rows == null ? from : rows;
  }

  /** What stands in FROM for functions; null where it is something else, or what Calcite knows. */
  private @Nullable SqlNode rows(SqlNode written, List<String> names) {
    boolean numbered = false;
    SqlNode inner = written;
    while (inner instanceof SqlCall wrapper && isWrapper(wrapper)) {
      numbered |= wrapper.getOperator().equals(QuerySyntax.WITH_ORDINALITY);
      inner = wrapper.operand(0);
    }
    if (!(inner instanceof SqlCall function) || function instanceof SqlSelect) {
      return null;
    }
    if (function.getOperator() instanceof SqlUnnestOperator unnest) {
      return function.operandCount() > 1 ? together(function, unnest.withOrdinality, names) : null;
    }
    boolean known =
        function.getOperator().isName(SeriesFunction.NAME, false)
            || JsonTableFunction.named(function.getOperator()) != null;
    if (inner == written || (known && !numbered)) {
      return null;
    }
    if (RowArrays.array(function) == null) {
      if (numbered) {
        throw errors
            .unsupported(
                "WITH ORDINALITY is not supported for " + RowArrays.name(function),
                written.getParserPosition())
            .withHint("Number the rows by ROW_NUMBER() OVER (ORDER BY ...).");
      }
      return null;
    }
    String name = RowArrays.name(function);
    String alias = names.isEmpty() ? name : names.get(0);
    String value = JsonTableFunction.column(function.getOperator());
    var columns = new ArrayList<String>(List.of(value == null ? alias : value));
    if (numbered) {
      columns.add(ORDINALITY);
    }
    return RowArrays.rows(
        List.of(function), renamed(columns, names, function.getParserPosition()), alias);
  }

  private static boolean isWrapper(SqlCall call) {
    return call.getKind() == SqlKind.LATERAL
        || call.getKind() == SqlKind.COLLECTION_TABLE
        || call.getOperator().equals(QuerySyntax.WITH_ORDINALITY);
  }

  /** {@code unnest(a, b)}. */
  private SqlNode together(SqlCall unnest, boolean numbered, List<String> names) {
    var functions = new ArrayList<SqlCall>();
    var columns = new ArrayList<String>();
    for (SqlNode array : unnest.getOperandList()) {
      functions.add(SqlStdOperatorTable.UNNEST.createCall(array.getParserPosition(), array));
      // One name each: the row's columns are found by them.
      columns.add(columns.isEmpty() ? "unnest" : "unnest_" + (columns.size() + 1));
    }
    if (numbered) {
      columns.add(ORDINALITY);
    }
    return RowArrays.rows(
        functions,
        renamed(columns, names, unnest.getParserPosition()),
        names.isEmpty() ? "unnest" : names.get(0));
  }

  /** The columns under the names that follow the alias. */
  private List<String> renamed(List<String> columns, List<String> names, SqlParserPos place) {
    var renamed = new ArrayList<String>(columns);
    if (names.size() - 1 > columns.size()) {
      throw errors.at(
          SqlState.INVALID_COLUMN_REFERENCE,
          "table \""
              + names.get(0)
              + "\" has "
              + columns.size()
              + " columns available but "
              + (names.size() - 1)
              + " columns specified",
          place);
    }
    for (int i = 1; i < names.size(); i++) {
      renamed.set(i - 1, names.get(i));
    }
    return renamed;
  }
}
