package io.caisson.fdb.embedded;

/**
 * What a commit that was acknowledged survives. Under each of them transactions are atomic and
 * isolated, and the death of the process, by {@code kill -9} too, loses nothing; they differ in
 * what the loss of power, or the crash of the system, may take.
 */
public enum Durability {
  /** Nothing: the journal is synced before a commit is acknowledged. */
  DURABLE,
  /**
   * The last commits, of about a tenth of a second: the journal is written before a commit is
   * acknowledged, and synced in the background. What remains is the state after some commit, never
   * a damaged file.
   */
  RELAXED,
  /**
   * Everything: there is no journal, nothing is synced, and on a file system that writes pages in
   * another order than it was given them, the file may be damaged. For tests and data that can be
   * made again.
   */
  MEMORY
}
