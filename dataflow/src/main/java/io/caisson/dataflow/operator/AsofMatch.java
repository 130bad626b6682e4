package io.caisson.dataflow.operator;

import org.jspecify.annotations.Nullable;

/**
 * Which row of another relation is the one as of a row's time: the last one up to it, or the first
 * one from it on. Immutable.
 *
 * <pre>
 *   right      1        4     6          9            times
 *   left                    5
 *                       └───┘                         the last up to 5
 *                           └─┘                       the first from 5 on
 * </pre>
 *
 * @param leftTime position of the time in the left relation, a column of longs
 * @param rightTime position of the time in the right one
 * @param later whether it is the first from the time on
 * @param strict whether the same time does not count
 * @param stands when rows of both stand, by their time; null for never
 */
public record AsofMatch(
    int leftTime, int rightTime, boolean later, boolean strict, @Nullable Expiry stands) {
  /**
   * Where a left row's time lies in the state: rows whose match a right row may be come behind each
   * other.
   */
  long leftPlace(long time) {
    return later ? ~time : time;
  }

  /** Where a right row's time lies in the state: the nearest ones of a left row come first. */
  long rightPlace(long time) {
    return later ? time : ~time;
  }

  /** Whether no right row can be the match of a left row at a place. */
  boolean findsNone(long leftPlace) {
    return strict && ~leftPlace == Long.MAX_VALUE;
  }

  /** The first place of a right row that may be the match of a left row at a place. */
  long firstRight(long leftPlace) {
    return strict ? ~leftPlace + 1 : ~leftPlace;
  }

  /** Whether a right row at a place can be no left row's match. */
  boolean isFoundByNone(long rightPlace) {
    return strict && ~rightPlace == Long.MAX_VALUE;
  }

  /** The first place of a left row whose match a right row at a place may be. */
  long firstLeft(long rightPlace) {
    return strict ? ~rightPlace + 1 : ~rightPlace;
  }
}
