package io.caisson.engine.view;

import io.caisson.column.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a table in key order, as it stood at one store version. Immutable.
 *
 * @param version the store version
 * @param rows its rows, with the table's columns
 * @param next the key behind which the next piece begins, or null where this was the last
 */
public record RowPage(long version, Columns rows, byte @Nullable [] next) {}
