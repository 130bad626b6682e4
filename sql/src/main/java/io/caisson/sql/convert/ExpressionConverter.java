package io.caisson.sql.convert;

import io.caisson.plan.Expression;
import io.caisson.plan.Operator;
import io.caisson.sql.validate.ArrayElements;
import io.caisson.sql.validate.BuiltInFunction;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Makes our expressions of Calcite's. Conversions that Calcite leaves to its runtime become
 * explicit casts. For one list of inputs.
 */
public final class ExpressionConverter {
  private final RexBuilder rex;
  private final List<Expression> inputs;

  /**
   * A converter.
   *
   * @param rex makes Calcite's expressions
   * @param inputs what a reference to each input column becomes
   */
  public ExpressionConverter(RexBuilder rex, List<Expression> inputs) {
    this.rex = rex;
    this.inputs = inputs;
  }

  /** Our expression for one of Calcite's. */
  public Expression convert(RexNode node) {
    if (node instanceof RexInputRef reference) {
      return inputs.get(reference.getIndex());
    }
    if (node instanceof RexLiteral literal) {
      return Literals.convert(literal);
    }
    if (node instanceof RexSubQuery) {
      throw Refusal.of("sub-queries", "Select from a view over the one table instead.");
    }
    if (node instanceof RexOver) {
      throw Refusal.of("window functions (OVER) in this place", "Compute them in a sub-query.");
    }
    if (node instanceof RexCall call) {
      return call(call);
    }
    throw Refusal.of("the expression " + node, "Compute it when you query the view.");
  }

  private Expression call(RexCall call) {
    if (call.getOperator() instanceof BuiltInFunction function) {
      return function(function, call);
    }
    if (call.getOperator() instanceof ArrayElements) {
      return convert(call.getOperands().get(0)); // the list of an array's elements is the array
    }
    return switch (call.getKind()) {
      case AND -> logical(Operator.AND, call);
      case OR -> logical(Operator.OR, call);
      case NOT -> same(Operator.NOT, call);
      case IS_NULL -> same(Operator.IS_NULL, call);
      case IS_NOT_NULL -> same(Operator.IS_NOT_NULL, call);
      case IS_TRUE -> same(Operator.IS_TRUE, call);
      case IS_FALSE -> same(Operator.IS_FALSE, call);
      case IS_NOT_TRUE -> same(Operator.IS_NOT_TRUE, call);
      case IS_NOT_FALSE -> same(Operator.IS_NOT_FALSE, call);
      case EQUALS -> comparison(Operator.EQUAL, call);
      case NOT_EQUALS -> comparison(Operator.NOT_EQUAL, call);
      case LESS_THAN -> comparison(Operator.LESS, call);
      case LESS_THAN_OR_EQUAL -> comparison(Operator.LESS_OR_EQUAL, call);
      case GREATER_THAN -> comparison(Operator.GREATER, call);
      case GREATER_THAN_OR_EQUAL -> comparison(Operator.GREATER_OR_EQUAL, call);
      case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> distinct(call);
      case PLUS, CHECKED_PLUS -> arithmetic(Operator.ADD, call);
      case MINUS, CHECKED_MINUS -> arithmetic(Operator.SUBTRACT, call);
      case TIMES, CHECKED_TIMES -> arithmetic(Operator.MULTIPLY, call);
      case DIVIDE, CHECKED_DIVIDE -> arithmetic(Operator.DIVIDE, call);
      case MOD -> arithmetic(Operator.MODULO, call);
      case MINUS_PREFIX, CHECKED_MINUS_PREFIX -> same(Operator.NEGATE, call);
      case PLUS_PREFIX -> convert(call.getOperands().get(0));
      case CASE -> caseOf(call);
      case CAST, SAFE_CAST -> cast(call);
      case LIKE -> like(call);
      case SEARCH -> convert(RexUtil.expandSearch(rex, null, call));
      case REINTERPRET -> cast(call);
      default -> other(call);
    };
  }

  private Expression other(RexCall call) {
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    if (name.equals("||")) {
      return concat(call);
    }
    if (!call.getOperator().isDeterministic()
        || call.getOperator().isDynamicFunction()
        || name.startsWith("current_")
        || name.startsWith("local")) {
      throw Refusal.of(
          "functions whose result changes by itself, such as " + name,
          "Use a column of the stream, or the function when you query the view.");
    }
    throw Refusal.of(
        "the function " + name,
        "Use one that SHOW or the documentation lists, or compute it when you query the view.");
  }

  private List<Expression> operands(RexCall call) {
    return call.getOperands().stream().map(this::convert).toList();
  }

  private Expression same(Operator operator, RexCall call) {
    return new Expression.OperatorCall(operator, operands(call), type(call));
  }

  private Expression logical(Operator operator, RexCall call) {
    return new Expression.OperatorCall(operator, operands(call), type(call));
  }

  private Expression function(BuiltInFunction function, RexCall call) {
    if (function.scalar().zoned()) {
      throw Refusal.timeZone(function.getName());
    }
    if (function.scalar().random() && function.scalar().external() != null) {
      throw Refusal.of(
          "functions that are not IMMUTABLE, such as " + function.getName(),
          "Create the function as IMMUTABLE, if its result depends on its arguments alone.");
    }
    if (function.scalar().random()) {
      throw Refusal.of(
          "functions whose result changes by itself, such as " + function.getName(),
          "Use a column of the stream, or the function when you query the view.");
    }
    var arguments = new ArrayList<Expression>();
    for (int i = 0; i < call.getOperands().size(); i++) {
      SqlType wanted = function.scalar().arguments().get(i);
      arguments.add(Casts.like(wanted, convert(call.getOperands().get(i))));
    }
    return new Expression.FunctionCall(function.scalar(), arguments, type(call));
  }

  private Expression comparison(Operator operator, RexCall call) {
    return new Expression.OperatorCall(operator, Casts.alike(operands(call)), type(call));
  }

  /** NULLs are equal to each other: (a = b) IS TRUE OR (a IS NULL AND b IS NULL). */
  private Expression distinct(RexCall call) {
    List<Expression> operands = Casts.alike(operands(call));
    SqlType truth = SqlType.of(TypeKind.BOOLEAN).withNullable(false);
    SqlType maybe = SqlType.of(TypeKind.BOOLEAN);
    var equal = new Expression.OperatorCall(Operator.EQUAL, operands, maybe);
    var isEqual = new Expression.OperatorCall(Operator.IS_TRUE, List.of(equal), truth);
    List<Expression> nulls = new ArrayList<>();
    for (Expression operand : operands) {
      nulls.add(new Expression.OperatorCall(Operator.IS_NULL, List.of(operand), truth));
    }
    var bothNull = new Expression.OperatorCall(Operator.AND, nulls, truth);
    var same = new Expression.OperatorCall(Operator.OR, List.of(isEqual, bothNull), truth);
    return call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM
        ? same
        : new Expression.OperatorCall(Operator.NOT, List.of(same), truth);
  }

  private Expression arithmetic(Operator operator, RexCall call) {
    SqlType result = type(call);
    List<Expression> operands = operands(call);
    boolean temporal = operands.stream().anyMatch(o -> Casts.temporal(o.type().kind()));
    if (!temporal) {
      TypeKind kind = Casts.floating(result.kind()) ? TypeKind.DOUBLE : result.kind();
      boolean converts = kind == TypeKind.DOUBLE || kind == TypeKind.NUMERIC;
      operands = operands.stream().map(o -> converts ? Casts.to(kind, o) : o).toList();
      return new Expression.OperatorCall(operator, operands, result);
    }
    if (operands.stream().anyMatch(o -> o.type().kind() == TypeKind.DATE)
        || result.kind() == TypeKind.DATE) {
      throw Refusal.of("arithmetic on DATE", "Cast the date to TIMESTAMP first.");
    }
    return new Expression.OperatorCall(operator, operands, result);
  }

  private Expression caseOf(RexCall call) {
    SqlType result = type(call);
    int last = call.getOperands().size() - 1;
    var arguments = new ArrayList<Expression>();
    for (int i = 0; i <= last; i++) {
      Expression argument = convert(call.getOperands().get(i));
      boolean condition = i < last && i % 2 == 0;
      arguments.add(condition ? argument : Casts.like(result, argument));
    }
    return new Expression.OperatorCall(Operator.CASE, arguments, result);
  }

  private Expression cast(RexCall call) {
    return Casts.to(type(call), convert(call.getOperands().get(0)));
  }

  private Expression like(RexCall call) {
    if (!call.getOperator().getName().equals("LIKE")) {
      throw Refusal.of(call.getOperator().getName(), "Use LIKE with lower(...), or regexp_like.");
    }
    return same(Operator.LIKE, call);
  }

  private Expression concat(RexCall call) {
    var parts = new ArrayList<Expression>();
    for (Expression operand : operands(call)) {
      boolean nested =
          operand instanceof Expression.OperatorCall inner && inner.operator() == Operator.CONCAT;
      if (nested && operand instanceof Expression.OperatorCall inner) {
        parts.addAll(inner.arguments());
      } else {
        parts.add(Casts.to(TypeKind.TEXT, operand));
      }
    }
    return new Expression.OperatorCall(Operator.CONCAT, parts, type(call));
  }

  private static SqlType type(RexNode node) {
    return SqlTypes.fromCalcite(node.getType())
        .map(type -> type.kind() == TypeKind.TEXT ? unbounded(type, node) : type)
        .orElseThrow(
            () ->
                Refusal.of(
                    "values of type " + node.getType().getSqlTypeName().getName(),
                    "Cast the value to another type."));
  }

  /** Only a cast sets a maximum length; elsewhere Calcite's estimate of it means nothing. */
  private static SqlType unbounded(SqlType type, RexNode node) {
    return node.getKind() == SqlKind.CAST
        ? type
        : SqlType.of(TypeKind.TEXT).withNullable(type.nullable());
  }
}
