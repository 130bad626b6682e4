package io.caisson.function.json;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.DecimalCasts;
import io.caisson.function.operator.NumberCasts;
import io.caisson.type.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** The methods of items in a path. Stateless. */
final class PathMethods {
  private PathMethods() {}

  /** What a method gives of a value. */
  static List<Json> call(String name, Json value, boolean strict) {
    return switch (name) {
      case "type" -> List.of(new Json.Text(value.typeName()));
      case "size" -> List.of(number(size(value, strict)));
      case "keyvalue" -> keyValue(value);
      case "abs" -> List.of(new Json.Numeric(required(name, value).abs()));
      case "floor" ->
          List.of(new Json.Numeric(required(name, value).setScale(0, RoundingMode.FLOOR)));
      case "ceiling" ->
          List.of(new Json.Numeric(required(name, value).setScale(0, RoundingMode.CEILING)));
      case "boolean" -> List.of(new Json.Truth(truth(value)));
      case "string" -> List.of(new Json.Text(text(value)));
      default -> List.of(new Json.Numeric(converted(name, value)));
    };
  }

  private static Json number(long value) {
    return new Json.Numeric(BigDecimal.valueOf(value));
  }

  private static long size(Json value, boolean strict) {
    if (value instanceof Json.Array array) {
      return array.elements().size();
    }
    if (strict) {
      throw new CaissonException(
          SqlState.JSON_ARRAY_NOT_FOUND,
          "jsonpath item method .size() can only be applied to an array");
    }
    return 1;
  }

  private static List<Json> keyValue(Json value) {
    if (!(value instanceof Json.Members object)) {
      throw new CaissonException(
          SqlState.JSON_OBJECT_NOT_FOUND,
          "jsonpath item method .keyvalue() can only be applied to an object");
    }
    return object.members().entrySet().stream()
        .<Json>map(
            member ->
                Json.Members.of(
                    Map.<String, Json>of(
                        "id",
                        number(0),
                        "key",
                        new Json.Text(member.getKey()),
                        "value",
                        member.getValue())))
        .toList();
  }

  private static BigDecimal required(String method, Json value) {
    if (value instanceof Json.Numeric number) {
      return number.value();
    }
    throw new CaissonException(
        SqlState.NON_NUMERIC_JSON_ITEM,
        "jsonpath item method ." + method + "() can only be applied to a numeric value");
  }

  private static BigDecimal converted(String method, Json value) {
    if (!(value instanceof Json.Numeric) && !(value instanceof Json.Text)) {
      throw inapplicable(method, "a string or numeric value");
    }
    String text = value.unquoted();
    try {
      return switch (method) {
        case "double" -> new BigDecimal(Double.toString(NumberCasts.parseDouble(text)));
        case "integer" ->
            BigDecimal.valueOf(NumberCasts.toInteger(rounded(DecimalCasts.parse(text))));
        case "bigint" -> BigDecimal.valueOf(rounded(DecimalCasts.parse(text)));
        default -> DecimalCasts.parse(text);
      };
    } catch (CaissonException | NumberFormatException | ArithmeticException e) {
      throw new CaissonException(
          SqlState.NON_NUMERIC_JSON_ITEM,
          "argument \""
              + text
              + "\" of jsonpath item method ."
              + method
              + "() is invalid for type "
              + type(method),
          e);
    }
  }

  private static long rounded(BigDecimal value) {
    return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static String type(String method) {
    return switch (method) {
      case "double" -> "double precision";
      case "integer", "bigint" -> method;
      default -> "numeric";
    };
  }

  private static boolean truth(Json value) {
    if (value instanceof Json.Truth truth) {
      return truth.value();
    }
    if (value instanceof Json.Numeric number) {
      return number.value().signum() != 0;
    }
    if (value instanceof Json.Text text) {
      return NumberCasts.parseBoolean(text.value());
    }
    throw inapplicable("boolean", "a boolean, string, or numeric value");
  }

  private static String text(Json value) {
    boolean compound = value instanceof Json.Members || value instanceof Json.Array;
    if (compound || value instanceof Json.Null) {
      throw inapplicable("string", "a boolean, string, numeric, or datetime value");
    }
    return value.unquoted();
  }

  private static CaissonException inapplicable(String method, String to) {
    return new CaissonException(
        SqlState.NON_NUMERIC_JSON_ITEM,
        "jsonpath item method ." + method + "() can only be applied to " + to);
  }
}
