package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.function.JsonQueries;
import io.caisson.function.json.JsonItem;
import io.caisson.function.json.JsonPath;
import io.caisson.function.json.JsonSpecification;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.JsonItemOperator;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * JSON_VALUE and its like as calls of functions that give a text, and casts of it:
 *
 * <pre>
 *   JSON_VALUE(doc, '$.n' RETURNING int)
 *     = CAST(json_value(doc, '$.n', '{}', specification) AS int)
 *   JSON_VALUE(doc, '$.n' RETURNING int DEFAULT 7 ON EMPTY)
 *     = CASE WHEN slot -> 0 = '1' THEN CAST(7 AS int) ELSE CAST(slot ->> 0 AS int) END
 * </pre>
 *
 * For one statement.
 */
final class JsonItems {
  private static final int TYPE = 3;
  private static final int DEFAULT_ON_EMPTY = 4;
  private static final int DEFAULT_ON_ERROR = 5;

  private final SqlErrors errors;
  private final JsonSyntax json;

  JsonItems(SqlErrors errors) {
    this.errors = errors;
    this.json = new JsonSyntax(errors);
  }

  /** A function in other words. */
  SqlNode function(SqlCall call, JsonItemOperator operator) {
    SqlParserPos place = call.getParserPosition();
    SqlNode path = call.operand(1);
    if (isText(path)) {
      checked(path);
    }
    SqlDataTypeSpec type = type(call, operator);
    String name = operator.getName().toLowerCase(Locale.ROOT);
    List<SqlNode> arguments =
        List.of(
            json(call.operand(0)),
            path,
            inWords(variables(call.operand(2), place)),
            text(JsonSpecification.write(item(call, operator)), place));
    boolean defaults =
        call.operand(DEFAULT_ON_EMPTY) != null || call.operand(DEFAULT_ON_ERROR) != null;
    if (!defaults) {
      SqlNode text =
          InnerFunction.of(JsonQueries.itemText(name))
              .createCall(place, new ArrayList<>(arguments));
      return cast(text, type);
    }
    SqlNode slot =
        InnerFunction.of(JsonQueries.itemSlot(name)).createCall(place, new ArrayList<>(arguments));
    return value(slot, 0, call, type);
  }

  private SqlNode inWords(SqlNode variables) {
    SqlNode object = variables instanceof SqlCall call ? json.rewritten(call) : null;
    return object == null ? variables : object;
  }

  /** The value of a slot in an array of slots, or the default for which it stands. */
  SqlNode value(SqlNode slots, int place, SqlCall item) {
    return value(slots, place, item, type(item, (JsonItemOperator) item.getOperator()));
  }

  private static SqlNode value(SqlNode slots, int index, SqlCall item, SqlDataTypeSpec type) {
    SqlParserPos place = item.getParserPosition();
    SqlNode number = SqlLiteral.createExactNumeric(String.valueOf(index), place);
    SqlNode text =
        cast(ArraySyntax.called("jsonb_array_element_text", place, List.of(slots, number)), type);
    var conditions = new SqlNodeList(place);
    var values = new SqlNodeList(place);
    SqlNode slot = ArraySyntax.called("jsonb_array_element", place, List.of(slots, number));
    for (int i = DEFAULT_ON_EMPTY; i <= DEFAULT_ON_ERROR; i++) {
      SqlNode otherwise = item.getOperandList().get(i);
      if (otherwise != null) {
        int mark = i == DEFAULT_ON_EMPTY ? JsonItem.DEFAULT_ON_EMPTY : JsonItem.DEFAULT_ON_ERROR;
        conditions.add(
            SqlStdOperatorTable.EQUALS.createCall(
                place, slot, json(text(String.valueOf(mark), place))));
        values.add(cast(otherwise, type));
      }
    }
    return conditions.isEmpty() ? text : new SqlCase(place, null, conditions, values, text);
  }

  /** What is wanted of an item. */
  JsonItem item(SqlCall call, JsonItemOperator operator) {
    JsonItemOperator.Clauses clauses = operator.clauses();
    SqlType type = ColumnTypes.of(type(call, operator), true, errors);
    boolean column = !clauses.column().isEmpty();
    boolean json = type.kind() == TypeKind.JSONB || type.kind() == TypeKind.ARRAY;
    boolean query = column && clauses.kind() == JsonItem.Kind.VALUE && (clauses.formed() || json);
    return new JsonItem(
        query ? JsonItem.Kind.QUERY : clauses.kind(),
        type,
        clauses.wrapper(),
        clauses.keepsQuotes(),
        clauses.onEmpty(),
        clauses.onError(),
        column ? clauses.column() : null);
  }

  private static SqlDataTypeSpec type(SqlCall call, JsonItemOperator operator) {
    SqlNode given = call.getOperandList().get(TYPE);
    if (given instanceof SqlDataTypeSpec type) {
      return type;
    }
    String name =
        switch (operator.clauses().kind()) {
          case VALUE -> "text";
          case QUERY -> "jsonb";
          case EXISTS -> "bool";
        };
    return type(name, call.getParserPosition());
  }

  /** The values of a path's variables as an object. */
  static SqlNode variables(@Nullable SqlNode passing, SqlParserPos place) {
    return passing instanceof SqlNodeList variables && !variables.isEmpty()
        ? ArraySyntax.called("jsonb_build_object", place, variables.getList())
        : json(text("{}", place));
  }

  /**
   * The text of a constant path.
   *
   * @throws CaissonException where it is no path, or no constant
   */
  String path(SqlNode path) {
    if (!isText(path)) {
      throw errors
          .unsupported(
              "only string constants are supported in JSON_TABLE path specification",
              path.getParserPosition())
          .withHint("Give what differs from row to row in PASSING, as a variable of the path.");
    }
    return checked(path);
  }

  private String checked(SqlNode path) {
    String text = ((SqlLiteral) path).getValueAs(String.class);
    try {
      JsonPath.of(text);
    } catch (CaissonException e) {
      throw e.withPosition(errors.position(path.getParserPosition()));
    }
    return text;
  }

  private static boolean isText(SqlNode node) {
    return node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR;
  }

  /** A value as JSON. */
  static SqlNode json(SqlNode value) {
    return cast(value, type("jsonb", value.getParserPosition()));
  }

  static SqlNode text(String text, SqlParserPos place) {
    return SqlLiteral.createCharString(text, place);
  }

  static SqlDataTypeSpec type(String name, SqlParserPos place) {
    return new SqlDataTypeSpec(new SqlUserDefinedTypeNameSpec(name, place), place);
  }

  static SqlNode cast(SqlNode value, SqlDataTypeSpec type) {
    return CastOperator.INSTANCE.createCall(value.getParserPosition(), value, type);
  }
}
