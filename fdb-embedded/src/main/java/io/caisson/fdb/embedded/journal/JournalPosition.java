package io.caisson.fdb.embedded.journal;

/**
 * A place between two records of the journal. Immutable.
 *
 * @param epoch which run of records, each of which begins at the start of a file
 * @param offset bytes from the start of that file
 * @param sequence number of the record that begins there, counted through all epochs
 */
public record JournalPosition(long epoch, long offset, long sequence) {
  /** The start of a journal without a past. */
  public static final JournalPosition FIRST = new JournalPosition(1, 0, 1);

  /** Checks the values. */
  public JournalPosition {
    if (epoch < 1 || offset < 0 || offset % JournalRecord.BLOCK != 0 || sequence < 1) {
      throw new IllegalArgumentException("No place in a journal: " + epoch + ", " + offset);
    }
  }

  /**
   * Where the journal goes on after a recovery that read up to here from a checkpoint's position:
   * in an epoch that no byte on the disk can claim to be of. A journal enters the epoch after a
   * checkpoint's while the next checkpoint is being made, and the one after that only when that
   * checkpoint is done.
   */
  public JournalPosition afterRecovery(JournalPosition checkpoint) {
    return new JournalPosition(checkpoint.epoch + 2, 0, sequence);
  }
}
