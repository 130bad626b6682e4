package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import org.jspecify.annotations.Nullable;

/**
 * What the back-fill of a view needs next. Immutable; the key is not copied.
 *
 * @param table the table to read
 * @param after behind which key; null for the beginning
 * @param page the page, where it has been read already
 */
public record NextPage(CatalogObject table, byte @Nullable [] after, @Nullable RowPage page) {}
