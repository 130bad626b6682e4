package io.caisson.tests.docs;

import io.caisson.tests.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The launcher {@code ./caisson}, made ready to start what this build has packaged. Stateless. */
final class Launcher {
  private static final Path TARGET = Repository.root().resolve("cli/target");

  private Launcher() {}

  /**
   * Puts the packaged program where the launcher looks for it, as its own build would, so that it
   * need not build inside a build. False where nothing has been packaged.
   */
  static boolean isReady() {
    Path program = TARGET.resolve("caisson.jar");
    Path stamp = TARGET.resolve("built");
    try {
      for (Path packaged : packaged()) {
        if (!Files.exists(program)
            || Files.getLastModifiedTime(program).compareTo(Files.getLastModifiedTime(packaged))
                < 0) {
          Files.copy(packaged, program, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(stamp)) {
          Files.createFile(stamp);
        }
      }
      return Files.exists(program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> packaged() throws IOException {
    if (!Files.isDirectory(TARGET)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .filter(
              file -> file.getFileName().toString().matches("caisson-cli-[^-]*(-SNAPSHOT)?\\.jar"))
          .toList();
    }
  }
}
