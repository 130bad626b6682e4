package io.caisson.tests;

import io.caisson.Caisson;
import io.caisson.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fresh database for one test: in a temporary directory that goes when it is closed, or, where
 * the environment variable {@value #CLUSTER_FILE} names one, on a cluster. For one thread.
 */
public final class TestStore implements AutoCloseable {
  /** Where the tests find a cluster to run on. */
  public static final String CLUSTER_FILE = "FDB_CLUSTER_FILE";

  private static final @Nullable String CLUSTER = System.getenv(CLUSTER_FILE);

  private final Path directory;
  private final String databaseName;
  private Caisson caisson;

  /** Opens a store that holds nothing. */
  public TestStore() {
    try {
      directory = Files.createTempDirectory("caisson-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    databaseName =
        CLUSTER == null ? "test" : "test_" + UUID.randomUUID().toString().replace('-', '_');
    caisson = open();
  }

  /** The database. */
  public Database database() {
    return caisson.database(databaseName);
  }

  /** Where the store lies, unless it is a cluster. */
  public Path directory() {
    return directory;
  }

  /** Closes the store and opens it again, as a restart of the process would. */
  public void reopen() {
    caisson.close();
    caisson = open();
  }

  private Caisson open() {
    return CLUSTER == null ? Caisson.open(directory) : Caisson.connect(CLUSTER);
  }

  @Override
  public void close() {
    caisson.close();
    delete(directory);
  }

  /** Deletes a directory and all that is in it. */
  public static void delete(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, @Nullable IOException error)
                throws IOException {
              Files.delete(path);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
