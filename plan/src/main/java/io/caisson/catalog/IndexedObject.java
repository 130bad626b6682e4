package io.caisson.catalog;

import java.util.List;
import java.util.Optional;

/** An object whose rows CREATE INDEX can sort by other keys than the primary one. Immutable. */
public sealed interface IndexedObject extends KeyedObject
    permits TableDefinition, CollectionDefinition {
  /** The object as a table: its columns with their numbers, its primary key and its indexes. */
  TableDefinition asTable();

  /** The indexes that CREATE INDEX and constraints made. */
  List<IndexDefinition> indexes();

  /** The same object with other indexes. */
  IndexedObject withIndexes(List<IndexDefinition> indexes);

  /** The same object with one index more, which gets the next number. */
  IndexedObject withIndex(IndexDefinition index);

  /** The index of a number. */
  default Optional<IndexDefinition> index(int indexId) {
    return indexes().stream().filter(index -> index.id() == indexId).findFirst();
  }

  /** The index of a name. */
  default Optional<IndexDefinition> index(String indexName) {
    return indexes().stream().filter(index -> index.name().equals(indexName)).findFirst();
  }
}
