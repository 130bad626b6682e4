package io.caisson.fdb.embedded.journal;

import java.io.IOException;

/**
 * Moments in the life of the files, for whoever wants to know what is certain to be on the disk, or
 * wants to fail. What happens in the writing thread is told in that thread, so that nothing more is
 * written meanwhile. Thread-safe where it is not {@link #NONE}.
 */
public interface DiskEvents {
  /** Nobody wants to know. */
  DiskEvents NONE = new DiskEvents() {};

  /**
   * The writing thread is about to write a record, or zeros that erase one.
   *
   * @throws IOException if the write is to fail
   */
  default void beforeJournalWrite(int file, long from, long to) throws IOException {}

  /**
   * The writing thread has written a record, or zeros, and not synced them.
   *
   * @throws IOException if the sync is to fail
   */
  default void journalWritten(int file, long from, long to) throws IOException {}

  /** The writing thread has synced all that it has written to the journal. */
  default void journalSynced(int file, long end) {}

  /**
   * Batches are about to be committed to the tree, whose records are in the journal; told by the
   * writing thread or by the one that brings batches into the tree, never by both at once.
   */
  default void beforeTreeCommit() {}

  /** The same thread has committed them to the tree, which is not synced. */
  default void treeCommitted() {}

  /** The writing thread has taken hold of the tree as it is now, to bring it to disk. */
  default void snapshotTaken() {}

  /**
   * The tree is about to be brought to disk; told by the checkpoint's thread. What is thrown here
   * counts as a failure of that.
   */
  default void beforeTreeSync() {}

  /** The tree as it was when hold was taken of it is on disk; told by the checkpoint's thread. */
  default void treeSynced() {}

  /** A checkpoint is on disk, the former one no longer needed; told by the checkpoint's thread. */
  default void checkpointDurable() {}
}
