package io.caisson.catalog;

import java.util.List;
import java.util.Optional;

/** A relation that CREATE INDEX can sort by other columns than its own order. Immutable. */
public sealed interface IndexedRelation extends CatalogObject
    permits IndexedObject, ViewDefinition {
  /** It as a table: its columns with their numbers, what sorts its rows, and its indexes. */
  TableDefinition asTable();

  /** The indexes that CREATE INDEX and constraints made. */
  List<IndexDefinition> indexes();

  /** The index of a number. */
  default Optional<IndexDefinition> index(int indexId) {
    return indexes().stream().filter(index -> index.id() == indexId).findFirst();
  }

  /** The index of a name. */
  default Optional<IndexDefinition> index(String indexName) {
    return indexes().stream().filter(index -> index.name().equals(indexName)).findFirst();
  }
}
