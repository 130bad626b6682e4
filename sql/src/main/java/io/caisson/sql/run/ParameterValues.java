package io.caisson.sql.run;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.array.ArrayCasts;
import io.caisson.function.array.ArrayLists;
import io.caisson.function.operator.DecimalArithmetic;
import io.caisson.function.operator.NumberCasts;
import io.caisson.function.operator.TimeCasts;
import io.caisson.time.Timestamps;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values that a program gives for the places of a statement. Stateless. */
public final class ParameterValues {
  private static final int NANOS_PER_MICRO = 1_000;

  private ParameterValues() {}

  /** The type of a value where the statement says none; empty for null and what is no value. */
  public static Optional<SqlType> typeOf(@Nullable Object value) {
    if (value != null && ArrayLists.isGiven(value)) {
      return Optional.of(SqlType.arrayOf(elementType(ArrayLists.elements(value))));
    }
    return value == null
        ? Optional.empty()
        : Stream.of(TypeKind.values())
            .filter(kind -> kind.javaClass().isInstance(value))
            .findFirst()
            .map(kind -> kind == TypeKind.NUMERIC ? numeric((BigDecimal) value) : SqlType.of(kind));
  }

  /** The type of the first element that has one; TEXT where none has. */
  private static SqlType elementType(List<? extends @Nullable Object> elements) {
    return elements.stream()
        .flatMap(element -> typeOf(element).stream())
        .filter(type -> type.element() == null)
        .findFirst()
        .map(type -> type.kind() == TypeKind.NUMERIC ? SqlType.of(TypeKind.NUMERIC) : type)
        .orElse(SqlType.of(TypeKind.TEXT));
  }

  private static SqlType numeric(BigDecimal value) {
    int scale = Math.max(0, value.scale());
    return new SqlType(TypeKind.NUMERIC, Math.max(value.precision(), scale + 1), scale, true);
  }

  /**
   * A value as one of a type, converted as SQL converts on assignment.
   *
   * @return a value of the type's Java class, or null for null
   * @throws CaissonException 42804, 22P02 or 22003 where it can't be one
   */
  public static @Nullable Object assign(@Nullable Object value, SqlType type) {
    if (value != null && type.element() != null) {
      return list(value, type);
    }
    if (value == null || type.kind().javaClass().isInstance(value)) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number, type);
    }
    if (type.kind() == TypeKind.TEXT && hasText(value)) {
      return value.toString();
    }
    if (value instanceof CharSequence || value instanceof Character) {
      return text(value.toString(), type);
    }
    if (value instanceof LocalDate date && type.kind() == TypeKind.TIMESTAMP) {
      return date.atStartOfDay();
    }
    if (value instanceof LocalDateTime time && type.kind() == TypeKind.DATE) {
      return time.toLocalDate();
    }
    throw mismatch(value, type);
  }

  private static List<? extends @Nullable Object> list(Object value, SqlType type) {
    if (value instanceof CharSequence text) {
      SqlArray read = ArrayCasts.parse(type.elements().kind(), text.toString());
      return ArrayLists.list(read, ZoneOffset.UTC);
    }
    if (!ArrayLists.isGiven(value)) {
      throw mismatch(value, type);
    }
    var list = new ArrayList<@Nullable Object>();
    for (Object element : ArrayLists.elements(value)) {
      list.add(assign(element, type.elements()));
    }
    return list;
  }

  /** Whether the text of a value is what one expects. */
  private static boolean hasText(Object value) {
    return value instanceof CharSequence
        || value instanceof Character
        || value instanceof Boolean
        || value instanceof Temporal
        || value instanceof UUID
        || value instanceof Enum<?>;
  }

  private static Object number(Number number, SqlType type) {
    return switch (type.kind()) {
      case SMALLINT -> (short) whole(number, Short.MIN_VALUE, Short.MAX_VALUE, type);
      case INTEGER -> (int) whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE, type);
      case BIGINT -> whole(number, Long.MIN_VALUE, Long.MAX_VALUE, type);
      case REAL -> (float) NumberCasts.toReal(number.doubleValue());
      case DOUBLE -> number.doubleValue();
      case NUMERIC -> exact(number);
      case TEXT -> number.toString();
      default -> throw mismatch(number, type);
    };
  }

  private static BigDecimal exact(Number number) {
    return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
  }

  private static long whole(Number number, long least, long greatest, SqlType type) {
    boolean finite =
        !(number instanceof Double || number instanceof Float)
            || Double.isFinite(number.doubleValue());
    BigDecimal value =
        finite
            ? exact(number).setScale(0, RoundingMode.HALF_UP)
            : BigDecimal.TEN.pow(Byte.MAX_VALUE);
    if (value.compareTo(BigDecimal.valueOf(least)) < 0
        || value.compareTo(BigDecimal.valueOf(greatest)) > 0) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE,
          "value " + number + " is out of range for type " + lower(type));
    }
    return value.longValueExact();
  }

  private static Object text(String text, SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> NumberCasts.parseBoolean(text);
      case SMALLINT -> (short) NumberCasts.parseSmallint(text);
      case INTEGER -> (int) NumberCasts.parseInteger(text);
      case BIGINT -> NumberCasts.parseBigint(text);
      case REAL -> (float) NumberCasts.parseReal(text);
      case DOUBLE -> NumberCasts.parseDouble(text);
      case DATE -> LocalDate.ofEpochDay(TimeCasts.parseDate(text));
      case TIME ->
          LocalTime.ofNanoOfDay(TimeCasts.parseTime(text, type.precision()) * NANOS_PER_MICRO);
      case TIMESTAMP -> Timestamps.fromMicros(TimeCasts.parseTimestamp(text, type.precision()));
      default -> throw mismatch(text, type);
    };
  }

  /** A value of a type's Java class in physical form, to be compared with a column's; else null. */
  static @Nullable Object physical(@Nullable Object value) {
    if (value instanceof Short || value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float || value instanceof Double) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof Boolean flag) {
      return flag ? 1L : 0L;
    }
    if (value instanceof LocalDateTime time) {
      return Timestamps.toMicros(time);
    }
    if (value instanceof LocalDate date) {
      return date.toEpochDay();
    }
    if (value instanceof LocalTime time) {
      return time.toNanoOfDay() / NANOS_PER_MICRO;
    }
    if (value instanceof BigDecimal number) {
      return DecimalArithmetic.key(number);
    }
    return value instanceof String ? value : null;
  }

  /** A value of a type's Java class as Calcite's runtime has it. */
  static @Nullable Object toCalcite(@Nullable Object value, SqlType type) {
    if (value instanceof List<?> list) {
      return ArrayLists.array(type.elements(), list, each -> each);
    }
    if (value instanceof LocalDateTime time) {
      return Math.floorDiv(Timestamps.toMicros(time), 1_000L);
    }
    if (value instanceof LocalDate date) {
      return (int) date.toEpochDay();
    }
    if (value instanceof LocalTime time) {
      return (int) (time.toNanoOfDay() / 1_000_000);
    }
    if (value instanceof Duration span) {
      return span.toMillis();
    }
    return value instanceof byte[] bytes
        ? new org.apache.calcite.avatica.util.ByteString(bytes)
        : value;
  }

  private static CaissonException mismatch(Object value, SqlType type) {
    return new CaissonException(
            SqlState.DATATYPE_MISMATCH,
            "a value of " + value.getClass().getName() + " can't be of type " + lower(type))
        .withHint("Give a " + type.kind().javaClass().getName() + ".");
  }

  private static String lower(SqlType type) {
    return type.sql().toLowerCase(Locale.ROOT);
  }
}
