package io.caisson.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  private static long micros(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new TimeText().timestamp(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T23:59:59.25Z,2026-01-31T23:59:59.25",
    "2026-01-31 23:59:59.123456789,2026-01-31T23:59:59.123456",
    "2026-01-31T23:59,2026-01-31T23:59",
    "2026-01-31,2026-01-31T00:00",
    "2026-01-31T23:30:00+01:30,2026-01-31T22:00",
    "2026-01-31 23:30:00 -0100,2026-02-01T00:30",
    "2024-02-29T00:00:00+00,2024-02-29T00:00",
    "1969-12-31T23:59:59.999999Z,1969-12-31T23:59:59.999999",
    "0001-01-01T00:00:00,0001-01-01T00:00"
  })
  void timestampsAreReadInUtc(String text, String expected) {
    assertThat(Timestamps.fromMicros(micros(text))).isEqualTo(LocalDateTime.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-13-01",
        "2026-02-29",
        "2026-01-31T24:00",
        "2026-01-31T23:60:00",
        "x",
        "2026-01-31T23:59:59.",
        "2026-01-31T23:59:59X",
        "2026-01-31T23:59:59+25:00",
        "12:30:00",
        "2026-01-31T",
        "2026-1-31",
        "2026-01-31T10:00:00Zjunk"
      })
  void otherTextIsNoTimestamp(String text) {
    assertThat(micros(text)).isEqualTo(TimeText.INVALID);
  }

  @Test
  void everyDayIsTheOneThatTheCalendarSays() {
    long seed = Long.getLong("caisson.seed", 20260131L);
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      LocalDateTime time =
          LocalDateTime.of(random.nextInt(1, 9_999), 1, 1, 0, 0)
              .plusSeconds(random.nextLong(366L * 86_400))
              .withNano(random.nextInt(1_000_000) * 1_000);
      if (time.getYear() <= 9_999) {
        assertThat(micros(time.toString()))
            .as("%s, seed %d", time, seed)
            .isEqualTo(Timestamps.toMicros(time));
      }
    }
  }
}
