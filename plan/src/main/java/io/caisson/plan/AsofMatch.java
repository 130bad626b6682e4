package io.caisson.plan;

/**
 * Which row of the right input is the one as of a left row's time. Immutable.
 *
 * @param leftTime position of the time in the left input
 * @param rightTime position of the time in the right one, of the same type
 * @param later whether it is the first one from the time on, or the last one up to it
 * @param strict whether the same time does not count
 */
public record AsofMatch(int leftTime, int rightTime, boolean later, boolean strict) {}
