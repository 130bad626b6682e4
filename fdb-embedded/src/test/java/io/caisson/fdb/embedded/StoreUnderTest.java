package io.caisson.fdb.embedded;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDB;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The database that a conformance test works on: the embedded engine in a directory of its own, or,
 * with {@code FDB_CLUSTER_FILE} in the environment and {@code -Dcaisson.conformance=cluster}, a
 * cluster. Tests keep to their subspace.
 */
final class StoreUnderTest implements AutoCloseable {
  private static final AtomicLong COUNTER = new AtomicLong(System.nanoTime());

  private final Database database;
  private final Path directory;
  private final Subspace subspace =
      new Subspace(Tuple.from("conformance", COUNTER.incrementAndGet()));

  StoreUnderTest() {
    this(EmbeddedOptions.defaults().withDurability(Durability.RELAXED));
  }

  StoreUnderTest(EmbeddedOptions options) {
    directory = temporaryDirectory();
    if ("cluster".equals(System.getProperty("caisson.conformance"))) {
      ClientLibrary.prepare();
      database = FDB.instance().open(Objects.requireNonNull(System.getenv("FDB_CLUSTER_FILE")));
    } else {
      database = EmbeddedDatabase.open(directory, options);
    }
  }

  static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("caisson-store-test-");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Database database() {
    return database;
  }

  EmbeddedDatabase embedded() {
    return (EmbeddedDatabase) database;
  }

  Subspace subspace() {
    return subspace;
  }

  byte[] key(Object name) {
    return subspace.pack(Tuple.from(name));
  }

  @Override
  public void close() {
    if (database instanceof EmbeddedDatabase) {
      database.close();
    } else {
      database.run(
          transaction -> {
            transaction.clear(subspace.range());
            return 0;
          });
      database.close();
    }
    delete(directory);
  }
}
