package io.caisson.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.function.operator.TimeCasts;
import io.caisson.type.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are PostgreSQL's. */
class TimeFunctionsTest {
  private static long micros(String timestamp) {
    return TimeCasts.parseTimestamp(timestamp, 6);
  }

  @ParameterizedTest
  @CsvSource({
    "microseconds, 2026-08-14 15:09:26.535897, 2026-08-14 15:09:26.535897",
    "milliseconds, 2026-08-14 15:09:26.535897, 2026-08-14 15:09:26.535",
    "second, 2026-08-14 15:09:26.535897, 2026-08-14 15:09:26",
    "MINUTE, 2026-08-14 15:09:26.535897, 2026-08-14 15:09:00",
    "hours, 1969-12-31 23:59:59.5, 1969-12-31 23:00:00",
    "day, 1969-12-31 23:59:59.5, 1969-12-31 00:00:00",
    "week, 2026-11-22 10:00:00, 2026-11-16 00:00:00",
    "week, 1970-01-01 10:00:00, 1969-12-29 00:00:00",
    "month, 2026-08-14 15:09:26, 2026-08-01 00:00:00",
    "quarter, 2026-08-14 15:09:26, 2026-07-01 00:00:00",
    "quarter, 2026-05-31 15:09:26, 2026-04-01 00:00:00",
    "year, 2026-08-14 15:09:26, 2026-01-01 00:00:00",
    "decade, 2026-08-14 15:09:26, 2020-01-01 00:00:00",
    "century, 2000-08-14 15:09:26, 1901-01-01 00:00:00",
    "millennium, 2026-08-14 15:09:26, 2001-01-01 00:00:00",
  })
  void truncatesToAUnit(String unit, String time, String expected) {
    assertThat(TimeCasts.timestampText(TimeFunctions.dateTrunc(unit, micros(time))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "microseconds, 26535897",
    "milliseconds, 26535.897",
    "second, 26.535897",
    "minute, 9",
    "hour, 15",
    "day, 14",
    "dow, 5",
    "isodow, 5",
    "doy, 226",
    "week, 33",
    "month, 8",
    "quarter, 3",
    "year, 2026",
    "isoyear, 2026",
    "decade, 202",
    "century, 21",
    "millennium, 3",
    "epoch, 1786720166.535897",
  })
  void takesAField(String field, double expected) {
    assertThat(TimeFunctions.datePart(field, micros("2026-08-14 15:09:26.535897")))
        .isEqualTo(expected);
  }

  @Test
  void sundayIsDayZeroAndJulianDaysHaveFractions() {
    assertThat(TimeFunctions.datePart("dow", micros("2026-11-22 00:00"))).isZero();
    assertThat(TimeFunctions.datePart("isodow", micros("2026-11-22 00:00"))).isEqualTo(7);
    assertThat(TimeFunctions.datePart("julian", micros("2006-01-01 12:00"))).isEqualTo(2453737.5);
  }

  @Test
  void unknownUnitsAreErrors() {
    assertThatThrownBy(() -> TimeFunctions.dateTrunc("lustrum", 0))
        .hasMessage("unit \"lustrum\" not recognized for type timestamp");
    assertThatThrownBy(() -> TimeFunctions.datePart("lustrum", 0))
        .hasMessage("unit \"lustrum\" not recognized for type timestamp");
  }

  @Test
  void binsCountFromTheirOrigin() {
    var quarter = new Interval(0, 0, 15 * 60 * 1_000_000L);
    assertThat(
            TimeFunctions.dateBin(
                quarter, micros("2020-02-11 15:44:17"), micros("2001-01-01 00:02:30")))
        .isEqualTo(micros("2020-02-11 15:32:30"));
    assertThat(
            TimeFunctions.dateBin(
                quarter, micros("2000-12-31 23:59:00"), micros("2001-01-01 00:02:30")))
        .isEqualTo(micros("2000-12-31 23:47:30"));
    assertThatThrownBy(() -> TimeFunctions.dateBin(Interval.ZERO, 1, 1))
        .hasMessageContaining("stride must be greater than zero");
    assertThatThrownBy(() -> TimeFunctions.dateBin(new Interval(0, 0, 1), Long.MAX_VALUE, -1))
        .hasMessageContaining("timestamp out of range");
  }
}
