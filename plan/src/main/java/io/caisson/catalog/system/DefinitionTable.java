package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A system table whose rows say nothing but what the catalog does. Stateless. */
interface DefinitionTable extends SystemTable {
  /** Its rows, as {@link SystemTable#rows} gives them. */
  List<@Nullable Object[]> rows(Catalog catalog);

  @Override
  default List<@Nullable Object[]> rows(Catalog catalog, LiveState live) {
    return rows(catalog);
  }
}
