package io.caisson.fdb.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The records of commits that are not yet certain to be in the tree on disk, in two files that take
 * turns.
 *
 * <pre>
 *   caisson.journal-1   | record | record | … | epoch 7 ended here, bytes of epoch 5 … |
 *   caisson.journal-0   | record | record | record | bytes of epoch 6 or zeros …       |
 *                       epoch 8                     ↑ position
 * </pre>
 *
 * <p>Epoch e lies in file e mod 2 from the start. A checkpoint that begins makes the journal turn
 * to the other file, if the checkpoint before has made that one dispensable; otherwise the same one
 * goes on, longer. The writing thread's, but for {@link #dispensable}.
 */
public final class Journal implements AutoCloseable {
  private static final ByteBuffer ERASED = ByteBuffer.allocateDirect(JournalRecord.BLOCK);

  private final JournalFile[] files = new JournalFile[2];
  private final DiskEvents events;
  private final boolean synced;
  private JournalPosition position;
  private long lastOffset = -1;
  private volatile long oldestNeeded;
  private boolean dirty;
  private boolean broken;

  /**
   * Opens the files.
   *
   * @param start where the first record will be
   * @param synced whether each record is synced at once
   */
  public Journal(Path directory, JournalPosition start, boolean synced, DiskEvents events)
      throws IOException {
    this.position = start;
    this.oldestNeeded = start.epoch();
    this.synced = synced;
    this.events = events;
    for (int number = 0; number < files.length; number++) {
      files[number] = JournalFile.open(directory, number);
    }
  }

  /** Where the next record will be. */
  public JournalPosition position() {
    return position;
  }

  /**
   * Appends a record, and syncs it if this journal does so.
   *
   * @return bytes that it takes
   * @throws JournalFailure if it could not be written; then it is not there
   */
  public long append(JournalRecord record) {
    if (broken) {
      throw JournalFailure.notWritten(new IOException("an earlier write to the journal failed"));
    }
    ByteBuffer bytes = record.seal(position);
    long from = position.offset();
    long to = from + bytes.remaining();
    JournalFile file = file();
    try {
      file.reserve(to);
      events.beforeJournalWrite(number(), from, to);
    } catch (IOException noRoom) {
      throw JournalFailure.notWritten(noRoom);
    }
    lastOffset = from;
    try {
      file.write(bytes, from);
      events.journalWritten(number(), from, to);
      dirty = true;
      if (synced) {
        force(to);
      }
    } catch (IOException failure) {
      erase();
      throw JournalFailure.notWritten(failure);
    }
    position = new JournalPosition(position.epoch(), to, position.sequence() + 1);
    return to - from;
  }

  private JournalFile file() {
    return files[number()];
  }

  private int number() {
    return JournalFile.number(position.epoch());
  }

  private void force(long end) throws IOException {
    file().force();
    dirty = false;
    events.journalSynced(number(), end);
  }

  /**
   * Takes the last record back.
   *
   * @throws JournalFailure if that failed too; then nobody knows what a recovery will find
   */
  public void erase() {
    try {
      long end = lastOffset + JournalRecord.BLOCK;
      events.beforeJournalWrite(number(), lastOffset, end);
      file().write(ERASED.duplicate(), lastOffset);
      events.journalWritten(number(), lastOffset, end);
      force(lastOffset);
    } catch (IOException failure) {
      broken = true;
      throw JournalFailure.unknown(failure);
    }
    if (position.offset() > lastOffset) {
      position = new JournalPosition(position.epoch(), lastOffset, position.sequence() - 1);
    }
  }

  /** Whether records were written and not synced. */
  public boolean isDirty() {
    return dirty;
  }

  /** Syncs what was written. */
  public void sync() {
    try {
      if (dirty) {
        force(position.offset());
      }
    } catch (IOException failure) {
      broken = true;
      throw JournalFailure.unknown(failure);
    }
  }

  /** Whether a write failed such that nobody knows what a recovery will find. */
  public boolean isBroken() {
    return broken;
  }

  /** Turns to the other file, if nobody needs what it holds. */
  public void turn() {
    if (oldestNeeded == position.epoch() && position.offset() > 0) {
      sync();
      position = new JournalPosition(position.epoch() + 1, 0, position.sequence());
      lastOffset = -1;
    }
  }

  /** A checkpoint is on disk: records before its position are not needed. From any thread. */
  public void dispensable(JournalPosition checkpoint) {
    oldestNeeded = checkpoint.epoch();
  }

  @Override
  public void close() throws IOException {
    for (JournalFile file : files) {
      file.close();
    }
  }
}
