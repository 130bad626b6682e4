package io.caisson.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static LineReader reader(String text) throws IOException {
    return new LineReader(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 0, 0, () -> {});
  }

  private static String line(LineReader lines) {
    return new String(
        lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
  }

  private static List<String> all(String text) throws IOException {
    LineReader lines = reader(text);
    var found = new ArrayList<String>();
    while (lines.nextLine()) {
      found.add(lines.number() + ":" + lines.offset() + ":" + line(lines));
    }
    return found;
  }

  @Test
  void linesEndAtLfOrCrLfOrTheEnd() throws IOException {
    assertThat(all("a\nb\r\n\nc")).containsExactly("1:2:a", "2:5:b", "3:6:", "4:7:c");
    assertThat(all("")).isEmpty();
    assertThat(all("\n")).containsExactly("1:1:");
  }

  @Test
  void byteOrderMarkIsPassedOver() throws IOException {
    assertThat(all("\ufeffa\n")).containsExactly("1:5:a");
    assertThat(all("\ufeff")).isEmpty();
  }

  @Test
  void lineLargerThanTheBufferComesWhole() throws IOException {
    String large = "x".repeat(20_000_000);
    LineReader lines = reader("a\n" + large + "\nb\n");
    assertThat(lines.nextLine()).isTrue();
    assertThat(lines.nextLine()).isTrue();
    assertThat(lines.end() - lines.start()).isEqualTo(20_000_000);
    assertThat(lines.nextLine()).isTrue();
    assertThat(line(lines)).isEqualTo("b");
    assertThat(lines.offset()).isEqualTo(20_000_005);
  }

  @Test
  void lineOverTheLimitIsSkippedButForItsBeginning() throws IOException {
    int size = LineReader.LONGEST_LINE + 12_345_678;
    LineReader lines = reader("a\n" + "x".repeat(size) + "\nb\n");
    assertThat(lines.nextLine()).isTrue();
    assertThat(lines.nextLine()).isTrue();
    assertThat(lines.isTooLong()).isTrue();
    assertThat(lines.offset()).isEqualTo(size + 3L);
    assertThat(lines.nextLine()).isTrue();
    assertThat(line(lines)).isEqualTo("b");
    assertThat(lines.isTooLong()).isFalse();
    assertThat(lines.number()).isEqualTo(3);
  }

  @Test
  void recordOfSeveralLinesCanBeTakenBack() throws IOException {
    LineReader lines = reader("a\nb\nc\nd");
    assertThat(lines.nextLine()).isTrue();
    assertThat(lines.extendLine()).isTrue();
    assertThat(lines.extendLine()).isTrue();
    assertThat(line(lines)).isEqualTo("a\nb\nc");
    assertThat(lines.number()).isEqualTo(3);
    lines.shrinkToFirstLine();
    assertThat(line(lines)).isEqualTo("a");
    assertThat(lines.number()).isEqualTo(1);
    assertThat(lines.nextLine()).isTrue();
    assertThat(line(lines)).isEqualTo("b");
  }

  @Test
  void markedPlaceIsFoundAgain() throws IOException {
    LineReader lines = reader("a\n" + "b\n".repeat(2_000_000));
    lines.mark();
    for (int i = 0; i < 1_500_000; i++) {
      lines.nextLine();
    }
    lines.reset();
    assertThat(lines.nextLine()).isTrue();
    assertThat(line(lines)).isEqualTo("a");
    assertThat(lines.number()).isEqualTo(1);
    assertThat(lines.offset()).isEqualTo(2);
  }
}
