package io.caisson.catalog;

/**
 * Rows that belong to a materialized view beside its own, readable under its name and a suffix. It
 * is not stored in the catalog: it comes and goes with its view. Immutable.
 */
public sealed interface ViewPart extends CatalogObject
    permits LateRowsDefinition, ErrorRowsDefinition {
  /** The view. */
  ViewDefinition view();

  @Override
  default long id() {
    return view().id();
  }
}
