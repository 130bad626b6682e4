package io.caisson.fdb.embedded.conformance;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDB;
import io.caisson.fdb.embedded.ClientLibrary;
import io.caisson.fdb.embedded.Durability;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.fdb.embedded.EmbeddedOptions;
import io.caisson.fdb.embedded.fault.FaultPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A kind of database that the suite runs against, and the one database of that kind that the tests
 * of this JVM share. The cluster is a kind where {@code FDB_CLUSTER_FILE} is set in the
 * environment; its client library is found through {@code LD_LIBRARY_PATH} or {@code
 * FDB_LIBRARY_PATH_FDB_C}. Thread-safe.
 */
public enum Store {
  /** The embedded engine, without syncs. */
  EMBEDDED,
  /** A FoundationDB cluster. */
  CLUSTER;

  private static final String CLUSTER_FILE = "FDB_CLUSTER_FILE";
  private static final String LIBRARY = "FDB_LIBRARY_PATH_FDB_C";
  private static final Map<Store, Database> SHARED = new ConcurrentHashMap<>();
  private static final Map<Database, Path> DIRECTORIES = new ConcurrentHashMap<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Store::closeAll));
  }

  /** The kinds that are there. */
  public static Stream<Store> all() {
    List<Store> stores = new ArrayList<>();
    if (!Boolean.getBoolean("caisson.conformance.clusterOnly")) {
      stores.add(EMBEDDED);
    }
    if (System.getenv(CLUSTER_FILE) != null) {
      stores.add(CLUSTER);
    }
    return stores.stream();
  }

  /** The database that all tests share; they keep to a prefix of their own. */
  public Database shared() {
    return SHARED.computeIfAbsent(this, Store::open);
  }

  /** Another database, or on a cluster another client of the same; to be given back. */
  public Database open() {
    return open(EmbeddedOptions.defaults());
  }

  /** Another database that fails now and then as a cluster does; a cluster is left alone. */
  public Database openWithFaults(long seed, double rate) {
    return open(
        EmbeddedOptions.defaults()
            .withFaults(FaultPlan.everywhere(seed, rate).withLongestDelay(Duration.ofMillis(3))));
  }

  private Database open(EmbeddedOptions options) {
    prepareClient();
    if (this == CLUSTER) {
      return FDB.instance().open(Objects.requireNonNull(System.getenv(CLUSTER_FILE)));
    }
    try {
      Path directory = Files.createTempDirectory("caisson-conformance-");
      Database database =
          EmbeddedDatabase.open(directory, options.withDurability(Durability.RELAXED));
      DIRECTORIES.put(database, directory);
      return database;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Closes a database and deletes its files. */
  public static void close(Database database) {
    database.close();
    Path directory = DIRECTORIES.remove(database);
    if (directory != null) {
      delete(directory);
    }
  }

  private static synchronized void prepareClient() {
    String library = System.getenv(LIBRARY);
    if (library != null && System.getProperty(LIBRARY) == null) {
      System.setProperty(LIBRARY, library);
    }
    if (System.getenv(CLUSTER_FILE) != null && !FDB.isAPIVersionSelected()) {
      FDB.selectAPIVersion(ClientLibrary.API_VERSION);
    }
    ClientLibrary.prepare();
  }

  private static void closeAll() {
    SHARED.values().forEach(Store::close);
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
