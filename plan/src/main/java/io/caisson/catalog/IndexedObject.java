package io.caisson.catalog;

import java.util.List;

/** An object whose rows CREATE INDEX can sort by other keys than the primary one. Immutable. */
public sealed interface IndexedObject extends KeyedObject, IndexedRelation
    permits TableDefinition, CollectionDefinition {
  /** The same object with other indexes. */
  IndexedObject withIndexes(List<IndexDefinition> indexes);

  /** The same object with one index more, which gets the next number. */
  IndexedObject withIndex(IndexDefinition index);
}
