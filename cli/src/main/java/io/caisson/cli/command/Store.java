package io.caisson.cli.command;

import io.caisson.Caisson;
import io.caisson.Database;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The store that a command works on, opened from its options. For one thread. */
public final class Store implements AutoCloseable {
  private static final String DATA = "--data";
  private static final String CLUSTER_FILE = "--cluster-file";
  private static final String DATABASE = "--database";
  private static final Path DEFAULT_DIRECTORY = Path.of("caisson-data");

  private final Caisson caisson;
  private final Database database;

  private Store(Caisson caisson, Database database) {
    this.caisson = caisson;
    this.database = database;
  }

  /** Adds the options that say which store. */
  public static void addOptions(CommandSpec spec) {
    spec.addOption(
        Options.value(DATA, "DIR", "The data directory; ./caisson-data where none is given."));
    spec.addOption(
        Options.value(CLUSTER_FILE, "FILE", "A FoundationDB cluster instead of a directory."));
    spec.addOption(
        Options.value(DATABASE, "NAME", "The database; \"default\" where none is given."));
  }

  /** The data directory on the command line, or null where none is given. */
  public static @Nullable Path directory(ParseResult options) {
    String text = Options.text(options, DATA);
    if (text == null) {
      return null;
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER, DATA + " takes a directory: " + e.getMessage());
    }
  }

  /** Opens the store that the command line names, making a new one where there is none. */
  public static Store open(ParseResult options) {
    Path directory = directory(options);
    return open(options, directory == null ? DEFAULT_DIRECTORY : directory);
  }

  /**
   * Opens the store that the command line names, but never makes a new one: for commands that only
   * look.
   *
   * @throws CaissonException 58P01 when the directory does not exist
   */
  public static Store openExisting(ParseResult options) {
    Path directory = directory(options);
    Path chosen = directory == null ? DEFAULT_DIRECTORY : directory;
    if (Options.text(options, CLUSTER_FILE) == null && !Files.isDirectory(chosen)) {
      throw new CaissonException(
              SqlState.UNDEFINED_FILE, "there is no data directory \"" + chosen + "\"")
          .withHint("name it with --data DIR");
    }
    return open(options, chosen);
  }

  /** Opens the cluster that the command line names, or else the given directory. */
  public static Store open(ParseResult options, Path directory) {
    String clusterFile = Options.text(options, CLUSTER_FILE);
    if (clusterFile != null && Options.given(options, DATA)) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER, "give either " + DATA + " or " + CLUSTER_FILE + ", not both");
    }
    String name = Options.text(options, DATABASE);
    Caisson caisson = clusterFile == null ? Caisson.open(directory) : Caisson.connect(clusterFile);
    try {
      return new Store(caisson, caisson.database(name == null ? "default" : name));
    } catch (CaissonException e) {
      caisson.close();
      throw e;
    }
  }

  /** The chosen database. */
  public Database database() {
    return database;
  }

  @Override
  public void close() {
    caisson.close();
  }
}
