package io.caisson.model.statistics;

/**
 * How much is stored of an object. Immutable.
 *
 * @param rows rows
 * @param bytes bytes of values, as stored
 * @param entries keys of the store
 */
public record Counts(long rows, long bytes, long entries) {
  /** Nothing. */
  public static final Counts NONE = new Counts(0, 0, 0);

  /** The sum of both. */
  public Counts plus(Counts other) {
    return new Counts(rows + other.rows, bytes + other.bytes, entries + other.entries);
  }

  /** What is left of this without the other. */
  public Counts minus(Counts other) {
    return new Counts(rows - other.rows, bytes - other.bytes, entries - other.entries);
  }
}
