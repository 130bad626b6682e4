package io.caisson.fdb.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A directory could not be opened as a database; {@link #reason()} says why and the message what to
 * do. Immutable.
 */
public final class StoreOpenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a directory could not be opened. */
  public enum Reason {
    /** Another process, or another open database of this process, holds the directory. */
    LOCKED,
    /** There is something in the directory, and it is not a database. */
    FOREIGN_DIRECTORY,
    /** The path is a file. */
    NOT_A_DIRECTORY,
    /** The directory or a file in it may not be read or written by this user. */
    NO_PERMISSION,
    /** The database was written by a version that this one does not understand. */
    FORMAT_VERSION,
    /** The file is damaged. */
    DAMAGED,
    /** There is no room to create the database. */
    DISK_FULL,
    /** The directory could not be created or read for another reason. */
    IO_ERROR
  }

  private final Reason reason;
  private final String directory;

  StoreOpenException(Reason reason, Path directory, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.directory = directory.toString();
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The directory that could not be opened. */
  public Path directory() {
    return Path.of(directory);
  }
}
