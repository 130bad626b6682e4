package io.caisson.dataflow.operator;

/** When the keys of two rows are the same. */
public enum KeyEquality {
  /** As {@code =} says: a NULL equals nothing. */
  EQUAL,
  /** As {@code IS NOT DISTINCT FROM} says: NULLs are one, -0 is 0. */
  NOT_DISTINCT,
  /** Only what cannot be told apart: -0 is not 0. */
  IDENTICAL;

  /** Whether a key with a NULL can have a match. */
  boolean matchesNulls() {
    return this != EQUAL;
  }
}
