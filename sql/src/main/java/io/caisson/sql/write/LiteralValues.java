package io.caisson.sql.write;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.array.ArrayCasts;
import io.caisson.function.array.ArrayLists;
import io.caisson.function.operator.ByteCasts;
import io.caisson.function.operator.DecimalCasts;
import io.caisson.function.operator.IntervalCasts;
import io.caisson.function.operator.JsonCasts;
import io.caisson.function.operator.NumberCasts;
import io.caisson.function.operator.TimeCasts;
import io.caisson.function.operator.UuidCasts;
import io.caisson.function.operator.ZonedTimes;
import io.caisson.time.Timestamps;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.apache.calcite.sql.SqlBinaryStringLiteral;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Literals of VALUES as Java values of a column's type, converted as PostgreSQL converts on
 * assignment. Stateless.
 */
final class LiteralValues {
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int MAX_PRECISION = 3;

  /** What stands for an expression that is no literal. */
  static final Object NOT_LITERAL = new Object();

  private LiteralValues() {}

  static @Nullable Object of(SqlNode node, ColumnDefinition column) {
    if (node.getKind() == SqlKind.DEFAULT) {
      return null;
    }
    if (node.getKind() == SqlKind.MINUS_PREFIX
        && node instanceof SqlCall minus
        && minus.operand(0) instanceof SqlLiteral number
        && number.getTypeName().getFamily() == SqlTypeFamily.NUMERIC) {
      return number(Objects.requireNonNull(number.bigDecimalValue()).negate(), column);
    }
    if (node instanceof SqlUnknownLiteral unknown) {
      return time(unknown, column);
    }
    if (node instanceof SqlBinaryStringLiteral binary && column.type().kind() == TypeKind.BYTEA) {
      return binary.getValueAs(byte[].class);
    }
    if (!(node instanceof SqlLiteral literal)) {
      return NOT_LITERAL;
    }
    SqlTypeName type = literal.getTypeName();
    if (type == SqlTypeName.NULL) {
      return null;
    }
    if (type == SqlTypeName.BOOLEAN) {
      return bool(literal.booleanValue(), column);
    }
    if (type == SqlTypeName.CHAR) {
      return text(String.valueOf(literal.toValue()), column);
    }
    return type == SqlTypeName.DECIMAL || type == SqlTypeName.DOUBLE
        ? number(Objects.requireNonNull(literal.bigDecimalValue()), column)
        : NOT_LITERAL;
  }

  private static Object bool(boolean value, ColumnDefinition column) {
    return switch (column.type().kind()) {
      case BOOLEAN -> value;
      case TEXT -> bounded(NumberCasts.booleanText(value), column.type());
      default -> throw mismatch(column, "boolean");
    };
  }

  private static Object number(BigDecimal value, ColumnDefinition column) {
    return switch (column.type().kind()) {
      case SMALLINT -> (short) whole(value, Short.MIN_VALUE, Short.MAX_VALUE, column.type());
      case INTEGER -> (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, column.type());
      case BIGINT -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE, column.type());
      case REAL -> (float) NumberCasts.toReal(value.doubleValue());
      case DOUBLE -> value.doubleValue();
      case NUMERIC -> numeric(value, column.type());
      case TEXT -> bounded(value.toPlainString(), column.type());
      default -> throw mismatch(column, "numeric");
    };
  }

  private static BigDecimal numeric(BigDecimal value, SqlType type) {
    return DecimalCasts.fit(value, type.precision(), type.scale());
  }

  private static long whole(BigDecimal value, long least, long greatest, SqlType type) {
    BigDecimal rounded = value.setScale(0, RoundingMode.HALF_UP);
    boolean fits =
        rounded.compareTo(BigDecimal.valueOf(least)) >= 0
            && rounded.compareTo(BigDecimal.valueOf(greatest)) <= 0;
    if (!fits) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE,
          "value " + value.toPlainString() + " is out of range for type " + lower(type));
    }
    return rounded.longValueExact();
  }

  private static Object time(SqlUnknownLiteral literal, ColumnDefinition column) {
    String text = literal.getValue();
    boolean timestamp = literal.tag.equals("TIMESTAMP");
    if (timestamp || literal.tag.equals("DATE")) {
      long micros =
          timestamp
              ? TimeCasts.parseTimestamp(text, MAX_PRECISION)
              : TimeCasts.dateToTimestamp(TimeCasts.parseDate(text));
      return switch (column.type().kind()) {
        case DATE -> LocalDate.ofEpochDay(TimeCasts.timestampToDate(micros));
        case TIMESTAMP ->
            Timestamps.fromMicros(TimeCasts.roundTimestamp(micros, column.type().precision()));
        case TEXT -> bounded(text, column.type());
        case TIMESTAMPTZ -> NOT_LITERAL;
        default -> throw mismatch(column, lower(literal.tag));
      };
    }
    return literal.tag.equals("TIME") ? text(text, column) : NOT_LITERAL;
  }

  /** A text literal has no type of its own yet and takes that of the column. */
  static Object text(String text, ColumnDefinition column) {
    SqlType type = column.type();
    return switch (type.kind()) {
      case BOOLEAN -> NumberCasts.parseBoolean(text);
      case SMALLINT -> (short) NumberCasts.parseSmallint(text);
      case INTEGER -> (int) NumberCasts.parseInteger(text);
      case BIGINT -> NumberCasts.parseBigint(text);
      case REAL -> (float) NumberCasts.parseReal(text);
      case DOUBLE -> NumberCasts.parseDouble(text);
      case TEXT -> bounded(text, type);
      case BYTEA -> ByteCasts.parse(text);
      case DATE -> LocalDate.ofEpochDay(TimeCasts.parseDate(text));
      case TIME ->
          LocalTime.ofNanoOfDay(TimeCasts.parseTime(text, type.precision()) * NANOS_PER_MICRO);
      case TIMESTAMP -> Timestamps.fromMicros(TimeCasts.parseTimestamp(text, type.precision()));
      case NUMERIC -> numeric(DecimalCasts.parse(text), type);
      case INTERVAL -> IntervalCasts.parse(text);
      case UUID -> java.util.UUID.fromString(UuidCasts.parse(text));
      case JSONB -> JsonCasts.parse(text);
      case ARRAY -> array(text, type.elements());
      case TIMESTAMPTZ ->
          ZonedTimes.saysItsZone(text)
              ? Timestamps.fromMicros(ZonedTimes.parse(ZoneOffset.UTC, text))
                  .atOffset(ZoneOffset.UTC)
              : NOT_LITERAL;
    };
  }

  private static Object array(String text, SqlType element) {
    if (element.kind() == TypeKind.TIMESTAMPTZ) {
      return NOT_LITERAL;
    }
    SqlArray array = ArrayCasts.stored(ArrayCasts.parse(element.kind(), text), element);
    return ArrayLists.list(array, ZoneOffset.UTC);
  }

  static String bounded(String text, SqlType type) {
    int length = text.codePointCount(0, text.length());
    if (type.precision() < 0 || length <= type.precision()) {
      return text;
    }
    if (text.substring(text.offsetByCodePoints(0, type.precision())).isBlank()) {
      return text.substring(0, text.offsetByCodePoints(0, type.precision()));
    }
    throw new CaissonException(
        SqlState.STRING_TOO_LONG,
        "value too long for type VARCHAR(" + type.precision() + "): " + length + " characters");
  }

  static CaissonException mismatch(ColumnDefinition column, String given) {
    return new CaissonException(
            SqlState.DATATYPE_MISMATCH,
            "column \""
                + column.name()
                + "\" is of type "
                + lower(column.type())
                + " but the expression is of type "
                + given)
        .withHint("Cast the expression, as in CAST(... AS " + column.type().sql() + ").");
  }

  private static String lower(SqlType type) {
    return lower(type.sql());
  }

  private static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }
}
