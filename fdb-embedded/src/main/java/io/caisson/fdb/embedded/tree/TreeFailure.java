package io.caisson.fdb.embedded.tree;

import java.util.Locale;
import java.util.Objects;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbNativeException;

/** A write or read that the tree could not do, sorted by what can be done about it. */
public final class TreeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it was. */
  public enum Kind {
    /** The address space reserved for the file is used up; it can be grown. */
    MAP_FULL,
    /** The disk, or the file size limit of the process, is used up. */
    DISK_FULL,
    /** A write came back short, as on a full disk, or failed, as on a broken one. */
    WRITE_FAILED,
    /** Anything else: an I/O error or a damaged file. */
    BROKEN
  }

  private final Kind kind;

  private TreeFailure(Kind kind, RuntimeException cause) {
    super(Objects.requireNonNullElse(cause.getMessage(), "unknown failure of the tree"), cause);
    this.kind = kind;
  }

  /** Sorts a failure that lmdbjava reported. */
  public static TreeFailure of(RuntimeException failure) {
    if (failure instanceof TreeFailure already) {
      return already;
    }
    if (failure instanceof Env.MapFullException) {
      return new TreeFailure(Kind.MAP_FULL, failure);
    }
    if (failure instanceof LmdbNativeException) {
      String message =
          Objects.requireNonNullElse(failure.getMessage(), "").toUpperCase(Locale.ROOT);
      if (message.contains("ENOSPC") || message.contains("EFBIG") || message.contains("EDQUOT")) {
        return new TreeFailure(Kind.DISK_FULL, failure);
      }
      if (message.contains("EIO ")) {
        return new TreeFailure(Kind.WRITE_FAILED, failure);
      }
    }
    return new TreeFailure(Kind.BROKEN, failure);
  }

  /** What can be done about it. */
  public Kind kind() {
    return kind;
  }
}
