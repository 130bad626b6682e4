package io.caisson.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.error.CaissonException;
import io.caisson.format.LineReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaSampleTest {
  private static SchemaSample sample(String text, FileFormat format) throws IOException {
    return SchemaSample.of(
        new LineReader(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 0, 0, () -> {}),
        format);
  }

  @Test
  void jsonTypesAreTheNarrowestThatTakeAllValues() throws IOException {
    assertThat(
            sample(
                    """
                    {"i":1,"d":1,"b":true,"t":"x","ts":"2026-01-01T00:00:00Z","m":1,"n":null,"o":{}}
                    {"i":2,"d":1.5,"b":false,"ts":"2026-01-01 00:00:00","m":"x","big":99999999999999999999}
                    this line is no JSON
                    """,
                    FileFormat.JSON)
                .columns())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "i", "BIGINT",
                "d", "DOUBLE PRECISION",
                "b", "BOOLEAN",
                "t", "TEXT",
                "ts", "TIMESTAMP(3)",
                "m", "TEXT",
                "n", "TEXT",
                "o", "TEXT",
                "big", "TEXT"));
  }

  @Test
  void csvTypesComeFromTheFields() throws IOException {
    assertThat(
            sample(
                    "i,d,b,t,ts,zip,e\n1,1,true,x,2026-01-01,01234,\n2,1.5,false,7,2026-01-01 10:00,99999,\n",
                    FileFormat.CSV)
                .columns())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "i", "BIGINT",
                "d", "DOUBLE PRECISION",
                "b", "BOOLEAN",
                "t", "TEXT",
                "ts", "TIMESTAMP(3)",
                "zip", "TEXT",
                "e", "TEXT"));
  }

  @Test
  void firstTimestampIsEventTime() throws IOException {
    assertThat(
            sample(
                    "{\"type\":\"x\",\"at\":\"2026-01-01T00:00:00Z\",\"User Id\":1,\"timestamp\":1}",
                    FileFormat.JSON)
                .createStream("s", null, LoadOptions.interval("5 minutes")))
        .isEqualTo(
            """
            CREATE STREAM s (
              type TEXT,
              at TIMESTAMP(3),
              "User Id" BIGINT,
              "timestamp" BIGINT,
              WATERMARK FOR at AS at - INTERVAL '5' MINUTE
            )"""
                .replace("  at", "  \"at\"")
                .replace("FOR at AS at", "FOR \"at\" AS \"at\""));
  }

  @Test
  void timeOptionMakesNumbersTimestamps() throws IOException {
    assertThat(
            sample("{\"ts\":1514764800}", FileFormat.JSON)
                .createStream("s", "ts", LoadOptions.interval("60 seconds")))
        .contains("ts TIMESTAMP(3)", "WATERMARK FOR ts AS ts - INTERVAL '60' SECOND");
    assertThatThrownBy(
            () -> sample("{\"a\":1}", FileFormat.JSON).createStream("s", "b", "INTERVAL '1' DAY"))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("--time");
  }

  @Test
  void nothingToGuessFromIsSaid() {
    assertThatThrownBy(
            () -> sample("", FileFormat.JSON).createStream("s", null, "INTERVAL '1' DAY"))
        .hasMessageContaining("no row");
    assertThatThrownBy(() -> LoadOptions.interval("soon"))
        .hasMessageContaining("--watermark-delay");
  }
}
