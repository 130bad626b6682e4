package io.caisson.engine.compile;

import io.caisson.engine.compile.Value.Form;
import io.caisson.function.ScalarFunction;
import io.caisson.plan.Expression.FunctionCall;
import io.caisson.type.SqlType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** Writes calls of functions, and makes values of what they give. For one thread. */
final class CallCode {
  private final RowCode code;

  CallCode(RowCode code) {
    this.code = code;
  }

  /** The value of a call. */
  Value call(FunctionCall call) {
    ScalarFunction function = call.function();
    List<Value> arguments = call.arguments().stream().map(code::evaluate).toList();
    var names = new ArrayList<String>();
    var strict = new ArrayList<Value>();
    for (int i = 0; i < arguments.size(); i++) {
      if (!function.takesNull(i)) {
        strict.add(arguments.get(i));
      }
      names.add(argument(function, i, arguments.get(i), call.arguments().get(i).type()));
    }
    Java made = called(function.method(), arguments(function, call.type(), names));
    Method toPhysical = function.toPhysical();
    if (toPhysical != null) {
      made = called(toPhysical, made.code());
    }
    boolean unboxed = isUnboxed(function);
    if (unboxed) {
      return unboxed(code.strict("Object", "null", strict, made), call.type());
    }
    Value value = code.strict(Form.of(call.type()), strict, made);
    if (value.form() == Form.SLICE) {
      return RowCode.whole(value);
    }
    return function.mayBeNull() ? withNull(value) : value;
  }

  /** Whether the method gives an object where the value's form is none, or any object. */
  private static boolean isUnboxed(ScalarFunction function) {
    Class<?> result = function.method().getReturnType();
    return function.external() == null
        && (result == Object.class
            || result == Long.class
            || result == Double.class
            || result == Boolean.class);
  }

  private String argument(ScalarFunction function, int index, Value value, SqlType type) {
    String name = code.object(value, type);
    Method toJava = function.toJava(index);
    if (toJava != null) {
      return called(toJava, name).code();
    }
    boolean object = function.parameter(index) == Object.class;
    String given = object ? boxed(name, Form.of(type)) : name;
    return function.takesNull(index)
        ? nullable(given, value.isNull(), function.parameter(index))
        : given;
  }

  private static String nullable(String given, String isNull, Class<?> parameter) {
    String type = parameter.getCanonicalName();
    return switch (isNull) {
      case Value.NEVER -> given;
      case Value.ALWAYS -> "(" + type + ") null";
      default -> Java.format("(%s ? null : (%s) %s)", isNull, type, given);
    };
  }

  private static String boxed(String code, Form form) {
    return switch (form) {
      case LONG -> "Long.valueOf(" + code + ")";
      case BOOLEAN -> "Boolean.valueOf(" + code + ")";
      case DOUBLE -> "Double.valueOf(" + code + ")";
      default -> code;
    };
  }

  private static String arguments(ScalarFunction function, SqlType result, List<String> names) {
    var all = new ArrayList<String>();
    if (function.typed()) {
      all.add("TypeKind." + result.elements().kind());
    }
    if (function.method().isVarArgs()) {
      all.add("new Object[] {" + String.join(", ", names) + "}");
    } else {
      all.addAll(names);
    }
    return String.join(", ", all);
  }

  private static Java called(Method method, String arguments) {
    return Java.call(method.getDeclaringClass(), method.getName(), arguments);
  }

  /** The value that an object is, NULL where there is none. */
  private Value unboxed(Value object, SqlType type) {
    Form form = Form.of(type);
    String isNull = code.variable("boolean", object.isNull() + " || " + object.code() + " == null");
    String value =
        switch (form) {
          case LONG -> "((Long) " + object.code() + ").longValue()";
          case BOOLEAN -> "((Boolean) " + object.code() + ").booleanValue()";
          case DOUBLE -> "((Double) " + object.code() + ").doubleValue()";
          default -> "(" + form.javaType + ") " + object.code();
        };
    return RowCode.whole(
        Value.of(
            form,
            isNull,
            code.variable(form.javaType, isNull + " ? " + form.anything + " : " + value)));
  }

  /** The value of a function that may give back null, which means NULL. */
  private Value withNull(Value value) {
    String isNull = code.variable("boolean", value.isNull() + " || " + value.code() + " == null");
    String result =
        code.variable(
            value.form().javaType, isNull + " ? " + value.form().anything + " : " + value.code());
    return Value.of(value.form(), isNull, result);
  }
}
