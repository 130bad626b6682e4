package io.caisson.sql.validate;

import io.caisson.function.JsonQueries;
import io.caisson.function.json.JsonRowTree;
import io.caisson.function.json.JsonSpecification;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.JsonItemOperator;
import io.caisson.sql.syntax.JsonTableSyntax;
import io.caisson.sql.syntax.QuerySyntax;
import io.caisson.type.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * JSON_TABLE as a query over the elements of an array that a function makes of the value: each is
 * an array of a slot for each column, see {@link JsonItems}.
 *
 * <pre>
 *   JSON_TABLE(doc, '$.items[*]' COLUMNS (nr FOR ORDINALITY, sku TEXT, n INT PATH '$.n'))
 *     = LATERAL (SELECT CAST(row ->> 0 AS int) AS nr, CAST(row ->> 1 AS text) AS sku, …
 *                FROM UNNEST(json_table(doc, '{}', specification, FALSE)) AS "json row" (row))
 * </pre>
 *
 * For one statement.
 */
final class JsonTables extends SqlShuttle {
  private static final String ROW = "json row";

  private final JsonItems items;

  private JsonTables(SqlErrors errors) {
    this.items = new JsonItems(errors);
  }

  /** A query without JSON_TABLE. */
  static SqlNode expanded(SqlNode query, SqlErrors errors) {
    SqlNode expanded = query.accept(new JsonTables(errors));
    return expanded == null ? query : expanded;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    boolean strict = call.getOperator().equals(JsonTableSyntax.STRICT_TABLE);
    return visited instanceof SqlCall table
            && (strict || call.getOperator().equals(JsonTableSyntax.TABLE))
        ? rows(table, strict)
        : visited;
  }

  private SqlNode rows(SqlCall table, boolean strict) {
    SqlParserPos place = table.getParserPosition();
    var outputs = new ArrayList<SqlNode>();
    JsonRowTree tree = tree(table.operand(1), table.operand(3), outputs);
    List<SqlNode> arguments =
        List.of(
            JsonItems.json(table.operand(0)),
            JsonItems.variables(table.operand(2), place),
            JsonItems.text(JsonSpecification.write(tree), place),
            SqlLiteral.createBoolean(strict, place));
    SqlNode array =
        InnerFunction.of(JsonQueries.rowsOf("json_table"))
            .createCall(place, new ArrayList<>(arguments));
    SqlIdentifier row = new SqlIdentifier(ROW, place);
    SqlNode from =
        SqlStdOperatorTable.AS.createCall(
            place, SqlStdOperatorTable.UNNEST.createCall(place, array), row, row);
    return SqlStdOperatorTable.LATERAL.createCall(
        place, QuerySyntax.select(new SqlNodeList(outputs, place), from, null, place));
  }

  private JsonRowTree tree(SqlNode path, SqlNodeList written, List<SqlNode> outputs) {
    var columns = new ArrayList<JsonRowTree.Column>();
    var nested = new ArrayList<JsonRowTree>();
    for (SqlNode node : written) {
      var column = (SqlCall) node;
      if (column.getOperator().equals(JsonTableSyntax.NESTED)) {
        nested.add(tree(column.operand(0), column.operand(1), outputs));
      } else {
        columns.add(column(column, outputs));
      }
    }
    return new JsonRowTree(items.path(path), columns, nested);
  }

  private JsonRowTree.Column column(SqlCall column, List<SqlNode> outputs) {
    SqlParserPos place = column.getParserPosition();
    int index = outputs.size();
    SqlNode row = new SqlIdentifier(ROW, place);
    if (column.getOperator() instanceof JsonItemOperator operator) {
      String name = operator.clauses().column();
      SqlNode path = column.getOperandList().get(1);
      outputs.add(named(items.value(row, index, column), name, place));
      String way = path == null ? "$." + new Json.Text(name).write() : items.path(path);
      return new JsonRowTree.Column(index, way, items.item(column, operator));
    }
    SqlNode number = SqlLiteral.createExactNumeric(String.valueOf(index), place);
    SqlNode text = ArraySyntax.called("jsonb_array_element_text", place, List.of(row, number));
    SqlIdentifier name = column.operand(0);
    outputs.add(
        named(JsonItems.cast(text, JsonItems.type("int4", place)), name.getSimple(), place));
    return new JsonRowTree.Column(index, "$", null);
  }

  private static SqlNode named(SqlNode value, String name, SqlParserPos place) {
    return SqlStdOperatorTable.AS.createCall(place, value, new SqlIdentifier(name, place));
  }
}
