package io.caisson;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.spi.CaissonProvider;
import io.caisson.time.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * An open store: one directory on this machine or a FoundationDB cluster, with any number of
 * databases. Thread-safe. Closing it stops the maintenance of its views and ends all its sessions.
 */
public interface Caisson extends AutoCloseable {
  /**
   * Opens the store in a directory, making both where they do not exist.
   *
   * @param directory where the store's files lie
   * @throws CaissonException 55P03 when another process holds the directory (the message names it),
   *     58P02 when the directory holds something else, 58030 when it can't be read or written
   */
  static Caisson open(Path directory) {
    return open(directory, CaissonOptions.defaults());
  }

  /**
   * Opens the store in a directory as {@link #open(Path)} does, with a clock of the caller's own: a
   * test can say what time it is.
   *
   * @param directory where the store's files lie
   * @param clock the time
   */
  static Caisson open(Path directory, Clock clock) {
    return open(directory, CaissonOptions.defaults().withClock(clock));
  }

  /**
   * Opens the store in a directory as {@link #open(Path)} does, with options.
   *
   * @param directory where the store's files lie
   * @param options how
   */
  static Caisson open(Path directory, CaissonOptions options) {
    return provider().open(directory, options);
  }

  /**
   * Connects to a FoundationDB cluster through its native client.
   *
   * @param clusterFile path of the cluster file
   * @throws CaissonException 58P01 when the file does not exist, 08006 when the client library is
   *     missing
   */
  static Caisson connect(String clusterFile) {
    return connect(clusterFile, CaissonOptions.defaults());
  }

  /**
   * Connects to a FoundationDB cluster as {@link #connect(String)} does, with options.
   *
   * @param clusterFile path of the cluster file
   * @param options how
   */
  static Caisson connect(String clusterFile, CaissonOptions options) {
    return provider().connect(Path.of(clusterFile), options);
  }

  private static CaissonProvider provider() {
    return ServiceLoader.load(CaissonProvider.class)
        .findFirst()
        .orElseThrow(
            () ->
                new CaissonException(SqlState.INTERNAL_ERROR, "no Caisson engine on the class path")
                    .withHint("add io.caisson:caisson-engine to your dependencies"));
  }

  /**
   * A database of this store, made where it does not exist.
   *
   * @param name letters, digits and underscores, at most 63
   */
  Database database(String name);

  /** The names of all databases, sorted. */
  List<String> databases();

  @Override
  void close();
}
