package io.caisson.function.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are PostgreSQL's. */
class CastsTest {
  private static void fails(ThrowingCallable cast, SqlState state, String message) {
    assertThatThrownBy(cast)
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> {
              assertThat(e.state()).isEqualTo(state);
              assertThat(e).hasMessage(message);
            });
  }

  @Test
  void floatsRoundToTheEvenInteger() {
    assertThat(NumberCasts.toBigint(2.5)).isEqualTo(2);
    assertThat(NumberCasts.toInteger(-3.5)).isEqualTo(-4);
    assertThat(NumberCasts.toSmallint(32767.4)).isEqualTo(32767);
    fails(
        () -> NumberCasts.toBigint(0x1p63),
        SqlState.NUMERIC_OUT_OF_RANGE,
        "bigint out of range: 9.223372036854776e+18");
    fails(
        () -> NumberCasts.toInteger(Double.NaN),
        SqlState.NUMERIC_OUT_OF_RANGE,
        "integer out of range: NaN");
    fails(
        () -> NumberCasts.toSmallint(40_000L),
        SqlState.NUMERIC_OUT_OF_RANGE,
        "smallint out of range: 40000");
    fails(
        () -> NumberCasts.toReal(1e300),
        SqlState.NUMERIC_OUT_OF_RANGE,
        "real out of range: 1e+300");
  }

  @Test
  void integersAreRead() {
    assertThat(NumberCasts.parseBigint(" -9223372036854775808\n")).isEqualTo(Long.MIN_VALUE);
    assertThat(NumberCasts.parseBigint("+9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(NumberCasts.parseSmallint("007")).isEqualTo(7);
    for (String bad : new String[] {"x", "", " ", "-", "1.5", "1 2", "0x10"}) {
      fails(
          () -> NumberCasts.parseBigint(bad),
          SqlState.INVALID_TEXT,
          "invalid input syntax for type bigint: \"" + bad + "\"");
    }
    for (String big :
        new String[] {"9223372036854775808", "-9223372036854775809", "99999999999999999999999"}) {
      fails(
          () -> NumberCasts.parseBigint(big),
          SqlState.NUMERIC_OUT_OF_RANGE,
          "value \"" + big + "\" is out of range for type bigint");
    }
    fails(
        () -> NumberCasts.parseInteger("2147483648"),
        SqlState.NUMERIC_OUT_OF_RANGE,
        "value \"2147483648\" is out of range for type integer");
  }

  @Test
  void floatsAreRead() {
    assertThat(NumberCasts.parseDouble(" 1.5e3 ")).isEqualTo(1500);
    assertThat(NumberCasts.parseDouble(".5")).isEqualTo(0.5);
    assertThat(NumberCasts.parseDouble("-inf")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(NumberCasts.parseReal("0.1")).isEqualTo(0.1f);
    fails(
        () -> NumberCasts.parseDouble("1d"),
        SqlState.INVALID_TEXT,
        "invalid input syntax for type double precision: \"1d\"");
    fails(
        () -> NumberCasts.parseDouble("1e400"),
        SqlState.NUMERIC_OUT_OF_RANGE,
        "\"1e400\" is out of range for type double precision");
    fails(
        () -> NumberCasts.parseReal("1e-60"),
        SqlState.NUMERIC_OUT_OF_RANGE,
        "\"1e-60\" is out of range for type real");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-0.0, -0",
    "0.1, 0.1",
    "100, 100",
    "1e15, 1e+15",
    "123456789012345, 123456789012345",
    "1e23, 1e+23",
    "2e-3, 0.002",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1.25e-7, 1.25e-07",
    "2e-44, 2e-44",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "4.9e-324, 5e-324",
    "NaN, NaN",
    "-Infinity, -Infinity",
  })
  void doublesAreWrittenWithTheFewestDigits(double value, String expected) {
    assertThat(NumberCasts.doubleText(value)).isEqualTo(expected);
  }

  @Test
  void realsAreWrittenWithTheFewestDigits() {
    assertThat(NumberCasts.realText(0.1f)).isEqualTo("0.1");
    assertThat(NumberCasts.realText(1234567f)).isEqualTo("1.234567e+06");
    assertThat(NumberCasts.realText(16777216f)).isEqualTo("1.6777216e+07");
  }

  @Test
  void numbersComeBackFromText() {
    long seed = Long.getLong("caisson.seed", 20261122L);
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      assertThat(NumberCasts.parseDouble(NumberCasts.doubleText(value)))
          .as("seed " + seed)
          .isEqualTo(Double.valueOf(value));
      double real = Float.intBitsToFloat(random.nextInt());
      assertThat(NumberCasts.parseReal(NumberCasts.realText(real)))
          .as("seed " + seed)
          .isEqualTo(Double.valueOf(real));
    }
  }

  @Test
  void booleansAreReadFromWords() {
    for (String yes : new String[] {"t", "TRUE", " y", "yes", "on", "1", "tr"}) {
      assertThat(NumberCasts.parseBoolean(yes)).isTrue();
    }
    for (String no : new String[] {"f", "False", "n", "no", "off", "of", "0"}) {
      assertThat(NumberCasts.parseBoolean(no)).isFalse();
    }
    for (String bad : new String[] {"", "o", "2", "truee"}) {
      fails(
          () -> NumberCasts.parseBoolean(bad),
          SqlState.INVALID_TEXT,
          "invalid input syntax for type boolean: \"" + bad + "\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31, 2026-01-31 00:00:00",
    "2026-1-5 7:03, 2026-01-05 07:03:00",
    "' 2026-01-31T23:59:59.25Z ', 2026-01-31 23:59:59.25",
    "2026-01-31 23:59:59.123456789, 2026-01-31 23:59:59.123457",
    "2026-01-31 23:59:59.9999999, 2026-02-01 00:00:00",
    "2026-01-31 10:00:00+02:00, 2026-01-31 10:00:00",
    "2026-01-31 10:00:00 -0530, 2026-01-31 10:00:00",
    "1969-12-31 23:59:59.999999, 1969-12-31 23:59:59.999999",
    "-0044-03-15, -0044-03-15 00:00:00",
  })
  void timestampsAreReadAndWritten(String text, String expected) {
    assertThat(TimeCasts.timestampText(TimeCasts.parseTimestamp(text, 6))).isEqualTo(expected);
  }

  @Test
  void wrongTimesAreErrors() {
    for (String bad :
        new String[] {"", "x", "2026-01", "2026-01-31x", "2026-01-31 1", "2026-01-31 10:00:00 x"}) {
      fails(
          () -> TimeCasts.parseTimestamp(bad, 3),
          SqlState.INVALID_DATETIME,
          "invalid input syntax for type timestamp: \"" + bad + "\"");
    }
    for (String bad : new String[] {"2026-02-30", "2026-13-01", "2026-01-31 24:01:00"}) {
      fails(
          () -> TimeCasts.parseTimestamp(bad, 3),
          SqlState.DATETIME_OVERFLOW,
          "date/time field value out of range: \"" + bad + "\"");
    }
  }

  @Test
  void precisionRounds() {
    assertThat(TimeCasts.timestampText(TimeCasts.parseTimestamp("2026-01-31 10:00:00.1235", 3)))
        .isEqualTo("2026-01-31 10:00:00.124");
    assertThat(TimeCasts.timestampText(TimeCasts.parseTimestamp("2026-01-31 23:59:59.5", 0)))
        .isEqualTo("2026-02-01 00:00:00");
    assertThat(TimeCasts.timestampText(TimeCasts.parseTimestamp("1999-01-31 10:00:00.5", 0)))
        .isEqualTo("1999-01-31 10:00:00");
    assertThat(TimeCasts.timeText(TimeCasts.parseTime("23:59:59.25", 1))).isEqualTo("23:59:59.3");
    assertThat(TimeCasts.timeText(TimeCasts.parseTime("23:59:59.96", 0))).isEqualTo("00:00:00");
    assertThat(TimeCasts.roundTimestamp(Long.MIN_VALUE, -1)).isEqualTo(Long.MIN_VALUE);
    fails(
        () -> TimeCasts.roundTimestamp(Long.MAX_VALUE, 0),
        SqlState.NUMERIC_OUT_OF_RANGE,
        "timestamp out of range: 9223372036854775807");
  }

  @Test
  void datesTimesAndIntervals() {
    assertThat(TimeCasts.dateText(TimeCasts.parseDate("2026-01-31 10:00"))).isEqualTo("2026-01-31");
    assertThat(TimeCasts.dateText(TimeCasts.timestampToDate(-1))).isEqualTo("1969-12-31");
    assertThat(TimeCasts.timeText(TimeCasts.timestampToTime(-1))).isEqualTo("23:59:59.999999");
    fails(
        () -> TimeCasts.dateToTimestamp(Long.MAX_VALUE / 2),
        SqlState.NUMERIC_OUT_OF_RANGE,
        "timestamp out of range: " + Long.MAX_VALUE / 2);
    fails(
        () -> TimeCasts.dateText(Long.MAX_VALUE),
        SqlState.NUMERIC_OUT_OF_RANGE,
        "date out of range: day " + Long.MAX_VALUE);
  }

  @Test
  void varcharCutsCharacters() {
    assertThat(TextCasts.truncate("a\uD83D\uDE00b", 2)).isEqualTo("a\uD83D\uDE00");
    assertThat(TextCasts.truncate("ab", 2)).isEqualTo("ab");
  }

  @Test
  void stringsCompareLikeTheirUtf8() {
    long seed = Long.getLong("caisson.seed", 20261122L);
    var random = new SplittableRandom(seed);
    String[] characters = {"a", "b", "ä", "\uFFFD", "\uD83D\uDE00", "\uE000"};
    for (int i = 0; i < 10_000; i++) {
      String a = characters[random.nextInt(6)] + characters[random.nextInt(6)];
      String b =
          characters[random.nextInt(6)]
              + (random.nextBoolean() ? "" : characters[random.nextInt(6)]);
      byte[] x = a.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      byte[] y = b.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      assertThat(Integer.signum(Comparison.compare(a, b)))
          .as("seed %d: %s %s", seed, a, b)
          .isEqualTo(Integer.signum(Comparison.compare(x, 0, x.length, y, 0, y.length)));
    }
  }
}
