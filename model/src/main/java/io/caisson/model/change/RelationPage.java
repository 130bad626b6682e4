package io.caisson.model.change;

import io.caisson.column.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a relation in key order, as views and long statements read it. Immutable.
 *
 * @param rows the rows
 * @param next behind which key the next piece begins, or null where this was the last; only who
 *     made it understands it
 */
public record RelationPage(Columns rows, byte @Nullable [] next) {}
