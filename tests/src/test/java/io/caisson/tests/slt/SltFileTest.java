package io.caisson.tests.slt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SltFileTest {
  @TempDir Path directory;

  private List<SltRecord> records(String text) throws IOException {
    return SltFile.read(Files.writeString(directory.resolve("a.slt"), text));
  }

  @Test
  void recordsKeepTheirLinesAndTexts() throws IOException {
    List<SltRecord> records =
        records(
            """
            # words

            statement ok CREATE STREAM
            CREATE STREAM s
              (id BIGINT)

            query IT rowsort
            SELECT 1, 'a'
            ---- a | b
            1 | a

            restart
            """);
    assertThat(records)
        .containsExactly(
            new SltRecord.Statement(
                3, "CREATE STREAM s\n  (id BIGINT)", Optional.of("CREATE STREAM")),
            new SltRecord.Query(
                7, "SELECT 1, 'a'", "IT", true, Optional.of(List.of("a", "b")), List.of("1 | a")),
            new SltRecord.Restart(12));
  }

  @Test
  void errorsSayTheirStatePlaceAndMessage() throws IOException {
    var record =
        (SltRecord.Failure) records("statement error 42703 1:8 no such\nSELECT x\n").get(0);
    assertThat(record.state()).isEqualTo("42703");
    assertThat(record.place()).contains("1:8");
    assertThat(record.message().orElseThrow().pattern()).isEqualTo("no such");
  }

  @Test
  void misspelledRecordIsAnErrorAndNotSkipped() {
    assertThatThrownBy(() -> records("statment ok\nSELECT 1\n")).hasMessageContaining("a.slt:1");
    assertThatThrownBy(() -> records("query I\nSELECT 1\n")).hasMessageContaining("----");
  }
}
