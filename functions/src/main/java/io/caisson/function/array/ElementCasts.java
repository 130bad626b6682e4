package io.caisson.function.array;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.CastFunctions;
import io.caisson.function.operator.DecimalCasts;
import io.caisson.function.operator.NumberCasts;
import io.caisson.function.operator.TextCasts;
import io.caisson.function.operator.TimeCasts;
import io.caisson.type.TypeKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Casts of an array's elements, each as a value of its type is cast. Those that have no method in
 * the table of casts, because generated code has an expression for them, are here. Stateless.
 */
final class ElementCasts {
  private ElementCasts() {}

  /** Whether there is a cast of elements. */
  static boolean isPossible(TypeKind from, TypeKind to) {
    return from == to
        || CastFunctions.find(from, to).isPresent()
        || (from != TypeKind.ARRAY && to == TypeKind.TEXT)
        || (isWhole(from) && (isNumber(to) || to == TypeKind.BOOLEAN))
        || (from == TypeKind.BOOLEAN && isWhole(to))
        || (isFloating(from) && isFloating(to))
        || (from == TypeKind.DATE && to == TypeKind.TIMESTAMP)
        || (from == TypeKind.TIMESTAMP && (to == TypeKind.DATE || to == TypeKind.TIME));
  }

  static Object cast(Object value, TypeKind from, TypeKind to, ZoneId zone) {
    if (from == to) {
      return value;
    }
    Method method = CastFunctions.find(from, to).orElse(null);
    return method == null ? withoutMethod(value, from, to) : called(method, value, zone);
  }

  private static Object called(Method method, Object value, ZoneId zone) {
    try {
      return method.getParameterTypes()[0] == ZoneId.class
          ? method.invoke(null, zone, value)
          : method.invoke(null, value);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " can't be called", e);
    }
  }

  private static Object withoutMethod(Object value, TypeKind from, TypeKind to) {
    if (value instanceof Long number) {
      return ofWhole(number, from, to);
    }
    if (value instanceof Double number && isFloating(to)) {
      return to == TypeKind.REAL ? NumberCasts.toReal(number) : number;
    }
    if (value instanceof Boolean flag && isWhole(to)) {
      return flag ? 1L : 0L;
    }
    throw impossible(from, to);
  }

  private static Object ofWhole(long value, TypeKind from, TypeKind to) {
    if (from == TypeKind.DATE && to == TypeKind.TIMESTAMP) {
      return TimeCasts.dateToTimestamp(value);
    }
    if (from == TypeKind.TIMESTAMP) {
      return to == TypeKind.DATE
          ? TimeCasts.timestampToDate(value)
          : TimeCasts.timestampToTime(value);
    }
    return switch (to) {
      case SMALLINT -> NumberCasts.toSmallint(value);
      case INTEGER -> NumberCasts.toInteger(value);
      case BIGINT -> value;
      case REAL -> (double) (float) value;
      case DOUBLE -> (double) value;
      case BOOLEAN -> value != 0;
      case TEXT -> Long.toString(value);
      default -> throw impossible(from, to);
    };
  }

  /** An element within the limits of its type. */
  static Object fitted(Object value, TypeKind kind, int precision, int scale) {
    return switch (kind) {
      case TEXT -> TextCasts.truncate((String) value, precision);
      case NUMERIC -> DecimalCasts.fit((BigDecimal) value, precision, scale);
      case TIME -> TimeCasts.roundTime((Long) value, precision);
      case TIMESTAMP -> TimeCasts.roundTimestamp((Long) value, precision);
      default -> value;
    };
  }

  private static boolean isWhole(TypeKind kind) {
    return kind == TypeKind.SMALLINT || kind == TypeKind.INTEGER || kind == TypeKind.BIGINT;
  }

  private static boolean isFloating(TypeKind kind) {
    return kind == TypeKind.REAL || kind == TypeKind.DOUBLE;
  }

  private static boolean isNumber(TypeKind kind) {
    return isWhole(kind) || isFloating(kind) || kind == TypeKind.NUMERIC;
  }

  private static CaissonException impossible(TypeKind from, TypeKind to) {
    return new CaissonException(
        SqlState.DATATYPE_MISMATCH,
        "cannot cast type "
            + from.sql().toLowerCase(Locale.ROOT)
            + "[] to "
            + to.sql().toLowerCase(Locale.ROOT)
            + "[]");
  }
}
