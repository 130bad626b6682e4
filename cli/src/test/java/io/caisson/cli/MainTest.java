package io.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.cli.command.ExitCode;
import io.caisson.cli.command.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Main.run(
        Streams.of(
            InputStream.nullInputStream(),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)),
        args);
  }

  @Test
  void versionComesFromTheBuild() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .matches("caisson \\d+\\.\\d+.* \\(Java \\d+\\)\\R");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sql", "load", "demo", "generate", "stats"})
  void everyCommandHasHelpWithExamples(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Usage:", "Examples:", "caisson " + command);
    assertThat(err.size()).isZero();
  }

  @Test
  void wrongCommandLineSaysWhatAndExitsWithTwo() {
    assertThat(run("bogus")).isEqualTo(ExitCode.USAGE);
    assertThat(run("sql", "--nonsense")).isEqualTo(ExitCode.USAGE);
    assertThat(run("load", "file.json")).isEqualTo(ExitCode.USAGE);
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("there is no command \"bogus\"", "--nonsense", "--into");
  }

  @Test
  void fileThatIsNotThereIsNamedBeforeAnyStoreIsMade(@TempDir Path directory) {
    String data = directory.resolve("data").toString();
    assertThat(run("load", "/no/such/file", "--into", "s", "--data", data)).isEqualTo(1);
    assertThat(run("sql", "-f", "/no/such/file", "--data", data)).isEqualTo(1);
    assertThat(run("load", directory.toString(), "--into", "s", "--data", data)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("58P01", "there is no file \"/no/such/file\"", "is a directory");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void generatedClicksGoToAFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("clicks.jsonl");
    assertThat(run("generate", "clicks", "--rows", "500", "-o", file.toString())).isZero();
    assertThat(Files.readAllLines(file)).hasSize(500);
    assertThat(run("generate", "clicks", "--rows", "500")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(Files.readString(file));
    assertThat(run("generate", "clicks", "--rows", "lots")).isEqualTo(1);
  }
}
