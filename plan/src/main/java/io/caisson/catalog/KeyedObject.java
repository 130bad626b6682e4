package io.caisson.catalog;

import java.util.List;

/** An object of rows that have a primary key, and can be changed and removed by it. Immutable. */
public sealed interface KeyedObject extends CatalogObject
    permits IndexedObject, RecordTableDefinition, BucketDefinition {
  /** Positions of the columns of the primary key, in key order, at least one. */
  List<Integer> primaryKey();

  /** Whether the primary key is a hidden number that no statement can name. */
  default boolean keyHidden() {
    return false;
  }
}
