package io.caisson.fdb.embedded;

/**
 * What a commit that was acknowledged survives. Under each of them transactions are atomic and
 * isolated, and the death of the process, by {@code kill -9} too, loses nothing; they differ in
 * what the loss of power, or the crash of the system, may take.
 */
public enum Durability {
  /** Nothing: pages and the root that points to them are synced before a commit is acknowledged. */
  DURABLE,
  /**
   * At most the last batch, that is the transactions that were synced together last. Pages are
   * synced before a commit is acknowledged, the root that points to them only with the next commit,
   * or when the system writes it by itself. The file is never damaged: what remains is the state
   * before that batch. Saves one of the two syncs of a commit.
   */
  RELAXED,
  /**
   * Everything: nothing is synced, and on a file system that writes pages in another order than it
   * was given them, the file may be damaged. For tests and data that can be made again.
   */
  MEMORY
}
