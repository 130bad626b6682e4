package io.caisson.fdb.embedded.journal;

import java.io.IOException;
import java.util.Locale;

/** A record that could not be written to the journal, or not be taken back. Immutable. */
public final class JournalFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isUnknown;

  private JournalFailure(IOException cause, boolean isUnknown) {
    super(String.valueOf(cause.getMessage()), cause);
    this.isUnknown = isUnknown;
  }

  /** The journal does not hold the record. */
  static JournalFailure notWritten(IOException cause) {
    return new JournalFailure(cause, false);
  }

  /** The journal may hold the record or not, and takes no further ones. */
  static JournalFailure unknown(IOException cause) {
    return new JournalFailure(cause, true);
  }

  /** The journal takes nothing more, because no checkpoint makes it dispensable. */
  public static JournalFailure stuck() {
    return notWritten(
        new IOException("no space was made by checkpoints, which fail; the log says why"));
  }

  /** Whether a recovery might find the record. */
  public boolean isUnknown() {
    return isUnknown;
  }

  /** Whether there was no room: disk, quota, or limit of a file's size. */
  public boolean isFull() {
    return isFull(this);
  }

  /** Whether a failure of a file says that there was no room. */
  public static boolean isFull(Exception failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space") || text.contains("too large") || text.contains("quota");
  }
}
