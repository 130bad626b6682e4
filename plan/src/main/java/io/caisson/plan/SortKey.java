package io.caisson.plan;

/**
 * A column by which rows are sorted. Immutable.
 *
 * @param column its position
 * @param descending whether the greatest value comes first
 * @param nullsFirst whether NULL comes before all values
 */
public record SortKey(int column, boolean descending, boolean nullsFirst) {}
