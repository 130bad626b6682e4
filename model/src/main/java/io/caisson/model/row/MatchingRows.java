package io.caisson.model.row;

import io.caisson.column.Columns;

/**
 * Stored rows that have the keys of given ones. Immutable.
 *
 * @param rows the stored rows
 * @param places for each given row the place of the stored one, or -1
 */
public record MatchingRows(Columns rows, int[] places) {}
