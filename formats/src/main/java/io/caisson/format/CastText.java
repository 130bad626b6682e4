package io.caisson.format;

import io.caisson.error.CaissonException;
import io.caisson.function.operator.IntervalCasts;
import io.caisson.function.operator.TimeCasts;
import io.caisson.function.operator.ZonedTimes;
import io.caisson.type.Interval;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.time.ZoneId;

/** Sets columns of times from text by the casts that queries use. Stateless. */
final class CastText {
  private CastText() {}

  /** Whether a cast takes other texts than the lenient way does. */
  static boolean concerns(TypeKind kind) {
    return switch (kind) {
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> true;
      default -> false;
    };
  }

  static void set(ParsedRows row, int column, String text, ZoneId zone) throws BadRow {
    SqlType type = row.type(column);
    try {
      switch (type.kind()) {
        case DATE -> row.setLong(column, TimeCasts.parseDate(text));
        case TIME -> row.setLong(column, TimeCasts.parseTime(text, type.precision()));
        case TIMESTAMP -> row.setLong(column, TimeCasts.parseTimestamp(text, type.precision()));
        case TIMESTAMPTZ -> row.setLong(column, ZonedTimes.parse(zone, text));
        default -> {
          byte[] span = Interval.encode(IntervalCasts.parse(text));
          row.setText(column, span, 0, span.length);
        }
      }
    } catch (CaissonException e) {
      throw new BadRow(e.state(), e.getMessage() + " for " + TextValues.named(row, column));
    }
  }
}
