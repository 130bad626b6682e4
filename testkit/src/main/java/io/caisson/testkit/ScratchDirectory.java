package io.caisson.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A directory that goes when it is closed, in memory where the system has a file system there.
 * Immutable.
 *
 * @param path where it is
 */
record ScratchDirectory(Path path) implements AutoCloseable {
  private static final Path IN_MEMORY = Path.of("/dev/shm");
  private static final String PREFIX = "caisson-test";

  /** Makes a new one. */
  static ScratchDirectory create() {
    try {
      return new ScratchDirectory(
          Files.isWritable(IN_MEMORY)
              ? Files.createTempDirectory(IN_MEMORY, PREFIX)
              : Files.createTempDirectory(PREFIX));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
