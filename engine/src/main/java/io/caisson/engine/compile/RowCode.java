package io.caisson.engine.compile;

import io.caisson.engine.compile.OperatorCode.Operand;
import io.caisson.engine.compile.Value.Form;
import io.caisson.error.CaissonException;
import io.caisson.function.operator.LikePattern;
import io.caisson.plan.Expression;
import io.caisson.plan.Expression.FunctionCall;
import io.caisson.plan.Expression.InputColumn;
import io.caisson.plan.Expression.Literal;
import io.caisson.plan.Expression.OperatorCall;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the statements that evaluate expressions for one row, each once in its scope; a branch
 * that may not be taken is a scope of its own. For one thread.
 */
final class RowCode {
  private final GeneratedClass target;
  private final Outline outline;
  private final ExpressionShape shape;
  private final boolean nullable;
  private final boolean constant;
  private final StringBuilder code = new StringBuilder();
  private final SortedSet<Integer> columns = new TreeSet<>();
  private final LogicCode logic;
  private Scope scope = new Scope(null);

  /**
   * Code for one method.
   *
   * @param target the class that the method is in
   * @param outline which expressions are methods of their own
   * @param nullable whether columns may have NULLs
   * @param constant whether the method is itself the value of a constant expression
   */
  RowCode(GeneratedClass target, Outline outline, boolean nullable, boolean constant) {
    this.target = target;
    this.outline = outline;
    this.shape = new ExpressionShape(outline);
    this.nullable = nullable;
    this.constant = constant;
    this.logic = new LogicCode(this);
  }

  /** The statements so far. */
  String code() {
    return code.toString();
  }

  /** Statements that bring the arrays of the columns so far into local variables. */
  String hoisted() {
    var hoisted = new StringBuilder();
    for (int column : columns) {
      target
          .arrays(column)
          .forEach(
              (name, type) -> {
                if (nullable || !name.startsWith("n")) {
                  hoisted.append(Java.format("    final %s %s = this.%s;\n", type, name, name));
                }
              });
    }
    return hoisted.toString();
  }

  void line(String statement) {
    code.append("      ").append(statement).append('\n');
  }

  void enter() {
    scope = new Scope(scope);
  }

  void leave() {
    scope = scope.around();
  }

  /** The value of an expression; writes what is needed to have it. */
  Value evaluate(Expression expression) {
    Value known = scope.find(expression);
    if (known != null) {
      return known;
    }
    Value value;
    if (!constant && ExpressionShape.isConstant(expression)) {
      value = called(expression, true);
    } else if (outline.contains(expression)) {
      value = called(expression, false);
    } else {
      value = compute(expression);
    }
    scope.put(expression, value);
    return value;
  }

  private Value compute(Expression expression) {
    if (expression instanceof InputColumn column) {
      return column(column.index());
    }
    if (expression instanceof Literal literal) {
      return literal(literal);
    }
    if (expression instanceof FunctionCall call) {
      return new CallCode(this).call(call);
    }
    return operator((OperatorCall) expression);
  }

  private Value column(int column) {
    target.useColumn(column);
    columns.add(column);
    String isNull = Value.NEVER;
    if (nullable) {
      String bits = "n" + column;
      isNull =
          variable(
              "boolean", Java.format("%1$s != null && (%1$s[row >> 6] & (1L << row)) != 0L", bits));
    }
    String value = "c" + column + "[row]";
    SqlType type = target.columnType(column);
    if (type.physical() == TypeKind.Physical.BYTES) {
      String begin = variable("int", "o" + column + "[row]");
      String end = variable("int", "o" + column + "[row + 1]");
      return Value.slice(isNull, "c" + column, begin, end);
    }
    Form form = Form.of(type);
    return Value.of(
        form, isNull, variable(form.javaType, form == Form.BOOLEAN ? value + " != 0L" : value));
  }

  private Value literal(Literal literal) {
    Form form = Form.of(literal.type());
    Object value = literal.value();
    if (value == null) {
      return Value.nullOf(form == Form.STRING ? Form.SLICE : form);
    }
    if (value instanceof String text) {
      String bytes = target.bytesConstant(text);
      return new Value(Form.SLICE, Value.NEVER, bytes, "0", bytes + ".length", text);
    }
    Number number = (Number) value;
    return switch (form) {
      case DECIMAL -> Value.of(form, Value.NEVER, target.constant(number));
      case LONG -> Value.of(form, Value.NEVER, longLiteral(number.longValue()));
      case BOOLEAN -> Value.of(form, Value.NEVER, Boolean.toString(number.longValue() != 0));
      case DOUBLE -> Value.of(form, Value.NEVER, doubleLiteral(number.doubleValue()));
      default -> throw new IllegalArgumentException(value + " of type " + literal.type().sql());
    };
  }

  private static String longLiteral(long value) {
    return value == Long.MIN_VALUE ? "Long.MIN_VALUE" : value + "L";
  }

  private static String doubleLiteral(double value) {
    if (Double.isNaN(value)) {
      return "Double.NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    return value + "D";
  }

  private Value operator(OperatorCall call) {
    List<Expression> operands = call.arguments();
    return switch (call.operator()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> arithmetic(call);
      case NEGATE -> {
        Value value = evaluate(operands.get(0));
        Java negation = OperatorCode.negation(operand(value, operands.get(0)), call.type());
        yield strict(Form.of(call.type()), List.of(value), negation);
      }
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> comparison(call);
      case AND, OR -> shape.isCheap(call) ? logic.eager(call) : logic.lazy(call);
      case NOT -> {
        Value value = evaluate(operands.get(0));
        yield bool(value.isNull(), "!" + value.code());
      }
      case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE ->
          bool(Value.NEVER, LogicCode.test(call.operator(), evaluate(operands.get(0))));
      case CASE -> caseOf(call);
      case CAST -> cast(call);
      case LIKE -> like(call);
      case CONCAT -> {
        List<Value> texts = operands.stream().map(this::evaluate).toList();
        String parts =
            texts.stream()
                .skip(1)
                .map(t -> ".concat(" + string(t) + ")")
                .collect(Collectors.joining());
        yield strict(Form.STRING, texts, Java.failing(string(texts.get(0)) + parts));
      }
    };
  }

  private Value arithmetic(OperatorCall call) {
    Value left = evaluate(call.arguments().get(0));
    Value right = evaluate(call.arguments().get(1));
    return strict(
        Form.of(call.type()),
        List.of(left, right),
        OperatorCode.arithmetic(
            call.operator(),
            operand(left, call.arguments().get(0)),
            operand(right, call.arguments().get(1)),
            call.type()));
  }

  private Operand operand(Value value, Expression expression) {
    return new Operand(
        object(value, expression.type()), expression.type(), expression instanceof Literal);
  }

  private Value comparison(OperatorCall call) {
    Expression first = call.arguments().get(0);
    Expression second = call.arguments().get(1);
    Value left = evaluate(first);
    Value right = evaluate(second);
    Java compared;
    if (OperatorCode.comparesObjects(first.type())) {
      compared =
          OperatorCode.comparisonOfObjects(
              call.operator(), object(left, first.type()), object(right, second.type()));
    } else if (left.form() == Form.SLICE && right.form() == Form.SLICE) {
      compared = OperatorCode.comparisonOfSlices(call.operator(), left, right);
    } else if (first.type().physical() == TypeKind.Physical.BYTES) {
      compared =
          OperatorCode.comparisonOfStrings(
              call.operator(), object(left, first.type()), object(right, second.type()));
    } else {
      compared =
          OperatorCode.comparison(call.operator(), operand(left, first), operand(right, second));
    }
    return strict(Form.BOOLEAN, List.of(left, right), compared);
  }

  private Value caseOf(OperatorCall call) {
    Form form = shape.isSlice(call) ? Form.SLICE : Form.of(call.type());
    Value result =
        form == Form.SLICE
            ? Value.slice(target.name("z"), target.name("v"), target.name("b"), target.name("e"))
            : Value.of(form, target.name("z"), target.name("v"));
    line(form.javaType + " " + result.code() + " = " + form.anything + ";");
    line("boolean " + result.isNull() + " = false;");
    if (form == Form.SLICE) {
      line("int " + result.begin() + " = 0;");
      line("int " + result.end() + " = 0;");
    }
    List<Expression> arguments = call.arguments();
    int open = 0;
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      Value condition = evaluate(arguments.get(i));
      line("if (" + condition.code() + " && !" + condition.isNull() + ") {");
      branch(arguments.get(i + 1), call.type(), result);
      line("} else {");
      enter();
      open++;
    }
    assign(evaluate(arguments.get(arguments.size() - 1)), call.type(), result);
    for (; open > 0; open--) {
      leave();
      line("}");
    }
    return result;
  }

  private void branch(Expression expression, SqlType type, Value result) {
    enter();
    assign(evaluate(expression), type, result);
    leave();
  }

  private void assign(Value value, SqlType type, Value result) {
    String code = result.form() == Form.SLICE ? value.code() : object(value, type);
    line(result.code() + " = " + code + ";");
    if (result.form() == Form.SLICE) {
      line(result.begin() + " = " + value.begin() + ";");
      line(result.end() + " = " + value.end() + ";");
    }
    line(result.isNull() + " = " + value.isNull() + ";");
  }

  private Value cast(OperatorCall call) {
    Expression operand = call.arguments().get(0);
    Value value = evaluate(operand);
    if (CastCode.isIdentity(operand.type(), call.type())) {
      return value;
    }
    return whole(
        strict(
            Form.of(call.type()),
            List.of(value),
            CastCode.cast(object(value, operand.type()), operand.type(), call.type())));
  }

  /** An array as the slice that it is as a whole; other values as they are. */
  static Value whole(Value value) {
    return value.form() == Form.SLICE && value.begin().isEmpty()
        ? Value.slice(value.isNull(), value.code(), "0", value.code() + ".length")
        : value;
  }

  private Value like(OperatorCall call) {
    List<Value> operands = call.arguments().stream().map(this::evaluate).toList();
    Value text = operands.get(0);
    LikePattern known = knownPattern(call);
    String pattern;
    if (known != null) {
      pattern = target.constant(known);
    } else {
      String arguments =
          operands.stream().skip(1).map(this::string).collect(Collectors.joining(", "));
      pattern = Java.call(LikePattern.class, "of", arguments).code();
    }
    String argument = text.form() == Form.SLICE ? text.sliceArguments() : text.code();
    return strict(Form.BOOLEAN, operands, Java.failing(pattern + ".matches(" + argument + ")"));
  }

  /** The pattern, if it is a constant and right; a wrong one is an error when a row comes to it. */
  private static @Nullable LikePattern knownPattern(OperatorCall call) {
    var texts = new ArrayList<String>();
    for (Expression part : call.arguments().subList(1, call.arguments().size())) {
      if (!(part instanceof Literal literal) || !(literal.value() instanceof String text)) {
        return null;
      }
      texts.add(text);
    }
    try {
      return texts.size() == 1
          ? LikePattern.of(texts.get(0))
          : LikePattern.of(texts.get(0), texts.get(1));
    } catch (CaissonException e) {
      return null;
    }
  }

  /** The value of an operation that is NULL where an operand is. */
  Value strict(Form form, List<Value> operands, Java operation) {
    Value result = strict(form.javaType, form.anything, operands, operation);
    return result.isNull().equals(Value.ALWAYS)
        ? Value.nullOf(form)
        : Value.of(form, result.isNull(), result.code());
  }

  /** The same, held in a variable of some Java type. */
  Value strict(String javaType, String anything, List<Value> operands, Java operation) {
    String isNull = anyNull(operands);
    if (isNull.equals(Value.ALWAYS)) {
      return Value.of(Form.STRING, isNull, anything);
    }
    if (isNull.equals(Value.NEVER) || !operation.mayFail()) {
      return Value.of(Form.STRING, isNull, variable(javaType, operation.code()));
    }
    String code = target.name("v");
    line(javaType + " " + code + " = " + anything + ";");
    line("if (!" + isNull + ") { " + code + " = " + operation.code() + "; }");
    return Value.of(Form.STRING, isNull, code);
  }

  String anyNull(List<Value> values) {
    List<String> possible =
        values.stream().map(Value::isNull).filter(n -> !n.equals(Value.NEVER)).distinct().toList();
    if (possible.contains(Value.ALWAYS)) {
      return Value.ALWAYS;
    }
    return switch (possible.size()) {
      case 0 -> Value.NEVER;
      case 1 -> possible.get(0);
      default -> variable("boolean", String.join(" || ", possible));
    };
  }

  private Value bool(String isNull, String expression) {
    return Value.of(Form.BOOLEAN, isNull, variable("boolean", expression));
  }

  /** A new name of a local variable. */
  String name(String prefix) {
    return target.name(prefix);
  }

  String variable(String javaType, String expression) {
    String name = target.name("v");
    line("final " + javaType + " " + name + " = " + expression + ";");
    return name;
  }

  /** A text as a String. */
  String string(Value value) {
    return object(value, Form.STRING);
  }

  /** A value as functions take it: no slice. */
  String object(Value value, SqlType type) {
    return value.form() == Form.SLICE ? object(value, Form.of(type)) : value.code();
  }

  private String object(Value value, Form form) {
    if (value.form() != Form.SLICE) {
      return value.code();
    }
    if (value.text() != null) {
      return target.constant(value.text());
    }
    String known = scope.findObject(value);
    if (known != null) {
      return known;
    }
    String made = ObjectForms.decoded(form, value);
    String name = variable(form.javaType, value.isNull() + " ? " + form.anything + " : " + made);
    scope.putObject(value, name);
    return name;
  }

  /**
   * The value of an expression that has a method of its own.
   *
   * @param once whether it is the same for all rows and is therefore kept when it is first needed
   */
  private Value called(Expression expression, boolean once) {
    Form form = Form.of(expression.type());
    boolean nulls = nullable && !once;
    String method =
        target.outlined(
            expression,
            nulls,
            name ->
                new RowCode(target, outline, nulls, once || constant)
                    .method(name, expression, once));
    String value = variable(form.javaType, method + "(row)");
    return Value.of(form, variable("boolean", "isNull"), value);
  }

  private String method(String name, Expression expression, boolean once) {
    Form form = Form.of(expression.type());
    Value value = compute(expression);
    String result = object(value, form);
    if (!once) {
      return Java.format(
          """
        private %s %s(int row) {
      %s      isNull = %s;
            return %s;
          }
      """,
          form.javaType, name, code, value.isNull(), result);
    }
    target.field("boolean ready_" + name);
    target.field("boolean null_" + name);
    target.field(form.javaType + " value_" + name);
    return Java.format(
        """
      private %1$s %2$s(int row) {
          if (!ready_%2$s) {
    %3$s      null_%2$s = %4$s;
            value_%2$s = %5$s;
            ready_%2$s = true;
          }
          isNull = null_%2$s;
          return value_%2$s;
        }
    """,
        form.javaType, name, code, value.isNull(), result);
  }
}
