package io.caisson.function.window;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of its partition a row's result of OVER sees, both ends included. Immutable.
 *
 * @param unit what the ends count
 * @param start how many rows or groups before the current one it begins; {@link #ALL} for the
 *     partition's begin; negative behind the current one
 * @param end how many rows or groups behind the current one it ends; {@link #ALL} for the
 *     partition's end; negative before the current one
 * @param exclusion what of it is left out
 * @param startDistance in RANGE, how far before the current row's value it begins, if it does not
 *     begin as {@code start} says
 * @param endDistance in RANGE, how far behind the current row's value it ends, if it does not end
 *     as {@code end} says
 */
public record Frame(
    Unit unit,
    long start,
    long end,
    Exclusion exclusion,
    @Nullable RangeDistance startDistance,
    @Nullable RangeDistance endDistance) {
  /** Without end. */
  public static final long ALL = Long.MAX_VALUE;

  /** What the ends of a frame count. */
  public enum Unit {
    ROWS,
    /** Groups of rows that the order does not tell apart, 0 being the current row's. */
    GROUPS,
    /** Distances of the values by which rows are sorted, 0 being the current row's group. */
    RANGE
  }

  /** What a frame leaves out. */
  public enum Exclusion {
    NOTHING,
    /** The current row. */
    ROW,
    /** The current row and those that the order does not tell from it. */
    GROUP,
    /** Those that the order does not tell from the current row. */
    TIES
  }

  /** A frame of ROWS or GROUPS, or one of RANGE without distances, that leaves nothing out. */
  public static Frame of(Unit unit, long start, long end) {
    return new Frame(unit, start, end, Exclusion.NOTHING, null, null);
  }

  /** A frame of RANGE over whole numbers that leaves nothing out. */
  public static Frame ofDistances(long start, long end) {
    return new Frame(Unit.RANGE, start, end, Exclusion.NOTHING, distance(start), distance(end));
  }

  private static @Nullable RangeDistance distance(long distance) {
    return distance == ALL || distance == 0 ? null : new RangeDistance.Whole(distance);
  }

  /** Whether it begins and ends with groups of rows that the order does not tell apart. */
  public boolean hasGroups() {
    return unit != Unit.ROWS;
  }

  /** Whether it always begins with the partition. */
  public boolean beginsWithPartition() {
    return start == ALL && startDistance == null;
  }

  /** Whether it always ends with the partition. */
  public boolean endsWithPartition() {
    return end == ALL && endDistance == null;
  }
}
