package io.caisson.engine.compile;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.array.ArrayCasts;
import io.caisson.function.operator.CastFunctions;
import io.caisson.function.operator.DecimalCasts;
import io.caisson.function.operator.NumberCasts;
import io.caisson.function.operator.TextCasts;
import io.caisson.function.operator.TimeCasts;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;

/** Java for casts. Stateless. */
final class CastCode {
  private static final int MICRO_DIGITS = 6;

  private CastCode() {}

  /** Whether all values stay as they are. */
  static boolean isIdentity(SqlType from, SqlType to) {
    if (from.element() != null && to.element() != null) {
      return from.elements().kind() == to.elements().kind()
          && !shortens(from.elements(), to.elements());
    }
    if (from.kind() == to.kind()) {
      return !shortens(from, to);
    }
    return switch (to.kind()) {
      case INTEGER -> from.kind() == TypeKind.SMALLINT;
      case BIGINT -> from.kind() == TypeKind.SMALLINT || from.kind() == TypeKind.INTEGER;
      case DOUBLE -> from.kind() == TypeKind.REAL;
      default -> false;
    };
  }

  private static boolean shortens(SqlType from, SqlType to) {
    boolean limited =
        switch (to.kind()) {
          case TEXT -> to.precision() >= 0;
          case NUMERIC ->
              to.precision() >= 0 && !to.withNullable(true).equals(from.withNullable(true));
          case TIMESTAMP, TIME -> to.precision() >= 0 && to.precision() < MICRO_DIGITS;
          default -> false;
        };
    if (to.kind() == TypeKind.NUMERIC) {
      return limited;
    }
    return limited && (from.precision() < 0 || from.precision() > to.precision());
  }

  /** The cast of a value that has not the form of a slice. */
  static Java cast(String value, SqlType from, SqlType to) {
    if (from.element() != null || to.element() != null) {
      return ofArrays(value, from, to);
    }
    if (isCalled(from) || isCalled(to)) {
      return called(value, from, to);
    }
    if (to.kind() == TypeKind.TEXT) {
      Java text = toText(value, from);
      return to.precision() < 0
          ? text
          : Java.call(TextCasts.class, "truncate", text.code() + ", " + to.precision());
    }
    if (from.kind() == TypeKind.TEXT) {
      return ofText(value, to);
    }
    if (from.kind() == to.kind()) {
      String round = to.kind() == TypeKind.TIME ? "roundTime" : "roundTimestamp";
      return Java.call(TimeCasts.class, round, value + ", " + to.precision());
    }
    return switch (to.kind()) {
      case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE -> toNumber(value, from, to);
      case DATE, TIME, TIMESTAMP -> toTime(value, from, to);
      default -> throw impossible(from, to);
    };
  }

  /** Whether casts from and to a type are found in the table of casts. */
  private static boolean isCalled(SqlType type) {
    return switch (type.kind()) {
      case NUMERIC, INTERVAL, UUID, JSONB, BYTEA -> true;
      default -> false;
    };
  }

  private static Java called(String value, SqlType from, SqlType to) {
    Java made =
        from.kind() == to.kind()
            ? Java.total(value)
            : CastFunctions.find(from.kind(), to.kind())
                .map(m -> Java.call(m.getDeclaringClass(), m.getName(), value))
                .orElseThrow(() -> impossible(from, to));
    if (to.precision() < 0 || (to.kind() != TypeKind.TEXT && to.kind() != TypeKind.NUMERIC)) {
      return made;
    }
    return to.kind() == TypeKind.TEXT
        ? Java.call(TextCasts.class, "truncate", made.code() + ", " + to.precision())
        : Java.call(
            DecimalCasts.class,
            "fit",
            made.code() + ", " + to.precision() + "L, " + to.scale() + "L");
  }

  private static Java ofArrays(String value, SqlType from, SqlType to) {
    if (to.element() == null) {
      String text = Java.call(ArrayCasts.class, "text", value).code();
      return to.precision() < 0
          ? Java.failing(text)
          : Java.call(TextCasts.class, "truncate", text + ", " + to.precision());
    }
    SqlType element = to.elements();
    String method = from.element() == null ? "parse" : "cast";
    Java made = Java.call(ArrayCasts.class, method, "TypeKind." + element.kind() + ", " + value);
    return element.precision() < 0
        ? made
        : Java.call(
            ArrayCasts.class,
            "fit",
            made.code() + ", " + element.precision() + "L, " + element.scale() + "L");
  }

  private static Java toText(String value, SqlType from) {
    return switch (from.kind()) {
      case TEXT -> Java.total(value);
      case BOOLEAN -> Java.totalCall(NumberCasts.class, "booleanText", value);
      case SMALLINT, INTEGER, BIGINT -> Java.failing("Long.toString(" + value + ")");
      // Not for NULLs: texts are dear.
      case REAL -> Java.call(NumberCasts.class, "realText", value);
      case DOUBLE -> Java.call(NumberCasts.class, "doubleText", value);
      case DATE -> Java.call(TimeCasts.class, "dateText", value);
      case TIME -> Java.call(TimeCasts.class, "timeText", value);
      case TIMESTAMP -> Java.call(TimeCasts.class, "timestampText", value);
      default -> throw impossible(from, SqlType.of(TypeKind.TEXT));
    };
  }

  private static Java ofText(String value, SqlType to) {
    String withPrecision = value + ", " + to.precision();
    return switch (to.kind()) {
      case BOOLEAN -> Java.call(NumberCasts.class, "parseBoolean", value);
      case SMALLINT -> Java.call(NumberCasts.class, "parseSmallint", value);
      case INTEGER -> Java.call(NumberCasts.class, "parseInteger", value);
      case BIGINT -> Java.call(NumberCasts.class, "parseBigint", value);
      case REAL -> Java.call(NumberCasts.class, "parseReal", value);
      case DOUBLE -> Java.call(NumberCasts.class, "parseDouble", value);
      case DATE -> Java.call(TimeCasts.class, "parseDate", value);
      case TIME -> Java.call(TimeCasts.class, "parseTime", withPrecision);
      case TIMESTAMP -> Java.call(TimeCasts.class, "parseTimestamp", withPrecision);
      default -> throw impossible(SqlType.of(TypeKind.TEXT), to);
    };
  }

  private static Java toNumber(String value, SqlType from, SqlType to) {
    if (from.kind() == TypeKind.BOOLEAN) {
      return switch (to.kind()) {
        case SMALLINT, INTEGER, BIGINT -> Java.total("(" + value + " ? 1L : 0L)");
        default -> throw impossible(from, to);
      };
    }
    boolean fromDouble = from.physical() == TypeKind.Physical.DOUBLE;
    boolean fromInteger =
        switch (from.kind()) {
          case SMALLINT, INTEGER, BIGINT -> true;
          default -> false;
        };
    if (!fromDouble && !fromInteger) {
      throw impossible(from, to);
    }
    return switch (to.kind()) {
      case SMALLINT -> Java.call(NumberCasts.class, "toSmallint", value);
      case INTEGER -> Java.call(NumberCasts.class, "toInteger", value);
      case BIGINT -> Java.call(NumberCasts.class, "toBigint", value);
      case DOUBLE -> Java.total("(double) " + value);
      case REAL ->
          fromDouble
              ? Java.call(NumberCasts.class, "toReal", value)
              : Java.total("(double) (float) " + value);
      default -> {
        if (!fromInteger) {
          throw impossible(from, to);
        }
        yield Java.total("(" + value + " != 0L)");
      }
    };
  }

  private static Java toTime(String value, SqlType from, SqlType to) {
    boolean fromTimestamp = from.kind() == TypeKind.TIMESTAMP;
    return switch (to.kind()) {
      case DATE -> {
        if (!fromTimestamp) {
          throw impossible(from, to);
        }
        yield Java.totalCall(TimeCasts.class, "timestampToDate", value);
      }
      case TIME -> {
        if (!fromTimestamp) {
          throw impossible(from, to);
        }
        String time = Java.totalCall(TimeCasts.class, "timestampToTime", value).code();
        yield shortens(from, to)
            ? Java.call(TimeCasts.class, "roundTime", time + ", " + to.precision())
            : Java.total(time);
      }
      case TIMESTAMP -> {
        if (from.kind() != TypeKind.DATE) {
          throw impossible(from, to);
        }
        yield Java.call(TimeCasts.class, "dateToTimestamp", value);
      }
      default -> throw impossible(from, to);
    };
  }

  private static CaissonException impossible(SqlType from, SqlType to) {
    return new CaissonException(
        SqlState.DATATYPE_MISMATCH, "cannot cast " + from.sql() + " to " + to.sql());
  }
}
