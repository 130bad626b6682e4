package io.caisson.dataflow.operator;

/**
 * How far the times of two relations' rows may be from each other in a join, and when rows of
 * either stand. Immutable.
 *
 * @param from the least distance of a right row's time from a left one's, in microseconds
 * @param to the greatest
 * @param left when left rows stand, by the column of their time
 * @param right when right rows stand, by the column of their time
 */
public record TimeDistance(long from, long to, Expiry left, Expiry right) {}
