package io.caisson.model.table;

import io.caisson.column.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a table in key order. Immutable.
 *
 * @param rows the rows, with the table's columns
 * @param next behind which key the next piece begins, or null where this was the last
 */
public record TablePage(Columns rows, byte @Nullable [] next) {}
