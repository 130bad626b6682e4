package io.caisson.engine.compile;

import io.caisson.function.operator.Arithmetic;
import io.caisson.function.operator.Comparison;
import io.caisson.function.operator.DecimalArithmetic;
import io.caisson.function.operator.TimeCasts;
import io.caisson.plan.Operator;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;

/** Java for arithmetic and comparison of numbers and times. Stateless. */
final class OperatorCode {
  private OperatorCode() {}

  /** An operand: its code and the type that it has. */
  record Operand(String code, SqlType type, boolean literal) {
    boolean isDouble() {
      return type.physical() == TypeKind.Physical.DOUBLE;
    }

    /** Whether it is so small that sums and products of two fit a long. */
    boolean isSmall() {
      return type.kind() == TypeKind.SMALLINT || type.kind() == TypeKind.INTEGER;
    }
  }

  static Java arithmetic(Operator operator, Operand left, Operand right, SqlType result) {
    if (left.isDouble() != right.isDouble()) {
      throw new IllegalArgumentException(
          operator + " of " + left.type().sql() + " and " + right.type().sql());
    }
    if (result.kind() == TypeKind.NUMERIC) {
      return numericArithmetic(operator, left.code() + ", " + right.code());
    }
    if (left.isDouble()) {
      return rounded(doubleArithmetic(operator, left.code(), right.code()), result);
    }
    String a = inUnitOf(result, left);
    String b = inUnitOf(result, right);
    boolean small = left.isSmall() && right.isSmall();
    Java exact =
        switch (operator) {
          case ADD -> small ? binary(a, "+", b) : checked("addBigint", a, b);
          case SUBTRACT -> small ? binary(a, "-", b) : checked("subtractBigint", a, b);
          case MULTIPLY -> small ? binary(a, "*", b) : checked("multiplyBigint", a, b);
          case DIVIDE -> checked("divideBigint", a, b);
          case MODULO -> checked("modulo", a, b);
          default -> throw new IllegalArgumentException(operator + " is no arithmetic");
        };
    return ranged(exact, result);
  }

  private static Java numericArithmetic(Operator operator, String arguments) {
    String method =
        switch (operator) {
          case ADD -> "add";
          case SUBTRACT -> "subtract";
          case MULTIPLY -> "multiply";
          case DIVIDE -> "divide";
          case MODULO -> "modulo";
          default -> throw new IllegalArgumentException(operator + " is no arithmetic");
        };
    return Java.call(DecimalArithmetic.class, method, arguments);
  }

  static Java negation(Operand operand, SqlType result) {
    if (result.kind() == TypeKind.NUMERIC) {
      return Java.call(DecimalArithmetic.class, "negate", operand.code());
    }
    return operand.isDouble()
        ? Java.total("-(" + operand.code() + ")")
        : ranged(Java.call(Arithmetic.class, "negateBigint", operand.code()), result);
  }

  private static Java doubleArithmetic(Operator operator, String a, String b) {
    return switch (operator) {
      case ADD -> binary(a, "+", b);
      case SUBTRACT -> binary(a, "-", b);
      case MULTIPLY -> binary(a, "*", b);
      case DIVIDE -> checked("divide", a, b);
      case MODULO -> checked("modulo", a, b);
      default -> throw new IllegalArgumentException(operator + " is no arithmetic");
    };
  }

  private static Java binary(String a, String operator, String b) {
    return Java.total("(" + a + " " + operator + " " + b + ")");
  }

  private static Java checked(String method, String a, String b) {
    return Java.call(Arithmetic.class, method, a + ", " + b);
  }

  /** REALs hold no more digits than a float does. */
  private static Java rounded(Java exact, SqlType result) {
    return result.kind() == TypeKind.REAL
        ? new Java("(double) (float) " + exact.code(), exact.mayFail())
        : exact;
  }

  private static Java ranged(Java exact, SqlType result) {
    return switch (result.kind()) {
      case SMALLINT -> Java.call(Arithmetic.class, "smallint", exact.code());
      case INTEGER -> Java.call(Arithmetic.class, "integer", exact.code());
      case TIME -> new Java("Math.floorMod(" + exact.code() + ", 86400000000L)", exact.mayFail());
      default -> exact;
    };
  }

  /** Dates count days, all other times microseconds: brings an operand to what is needed. */
  private static String inUnitOf(SqlType result, Operand operand) {
    boolean isDate = operand.type().kind() == TypeKind.DATE;
    if (isDate && result.kind() == TypeKind.TIMESTAMP) {
      return Java.call(TimeCasts.class, "dateToTimestamp", operand.code()).code();
    }
    return operand.code();
  }

  static Java comparison(Operator operator, Operand left, Operand right) {
    if (left.isDouble() != right.isDouble()) {
      throw new IllegalArgumentException(
          operator + " of " + left.type().sql() + " and " + right.type().sql());
    }
    if (left.isDouble()) {
      return right.literal() && !right.code().contains("NaN")
          ? Java.total(comparedWithNumber(operator, left.code(), right.code()))
          : Java.total(compared(operator, left.code(), right.code()));
    }
    String a = left.code();
    String b = right.code();
    if (left.type().kind() == TypeKind.BOOLEAN) {
      a = "(" + a + " ? 1 : 0)";
      b = "(" + b + " ? 1 : 0)";
    }
    boolean leftDate = left.type().kind() == TypeKind.DATE;
    boolean rightDate = right.type().kind() == TypeKind.DATE;
    if (leftDate && right.type().kind() == TypeKind.TIMESTAMP) {
      a = Java.call(TimeCasts.class, "dateToTimestamp", a).code();
    } else if (rightDate && left.type().kind() == TypeKind.TIMESTAMP) {
      b = Java.call(TimeCasts.class, "dateToTimestamp", b).code();
    } else {
      return binary(a, sign(operator), b);
    }
    return Java.failing(binary(a, sign(operator), b).code());
  }

  /** NaN is greater than any number, hence the negations. */
  private static String comparedWithNumber(Operator operator, String a, String number) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL -> a + " " + sign(operator) + " " + number;
      case GREATER -> "!(" + a + " <= " + number + ")";
      case GREATER_OR_EQUAL -> "!(" + a + " < " + number + ")";
      default -> throw new IllegalArgumentException(operator + " is no comparison");
    };
  }

  private static String compared(Operator operator, String a, String b) {
    String there = a + ", " + b;
    String back = b + ", " + a;
    return switch (operator) {
      case EQUAL -> Java.totalCall(Comparison.class, "equal", there).code();
      case NOT_EQUAL -> "!" + Java.totalCall(Comparison.class, "equal", there).code();
      case LESS -> Java.totalCall(Comparison.class, "less", there).code();
      case LESS_OR_EQUAL -> Java.totalCall(Comparison.class, "lessOrEqual", there).code();
      case GREATER -> Java.totalCall(Comparison.class, "less", back).code();
      case GREATER_OR_EQUAL -> Java.totalCall(Comparison.class, "lessOrEqual", back).code();
      default -> throw new IllegalArgumentException(operator + " is no comparison");
    };
  }

  /** Comparison of texts that stay UTF-8. */
  static Java comparisonOfSlices(Operator operator, Value left, Value right) {
    String arguments = left.sliceArguments() + ", " + right.sliceArguments();
    return switch (operator) {
      case EQUAL -> Java.totalCall(Comparison.class, "equal", arguments);
      case NOT_EQUAL ->
          Java.total("!" + Java.totalCall(Comparison.class, "equal", arguments).code());
      default ->
          Java.total(
              Java.totalCall(Comparison.class, "compare", arguments).code()
                  + " "
                  + sign(operator)
                  + " 0");
    };
  }

  /** Whether values of a type are compared as objects, because equal ones have several forms. */
  static boolean comparesObjects(SqlType type) {
    return switch (type.kind()) {
      case NUMERIC, INTERVAL, ARRAY -> true;
      default -> false;
    };
  }

  /** Comparison of objects that have an order of their own. */
  static Java comparisonOfObjects(Operator operator, String left, String right) {
    return Java.total("(" + left + ".compareTo(" + right + ") " + sign(operator) + " 0)");
  }

  /** Comparison of Strings. */
  static Java comparisonOfStrings(Operator operator, String left, String right) {
    return switch (operator) {
      case EQUAL -> Java.total(left + ".equals(" + right + ")");
      case NOT_EQUAL -> Java.total("!" + left + ".equals(" + right + ")");
      default ->
          Java.total(
              Java.totalCall(Comparison.class, "compare", left + ", " + right).code()
                  + " "
                  + sign(operator)
                  + " 0");
    };
  }

  private static String sign(Operator operator) {
    return switch (operator) {
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
      default -> throw new IllegalArgumentException(operator + " is no comparison");
    };
  }
}
