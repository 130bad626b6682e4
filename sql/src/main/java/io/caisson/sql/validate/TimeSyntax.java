package io.caisson.sql.validate;

import io.caisson.function.operator.TimeCasts;
import io.caisson.type.SqlType;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/**
 * Reads the text of {@code DATE '...'}, {@code TIME '...'} and {@code TIMESTAMP '...'} as a cast
 * reads it, of which Calcite understands one form alone. Stateless.
 */
final class TimeSyntax {
  private static final long MICROS_PER_MILLI = 1_000;
  private static final int PRECISION = SqlType.DEFAULT_TIMESTAMP_PRECISION;

  private TimeSyntax() {}

  /** The literal, with its time understood where it says one. */
  static SqlNode rewritten(SqlUnknownLiteral literal) {
    SqlParserPos place = literal.getParserPosition();
    String text = literal.getValue();
    return switch (literal.tag) {
      case "DATE" -> {
        int day = Math.toIntExact(TimeCasts.parseDate(text));
        yield SqlLiteral.createDate(DateString.fromDaysSinceEpoch(day), place);
      }
      case "TIME" -> {
        int millis = Math.toIntExact(TimeCasts.parseTime(text, PRECISION) / MICROS_PER_MILLI);
        yield SqlLiteral.createTime(TimeString.fromMillisOfDay(millis), PRECISION, place);
      }
      case "TIMESTAMP" -> {
        long millis = Math.floorDiv(TimeCasts.parseTimestamp(text, PRECISION), MICROS_PER_MILLI);
        yield SqlLiteral.createTimestamp(
            SqlTypeName.TIMESTAMP, TimestampString.fromMillisSinceEpoch(millis), PRECISION, place);
      }
      case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE" ->
          CastOperator.INSTANCE.createCall(
              place,
              SqlLiteral.createCharString(text, place),
              new SqlDataTypeSpec(new SqlUserDefinedTypeNameSpec("timestamptz", place), place));
      default -> literal;
    };
  }
}
