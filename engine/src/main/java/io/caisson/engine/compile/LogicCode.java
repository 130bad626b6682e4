package io.caisson.engine.compile;

import io.caisson.engine.compile.Value.Form;
import io.caisson.plan.Expression.OperatorCall;
import io.caisson.plan.Operator;
import java.util.ArrayList;
import java.util.List;

/** Java for AND, OR and the tests of truth, which know three values. For one thread. */
final class LogicCode {
  private final RowCode row;

  /** Logic whose statements become part of a row's code. */
  LogicCode(RowCode row) {
    this.row = row;
  }

  /** Whether a value is NULL, TRUE or FALSE, or is not. */
  static String test(Operator operator, Value value) {
    return switch (operator) {
      case IS_NULL -> value.isNull();
      case IS_NOT_NULL -> "!" + value.isNull();
      case IS_TRUE -> value.code() + " && !" + value.isNull();
      case IS_FALSE -> "!" + value.code() + " && !" + value.isNull();
      case IS_NOT_TRUE -> "!" + value.code() + " || " + value.isNull();
      case IS_NOT_FALSE -> value.code() + " || " + value.isNull();
      default -> throw new IllegalArgumentException(operator + " is no test");
    };
  }

  /** AND and OR of operands that can all be evaluated at little cost and without any error. */
  Value eager(OperatorCall call) {
    boolean and = call.operator() == Operator.AND;
    List<Value> values = call.arguments().stream().map(row::evaluate).toList();
    String isNull = row.anyNull(values);
    var parts = new ArrayList<String>();
    for (Value value : values) {
      if (value.isNull().equals(Value.NEVER)) {
        parts.add(value.code());
      } else {
        parts.add(
            and
                ? "(" + value.code() + " || " + value.isNull() + ")"
                : "(" + value.code() + " && !" + value.isNull() + ")");
      }
    }
    String code = row.variable("boolean", String.join(and ? " && " : " || ", parts));
    if (isNull.equals(Value.NEVER)) {
      return Value.of(Form.BOOLEAN, Value.NEVER, code);
    }
    return Value.of(
        Form.BOOLEAN, row.variable("boolean", (and ? "" : "!") + code + " && " + isNull), code);
  }

  /** AND and OR that stop at the first operand that decides. */
  Value lazy(OperatorCall call) {
    boolean and = call.operator() == Operator.AND;
    String code = row.name("v");
    String isNull = row.name("z");
    String undecided = and ? code : "!" + code;
    row.line("boolean " + code + " = " + and + ";");
    row.line("boolean " + isNull + " = false;");
    boolean mayBeNull = false;
    for (int i = 0; i < call.arguments().size(); i++) {
      boolean first = i == 0;
      if (!first) {
        row.line("if (" + undecided + ") {");
        row.enter();
      }
      Value value = row.evaluate(call.arguments().get(i));
      if (value.isNull().equals(Value.NEVER)) {
        row.line(code + " = " + value.code() + ";");
      } else {
        mayBeNull = true;
        row.line("if (" + value.isNull() + ") { " + isNull + " = true; }");
        row.line("else { " + code + " = " + value.code() + "; }");
      }
      if (!first) {
        row.leave();
        row.line("}");
      }
    }
    if (!mayBeNull) {
      return Value.of(Form.BOOLEAN, Value.NEVER, code);
    }
    row.line("if (" + (and ? "!" : "") + code + ") { " + isNull + " = false; }");
    return Value.of(Form.BOOLEAN, isNull, code);
  }
}
