package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.journal.DiskEvents;
import java.time.Duration;

/**
 * When checkpoints are made. Immutable.
 *
 * @param journalBytes so many bytes of journal after the last one, which bounds the time that
 *     opening takes after a crash
 * @param treeBytes so many bytes of pages written after the last one; none of the pages that
 *     commits give up in that time can be used again, so this bounds how far the file grows beyond
 *     its contents
 * @param idle so long after the last one, if anything was committed
 * @param events who is told of it
 */
record JournalLimits(long journalBytes, long treeBytes, Duration idle, DiskEvents events) {
  /**
   * Commits wait for a checkpoint that is under way when so many times a limit was written, and
   * fail at twice that if it fails.
   */
  static final int PATIENCE = 2;

  /** Whoever relaxes durability is ready to lose the commits of that long. */
  static final Duration SYNC_DELAY = Duration.ofMillis(100);

  static JournalLimits defaults() {
    return new JournalLimits(32L << 20, 64L << 20, Duration.ofSeconds(5), DiskEvents.NONE);
  }
}
