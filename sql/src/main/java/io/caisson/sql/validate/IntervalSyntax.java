package io.caisson.sql.validate;

import io.caisson.function.operator.IntervalCasts;
import io.caisson.type.Interval;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Makes values of our type INTERVAL of literals. Stateless. */
final class IntervalSyntax {
  private IntervalSyntax() {}

  /** The literal, or a cast of a text where it is an interval. */
  static SqlNode rewritten(SqlLiteral literal) {
    SqlParserPos place = literal.getParserPosition();
    if (literal instanceof SqlUnknownLiteral unknown && unknown.tag.equals("DATETIME")) {
      return cast(IntervalCasts.parse(unknown.getValue()), place);
    }
    if (literal instanceof SqlIntervalLiteral
        && literal.getValue() instanceof SqlIntervalLiteral.IntervalValue value) {
      Interval interval =
          IntervalCasts.parse(value.getIntervalLiteral(), unit(value.getIntervalQualifier()));
      return cast(
          value.getSign() < 0
              ? io.caisson.function.operator.IntervalArithmetic.negate(interval)
              : interval,
          place);
    }
    return literal;
  }

  private static SqlNode cast(Interval interval, SqlParserPos place) {
    return CastOperator.INSTANCE.createCall(
        place,
        SqlLiteral.createCharString(interval.toString(), place),
        new SqlDataTypeSpec(new SqlUserDefinedTypeNameSpec("interval", place), place));
  }

  private static String unit(SqlIntervalQualifier qualifier) {
    TimeUnit end = qualifier.timeUnitRange.endUnit;
    String first = qualifier.getStartUnit().name().toLowerCase(Locale.ROOT);
    return end == null ? first : first + " " + end.name().toLowerCase(Locale.ROOT);
  }
}
