package io.caisson.model.stream;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;

/**
 * Who appends, and which of its appends this is: an append whose sequence is not above the last one
 * of its producer was there before and is not written again. Immutable; the array is not copied and
 * not changed.
 *
 * @param id the producer's name, unique for a stream
 * @param sequence grows with each append; gaps are fine
 * @param payload what the producer wants to find again with its last sequence, such as an offset in
 *     its source
 */
public record Producer(String id, long sequence, byte[] payload) {
  private static final int LONGEST_ID = 1_000;
  private static final int LONGEST_PAYLOAD = 10_000;

  /** Checks the lengths. */
  public Producer {
    if (id.isEmpty() || id.length() > LONGEST_ID || payload.length > LONGEST_PAYLOAD) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER,
          "A producer's name has 1 to "
              + LONGEST_ID
              + " characters and its payload at most "
              + LONGEST_PAYLOAD
              + " bytes");
    }
  }

  /** A producer without a payload. */
  public Producer(String id, long sequence) {
    this(id, sequence, new byte[0]);
  }
}
