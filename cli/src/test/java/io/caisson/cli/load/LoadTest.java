package io.caisson.cli.load;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.cli.command.ExitCode;
import io.caisson.cli.command.Streams;
import io.caisson.error.CaissonException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {
  @TempDir Path directory = Path.of("");

  private final MemoryWriter writer =
      new MemoryWriter(MemoryWriter.columns("id", BIGINT, "s", TEXT));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int load(String file, FileFormat format, int batchRows, long maxErrors)
      throws IOException {
    return load(file, format, batchRows, maxErrors, null, InputStream.nullInputStream());
  }

  private int load(
      String file,
      FileFormat format,
      int batchRows,
      long maxErrors,
      @Nullable Path reject,
      InputStream in)
      throws IOException {
    var options =
        new LoadOptions(file, "s", false, format, batchRows, reject, maxErrors, null, "", null);
    var streams =
        Streams.of(
            in,
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    try (Source source = Source.open(file, in);
        var load = new Load(options, source, writer, streams)) {
      return load.run();
    } finally {
      streams.out().flush();
    }
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("in.json"), text).toString();
  }

  private static String lines(int from, int to) {
    var text = new StringBuilder();
    IntStream.range(from, to).forEach(i -> text.append("{\"id\":").append(i).append("}\n"));
    return text.toString();
  }

  @Test
  void fileIsLoadedOnceHoweverOftenTheCommandRuns() throws IOException {
    String file = file(lines(0, 1_000));
    assertThat(load(file, FileFormat.JSON, 64, 0)).isEqualTo(ExitCode.OK);
    assertThat(writer.rows).hasSize(1_000);
    assertThat(writer.lastSequence()).isEqualTo(1_000);
    assertThat(load(file, FileFormat.JSON, 64, 0)).isEqualTo(ExitCode.OK);
    assertThat(writer.rows).hasSize(1_000);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Loaded 1,000 rows", "Nothing new");
  }

  @Test
  void linesThatWereAddedAreLoadedAlone() throws IOException {
    String file = file(lines(0, 10) + "{\"id\":10}");
    load(file, FileFormat.JSON, 4, 0);
    Files.writeString(Path.of(file), "\n" + lines(11, 20), StandardOpenOption.APPEND);
    load(file, FileFormat.JSON, 4, 0);
    assertThat(writer.rows).hasSize(20).last().isEqualTo("19|NULL");
    assertThat(writer.lastSequence()).isEqualTo(20);
  }

  @Test
  void csvGoesOnBehindItsHeader() throws IOException {
    String file = directory.resolve("in.csv").toString();
    Files.writeString(Path.of(file), "id,s\n1,a\n2,\"b\nb\"\n");
    load(file, FileFormat.CSV, 10, 0);
    Files.writeString(Path.of(file), "3,c\n", StandardOpenOption.APPEND);
    load(file, FileFormat.CSV, 10, 0);
    assertThat(writer.rows).containsExactly("1|a", "2|b\nb", "3|c");
  }

  @Test
  void loadStopsAtTheFirstBadLineAndGoesOnWhenItIsMended() throws IOException {
    String file = file(lines(0, 100) + "{bad}\n" + lines(101, 200));
    assertThatThrownBy(() -> load(file, FileFormat.JSON, 64, 0))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("stopped at line 101");
    assertThat(writer.rows).hasSize(100);
    file(lines(0, 200));
    assertThat(load(file, FileFormat.JSON, 64, 0)).isEqualTo(ExitCode.OK);
    assertThat(writer.rows).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void badLinesAreKeptAsTheyAreAndCounted() throws IOException {
    String file = file("{\"id\":1}\n{bad one}\n\n{\"id\":\"x\"}\n{\"id\":2}\n{bad end");
    Path reject = directory.resolve("bad.json");
    assertThat(load(file, FileFormat.JSON, 10, 3, reject, InputStream.nullInputStream()))
        .isEqualTo(ExitCode.OK);
    assertThat(Files.readString(reject)).isEqualTo("{bad one}\n{\"id\":\"x\"}\n{bad end\n");
    assertThat(writer.rows).containsExactly("1|NULL", "2|NULL");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("line 2: malformed JSON", "line 4: \"x\" is no value");
    assertThat(LoadPosition.parse(writer.lastNote()).rejected()).isEqualTo(3);
  }

  @Test
  void rowThatTheStoreRefusesIsFoundWithinItsBatch() throws IOException {
    String large = "{\"id\":-1,\"s\":\"" + "x".repeat(5_000) + "\"}\n";
    String file = file(lines(0, 77) + large + lines(78, 100));
    assertThat(load(file, FileFormat.JSON, 1_000, 1)).isEqualTo(ExitCode.OK);
    assertThat(writer.rows).hasSize(99).doesNotHaveDuplicates();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("line 78: the row is too large");
  }

  @Test
  void rowThatTheStoreRefusesStopsTheLoadRightThere() throws IOException {
    String large = "{\"id\":-1,\"s\":\"" + "x".repeat(5_000) + "\"}\n";
    String file = file(lines(0, 77) + large + lines(78, 100));
    assertThatThrownBy(() -> load(file, FileFormat.JSON, 1_000, 0))
        .hasMessageContaining("stopped at line 78");
    assertThat(writer.rows).hasSize(77);
    assertThat(writer.lastSequence()).isEqualTo(77);
  }

  @Test
  void fileThatChangedBehindOurBackIsNotContinued() throws IOException {
    String file = file(lines(0, 100));
    load(file, FileFormat.JSON, 10, 0);
    file(lines(0, 50) + lines(150, 250));
    assertThatThrownBy(() -> load(file, FileFormat.JSON, 10, 0))
        .hasMessageContaining("has changed");
    file(lines(0, 5));
    assertThatThrownBy(() -> load(file, FileFormat.JSON, 10, 0))
        .hasMessageContaining("has changed");
  }

  @Test
  void pipeIsLoadedToo() throws IOException {
    byte[] text = lines(0, 5_000).getBytes(StandardCharsets.UTF_8);
    assertThat(load("-", FileFormat.JSON, 64, 0, null, new ByteArrayInputStream(text)))
        .isEqualTo(ExitCode.OK);
    assertThat(writer.rows).hasSize(5_000);
    assertThat(load("-", FileFormat.JSON, 64, 0, null, new ByteArrayInputStream(text)))
        .isEqualTo(ExitCode.OK);
    assertThat(writer.rows).as("the lines up to the sequence are passed over").hasSize(5_000);
  }

  @Test
  void oddFilesAreRightOrRefusedInWords() throws IOException {
    assertThat(load(file(""), FileFormat.JSON, 10, 0)).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("holds no rows");
    assertThat(load(file("\ufeff{\"id\":1}\r\n\r\n{\"id\":2}"), FileFormat.JSON, 10, 0)).isZero();
    assertThat(writer.rows).containsExactly("1|NULL", "2|NULL");
    assertThatThrownBy(() -> load(directory.toString(), FileFormat.JSON, 10, 0))
        .hasMessageContaining("is a directory");
    Path gzip = Files.write(directory.resolve("x.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
    assertThatThrownBy(() -> load(gzip.toString(), FileFormat.JSON, 10, 0))
        .hasMessageContaining("is compressed");
    Path utf16 =
        Files.write(directory.resolve("x.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0});
    assertThatThrownBy(() -> load(utf16.toString(), FileFormat.JSON, 10, 0))
        .hasMessageContaining("UTF-16");
  }

  @Test
  void jsonArrayIsRefusedWithAdvice() throws IOException {
    String file = file("[{\"id\":1},\n{\"id\":2}]\n");
    assertThatThrownBy(() -> load(file, FileFormat.JSON, 10, 0))
        .hasMessageContaining("one JSON array");
  }
}
