package io.caisson.fdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Database;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program with directories, tuples, watches and versionstamps ({@code example.scheduling}) that
 * is compiled with nothing but fdb-java on its class path, and run in a process that has no native
 * FoundationDB library.
 */
@Timeout(120)
final class ForeignProgramTest {
  private static final Path SOURCES = Path.of("src/test/java/example/scheduling");

  @TempDir private Path directory;

  private static Path placeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private Path compile() throws IOException, URISyntaxException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-cp",
                placeOf(Database.class) + File.pathSeparator + placeOf(NullMarked.class),
                "-d",
                classes.toString()));
    try (Stream<Path> files = Files.list(SOURCES)) {
      files.map(Path::toString).forEach(arguments::add);
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, System.out, System.out, arguments.toArray(String[]::new));
    assertThat(result).isZero();
    return classes;
  }

  @Test
  void programRunsWithoutAnyNativeLibraryOfFoundationDb() throws Exception {
    Path classes = compile();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Djava.library.path=" + directory,
            "-cp",
            classes + File.pathSeparator + System.getProperty("java.class.path"),
            ForeignProgramChild.class.getName(),
            directory.resolve("data").toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("LD_") || name.startsWith("FDB_"));
    String said = ChildProcess.output(builder.start());
    assertThat(said)
        .contains("native client false")
        .contains("program from file:" + classes)
        .contains("seats 36, at most five a student")
        .contains("tasks 60, 0 left, ordered true")
        .contains("directories [classes, tasks]")
        .contains("left false");
  }
}
