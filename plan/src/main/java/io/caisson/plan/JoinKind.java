package io.caisson.plan;

/** What a join puts out. */
public enum JoinKind {
  /** The pairs. */
  INNER,
  /** The pairs, and the left rows without one, filled up with NULLs. */
  LEFT,
  /** The pairs, and the right rows without one. */
  RIGHT,
  /** The pairs, and the rows of both sides without one. */
  FULL,
  /** The left rows for which there is a pair. */
  SEMI,
  /** The left rows for which there is none. */
  ANTI;

  /** Whether left rows without a pair are put out among the pairs. */
  public boolean keepsLeft() {
    return this == LEFT || this == FULL;
  }

  /** Whether right rows without a pair are put out among the pairs. */
  public boolean keepsRight() {
    return this == RIGHT || this == FULL;
  }

  /** Whether pairs are put out, or left rows. */
  public boolean putsOutPairs() {
    return this != SEMI && this != ANTI;
  }
}
