package io.caisson.model.codec;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import org.jspecify.annotations.Nullable;

/** Errors about bytes that are not what was written. Stateless. */
public final class Corruption {
  private Corruption() {}

  /**
   * The error for damaged bytes.
   *
   * @param place what was being read, as an operator would find it again
   * @param reason what is wrong with it
   * @param cause the exception that stumbled, or null
   */
  public static CaissonException of(String place, String reason, @Nullable Throwable cause) {
    return new CaissonException(SqlState.DATA_CORRUPTED, place + " is damaged: " + reason, cause)
        .withHint(
            "The bytes on disk are not what was written. Check the disk and restore the data from a"
                + " copy; nothing else of the database is affected.");
  }
}
