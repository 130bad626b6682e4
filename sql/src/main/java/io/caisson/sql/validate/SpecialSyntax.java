package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.InfixOperators;
import io.caisson.sql.syntax.JsonItemOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlInOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Turns what has a syntax of its own into plain calls of our functions:
 *
 * <pre>
 *   SUBSTRING(s FROM 2 FOR 3)     substring(s, 2, 3)
 *   TRIM(LEADING 'x' FROM s)      ltrim(s, 'x')
 *   EXTRACT(HOUR FROM t)          date_part('hour', t)
 *   now()                         timezone('UTC', LOCALTIMESTAMP)
 *   t AT TIME ZONE z              timezone(z, t)
 *   INTERVAL '5' MINUTE           CAST('00:05:00' AS interval), but not where a window is described
 *   x BETWEEN a AND b             x >= a AND x <= b
 *   x IN (a, b)                   x = a OR x = b
 *   jsonb_build_array(x, y)       as {@link JsonSyntax} says
 *   x = ANY (ARRAY[a, b])         x = a OR x = b
 * </pre>
 *
 * For one statement.
 */
final class SpecialSyntax extends SqlShuttle {
  /** Names of when the statement began, with which its transaction begins too. */
  private static final Set<String> NOW =
      Set.of("now", "transaction_timestamp", "statement_timestamp");

  private final FunctionTable functions;
  private final SqlErrors errors;
  private final JsonSyntax json;
  private final JsonItems items;

  SpecialSyntax(FunctionTable functions, SqlErrors errors) {
    this.functions = functions;
    this.errors = errors;
    this.json = new JsonSyntax(errors);
    this.items = new JsonItems(errors);
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (describesWindow(call)) {
      return withIntervals(WindowSyntax.rewritten(call));
    }
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlCall changed)) {
      return visited;
    }
    if (changed.getOperator() instanceof JsonItemOperator operator) {
      return items.function(changed, operator);
    }
    SqlCall plain = CallSyntax.rewritten(ArraySyntax.rewritten(changed));
    SqlNode made = json.rewritten(plain);
    return made == null ? rewrite(plain) : made;
  }

  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    try {
      SqlNode node = IntervalSyntax.rewritten(literal);
      return node instanceof SqlUnknownLiteral unknown ? TimeSyntax.rewritten(unknown) : node;
    } catch (CaissonException e) {
      throw e.withPosition(errors.position(literal.getParserPosition()));
    }
  }

  @Override
  public @Nullable SqlNode visit(SqlDataTypeSpec type) {
    try {
      return TypeSyntax.rewritten(type);
    } catch (CaissonException e) {
      throw e.withPosition(errors.position(type.getParserPosition()));
    }
  }

  private static boolean describesWindow(SqlCall call) {
    return WindowSyntax.isWindow(call)
        || call.getKind() == SqlKind.PRECEDING
        || call.getKind() == SqlKind.FOLLOWING
        || call.getKind() == SqlKind.MATCH_RECOGNIZE;
  }

  /** The call whose own intervals stay as they are. */
  private SqlNode withIntervals(SqlCall call) {
    var copy = (SqlCall) call.clone(call.getParserPosition());
    for (int i = 0; i < call.operandCount(); i++) {
      SqlNode operand = call.getOperandList().get(i);
      if (operand != null && !(operand instanceof SqlIntervalLiteral)) {
        copy.setOperand(i, operand.accept(this));
      }
    }
    return copy;
  }

  private SqlNode rewrite(SqlCall call) {
    if (call.getOperator().equals(SqlStdOperatorTable.SUBSTRING)) {
      return ours("substring", call, call.getOperandList());
    }
    if (call.getOperator().equals(SqlStdOperatorTable.CEIL) && call.operandCount() == 1) {
      return ours("ceil", call, call.getOperandList());
    }
    if (call.getOperator().equals(SqlStdOperatorTable.FLOOR) && call.operandCount() == 1) {
      return ours("floor", call, call.getOperandList());
    }
    if (call.getOperator().equals(SqlStdOperatorTable.POSITION) && call.operandCount() == 2) {
      return ours("strpos", call, List.of(call.operand(1), call.operand(0)));
    }
    if (call.getOperator().equals(SqlStdOperatorTable.OVERLAY)) {
      return ours("overlay", call, call.getOperandList());
    }
    boolean pattern = call.operandCount() == 2 && call.getOperator() instanceof SqlLikeOperator;
    if (pattern && call.getOperator() instanceof SqlLikeOperator like) {
      return pattern(call, like);
    }
    if (call.getKind() == SqlKind.MINUS_PREFIX && isInterval(call.operand(0))) {
      return SqlStdOperatorTable.MULTIPLY.createCall(
          call.getParserPosition(),
          call.operand(0),
          SqlLiteral.createExactNumeric("-1", call.getParserPosition()));
    }
    if (call.getKind() == SqlKind.TRIM) {
      return trim(call);
    }
    if (call.getKind() == SqlKind.EXTRACT && call.operand(0) instanceof SqlIntervalQualifier unit) {
      String frame = unit.timeFrameName;
      String name = (frame == null ? unit.getStartUnit().name() : frame).toLowerCase(Locale.ROOT);
      SqlNode text = SqlLiteral.createCharString(name, unit.getParserPosition());
      return ours("date_part", call, List.of(text, call.operand(1)));
    }
    if (NOW.contains(call.getOperator().getName().toLowerCase(Locale.ROOT))
        && call.operandCount() == 0) {
      return now(call);
    }
    if (call.getKind() == SqlKind.CAST && !(call.getOperator() instanceof CastOperator)) {
      return CastOperator.INSTANCE.createCall(
          call.getParserPosition(), call.operand(0), call.operand(1));
    }
    if (call.getOperator().getName().equals(InfixOperators.AT_TIME_ZONE)) {
      return ours("timezone", call, List.of(call.operand(1), call.operand(0)));
    }
    if (call.getKind() == SqlKind.BETWEEN && call.getOperator() instanceof SqlBetweenOperator b) {
      return b.flag == SqlBetweenOperator.Flag.ASYMMETRIC ? between(call, b) : call;
    }
    if (call.getOperator() instanceof SqlInOperator in) {
      return withElements(call, in);
    }
    return call;
  }

  private static boolean isInterval(SqlNode node) {
    return node instanceof SqlCall cast
        && cast.getKind() == SqlKind.CAST
        && cast.operand(1) instanceof SqlDataTypeSpec type
        && type.getTypeName().getSimple().equalsIgnoreCase("interval");
  }

  private static SqlNode withElements(SqlCall call, SqlInOperator in) {
    if (in instanceof SqlQuantifyOperator) {
      return ArrayComparisons.rewritten(call);
    }
    return call.operand(1) instanceof SqlNodeList list
            && call.operand(0).getKind() != SqlKind.ROW
            && list.size() > 0
        ? anyOf(call, list, in.getKind() == SqlKind.NOT_IN)
        : call;
  }

  private SqlNode now(SqlCall call) {
    SqlParserPos place = call.getParserPosition();
    var local = new SqlIdentifier("LOCALTIMESTAMP", place);
    return ours("timezone", call, List.of(SqlLiteral.createCharString("UTC", place), local));
  }

  private static SqlNode anyOf(SqlCall call, SqlNodeList list, boolean negated) {
    SqlParserPos place = call.getParserPosition();
    List<SqlNode> equal = new ArrayList<>();
    for (SqlNode value : list) {
      equal.add(SqlStdOperatorTable.EQUALS.createCall(place, call.operand(0), value));
    }
    SqlNode any = SqlUtil.createCall(SqlStdOperatorTable.OR, place, equal);
    return negated ? SqlStdOperatorTable.NOT.createCall(place, any) : any;
  }

  private static SqlNode between(SqlCall call, SqlBetweenOperator operator) {
    SqlParserPos place = call.getParserPosition();
    SqlNode within =
        SqlStdOperatorTable.AND.createCall(
            place,
            SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(
                place, call.operand(0), call.operand(1)),
            SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(
                place, call.operand(0), call.operand(2)));
    return operator.isNegated() ? SqlStdOperatorTable.NOT.createCall(place, within) : within;
  }

  private SqlNode pattern(SqlCall call, SqlLikeOperator operator) {
    String name =
        switch (operator.getName().replace("NOT ", "")) {
          case "ILIKE" -> "ilike";
          case "SIMILAR TO" -> "similar_to";
          default -> "";
        };
    if (name.isEmpty()) {
      return call;
    }
    SqlNode matches = ours(name, call, call.getOperandList());
    return operator.isNegated()
        ? SqlStdOperatorTable.NOT.createCall(call.getParserPosition(), matches)
        : matches;
  }

  private SqlNode trim(SqlCall call) {
    SqlTrimFunction.Flag side =
        ((SqlLiteral) call.operand(0)).getValueAs(SqlTrimFunction.Flag.class);
    String name =
        switch (side) {
          case BOTH -> "btrim";
          case LEADING -> "ltrim";
          case TRAILING -> "rtrim";
        };
    return ours(name, call, List.of(call.operand(2), call.operand(1)));
  }

  private SqlNode ours(String name, SqlCall call, List<? extends SqlNode> arguments) {
    if (!functions.knows(name)) {
      return call;
    }
    return ArraySyntax.called(name, call.getParserPosition(), arguments);
  }
}
