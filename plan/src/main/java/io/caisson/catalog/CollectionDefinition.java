package io.caisson.catalog;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A collection of JSON documents, each under a text that is its id. SQL sees it as a relation of
 * two columns. Immutable.
 *
 * @param id its number
 * @param name its name
 * @param indexes its indexes
 */
public record CollectionDefinition(long id, String name, List<DocumentIndex> indexes)
    implements KeyedObject {
  /** Position of the column that holds a document's id. */
  public static final int ID = 0;

  /** Position of the column that holds the document. */
  public static final int DOCUMENT = 1;

  /** How SQL calls a document's id; also its name among the members that Java sees. */
  public static final String ID_NAME = "_id";

  private static final SqlType DOCUMENT_TYPE = SqlType.of(TypeKind.JSONB);

  private static final List<ColumnDefinition> COLUMNS =
      List.of(
          new ColumnDefinition(ID_NAME, SqlType.of(TypeKind.TEXT).withNullable(false)),
          new ColumnDefinition("doc", DOCUMENT_TYPE.withNullable(false)));

  /** Copies the list. */
  public CollectionDefinition {
    indexes = List.copyOf(indexes);
  }

  /** A collection without indexes. */
  public CollectionDefinition(long id, String name) {
    this(id, name, List.of());
  }

  /** The same definition with its number, which the catalog gives on creation. */
  public CollectionDefinition withId(long newId) {
    return new CollectionDefinition(newId, name, indexes);
  }

  /** The index of a name. */
  public Optional<DocumentIndex> index(String indexName) {
    return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
  }

  /** The same collection with an index in the place of the one of its name, or added. */
  public CollectionDefinition with(DocumentIndex index) {
    var changed = new ArrayList<>(without(index.name()).indexes());
    changed.add(index);
    return new CollectionDefinition(id, name, changed);
  }

  /** The same collection without the index of a name. */
  public CollectionDefinition without(String indexName) {
    return new CollectionDefinition(
        id, name, indexes.stream().filter(index -> !index.name().equals(indexName)).toList());
  }

  @Override
  public List<ColumnDefinition> columns() {
    return COLUMNS;
  }

  @Override
  public List<Integer> primaryKey() {
    return List.of(ID);
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public String kind() {
    return "COLLECTION";
  }
}
