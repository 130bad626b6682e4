package io.caisson.fdb.embedded;

/** What a commit that was acknowledged survives. */
public enum Durability {
  /** Everything: the death of the process and the loss of power. */
  DURABLE,
  /**
   * The death of the process. On loss of power the last commit may be missing; the file is never
   * damaged, and what remains is a prefix of the commits. Saves one of the two syncs of a commit.
   */
  RELAXED,
  /**
   * The death of the process only, and the loss of power may damage the file: for tests and scratch
   * data.
   */
  MEMORY
}
