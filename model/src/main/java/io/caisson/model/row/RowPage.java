package io.caisson.model.row;

import io.caisson.column.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a table or another object of rows, in key order. Immutable.
 *
 * @param rows the rows, with the object's columns
 * @param next behind which key the next piece begins, or null where this was the last; only who
 *     made it understands it
 */
public record RowPage(Columns rows, byte @Nullable [] next) {}
