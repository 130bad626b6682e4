package io.caisson.sql.run;

import io.caisson.catalog.CatalogObject;

/** How many rows objects have, roughly, for choices between ways to read them. */
@FunctionalInterface
public interface RowCounts {
  /** Where nothing is known. */
  RowCounts UNKNOWN = object -> 1_000;

  /** About how many rows an object has. */
  long rows(CatalogObject object);
}
