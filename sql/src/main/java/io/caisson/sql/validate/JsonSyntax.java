package io.caisson.sql.validate;

import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.QuerySyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectAggAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Turns calls that make JSON of any number of values of any type, NULL among them, into calls of
 * functions of few arguments:
 *
 * <pre>
 *   jsonb_build_object('a', x, 'b', y)
 *     = jsonb_build_object(json('a'), json(x), 1) || jsonb_build_object(json('b'), json(y), 3)
 *   jsonb_build_array(x, y)   = jsonb_build_array(json(x)) || jsonb_build_array(json(y))
 *   row_to_json(ROW(x, y))    = jsonb_build_object('f1', x, 'f2', y)
 *   jsonb_agg(x)              = jsonb_agg(to_jsonb(x))
 *   jsonb_agg(DISTINCT x)     = jsonb_agg(DISTINCT to_jsonb(x), x), so that x may be ordered by
 *   JSON_ARRAYAGG(x)          = jsonb_agg_strict(x); with NULL ON NULL jsonb_agg(x)
 *   JSON_OBJECTAGG(k: v)      = jsonb_object_agg(k, v); with ABSENT ON NULL ..._strict(k, v)
 *
 *   json(x) = COALESCE(to_jsonb(x), CAST('null' AS jsonb))
 * </pre>
 *
 * Stateless.
 */
final class JsonSyntax {
  private static final Set<String> OBJECTS = Set.of("jsonb_build_object", "json_build_object");
  private static final Set<String> ARRAYS = Set.of("jsonb_build_array", "json_build_array");
  private static final Set<String> ROWS = Set.of("row_to_json", "to_json", "to_jsonb");

  private final SqlErrors errors;

  JsonSyntax(SqlErrors errors) {
    this.errors = errors;
  }

  /** The call in other words, or null where it is none of these. */
  @Nullable SqlNode rewritten(SqlCall call) {
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    if (OBJECTS.contains(name)) {
      return object(call.getOperandList(), call);
    }
    if (ARRAYS.contains(name)) {
      return array(call);
    }
    if (ROWS.contains(name)
        && call.operandCount() == 1
        && call.operand(0).getKind() == SqlKind.ROW) {
      return ofRow(call, call.operand(0));
    }
    if (call.getOperator() instanceof SqlJsonArrayAggAggFunction standard) {
      return aggregate(ofStandard("jsonb_agg", standard.getNullClause()), call);
    }
    if (call.getOperator() instanceof SqlJsonObjectAggAggFunction standard) {
      return aggregate(ofStandard("jsonb_object_agg", standard.getNullClause()), call);
    }
    return QuerySyntax.ORDERED_AGGREGATES.contains(name)
        ? aggregate(call.getOperator(), call)
        : null;
  }

  private static SqlOperator ofStandard(String name, SqlJsonConstructorNullClause nulls) {
    boolean strict = nulls == SqlJsonConstructorNullClause.ABSENT_ON_NULL;
    return Objects.requireNonNull(AggregateFunctions.named(strict ? name + "_strict" : name));
  }

  private SqlNode object(List<SqlNode> arguments, SqlCall call) {
    if (arguments.size() % 2 != 0) {
      throw errors
          .at(
              SqlState.INVALID_PARAMETER,
              "argument list must have even number of elements",
              call.getParserPosition())
          .withHint("Give names and values in turn.");
    }
    SqlParserPos place = call.getParserPosition();
    var members = new ArrayList<SqlNode>();
    for (int i = 0; i < arguments.size(); i += 2) {
      SqlNode number = SqlLiteral.createExactNumeric(String.valueOf(i + 1), place);
      members.add(
          function(
              "jsonb_build_object",
              place,
              List.of(json(arguments.get(i)), json(arguments.get(i + 1)), number)));
    }
    return joined(members, "{}", place);
  }

  private SqlNode array(SqlCall call) {
    SqlParserPos place = call.getParserPosition();
    List<SqlNode> elements =
        call.getOperandList().stream()
            .map(value -> function("jsonb_build_array", place, List.of(json(value))))
            .toList();
    return joined(elements, "[]", place);
  }

  private SqlNode ofRow(SqlCall call, SqlCall row) {
    var members = new ArrayList<SqlNode>();
    for (int i = 0; i < row.operandCount(); i++) {
      members.add(SqlLiteral.createCharString("f" + (i + 1), call.getParserPosition()));
      members.add(row.operand(i));
    }
    return object(members, call);
  }

  private static SqlNode aggregate(SqlOperator function, SqlCall call) {
    var arguments = new ArrayList<SqlNode>();
    for (SqlNode argument : call.getOperandList()) {
      arguments.add(
          SqlUtil.isNullLiteral(argument, false) ? constant("null", argument) : toJson(argument));
    }
    SqlLiteral quantifier = call.getFunctionQuantifier();
    if (quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT) {
      arguments.addAll(call.getOperandList());
    }
    return function.createCall(quantifier, call.getParserPosition(), arguments);
  }

  private static SqlNode joined(List<SqlNode> parts, String none, SqlParserPos place) {
    SqlNode joined = parts.isEmpty() ? constant(none, place) : parts.get(0);
    for (SqlNode part : parts.subList(Math.min(1, parts.size()), parts.size())) {
      joined = function("jsonb_concat", place, List.of(joined, part));
    }
    return joined;
  }

  private static SqlNode json(SqlNode value) {
    return SqlUtil.isNullLiteral(value, false)
        ? constant("null", value)
        : SqlStdOperatorTable.COALESCE.createCall(
            value.getParserPosition(), toJson(value), constant("null", value));
  }

  private static SqlNode toJson(SqlNode value) {
    return function("to_jsonb", value.getParserPosition(), List.of(value));
  }

  private static SqlNode constant(String json, SqlNode at) {
    return constant(json, at.getParserPosition());
  }

  private static SqlNode constant(String json, SqlParserPos place) {
    return CastOperator.INSTANCE.createCall(
        place,
        SqlLiteral.createCharString(json, place),
        new SqlDataTypeSpec(new SqlUserDefinedTypeNameSpec("jsonb", place), place));
  }

  private static SqlNode function(String name, SqlParserPos place, List<SqlNode> arguments) {
    var function =
        new SqlUnresolvedFunction(
            new SqlIdentifier(name, place),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION);
    return function.createCall(place, new ArrayList<>(arguments));
  }
}
