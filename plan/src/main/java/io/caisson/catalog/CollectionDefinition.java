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
 * @param pathIndexes its indexes on paths, which programs make
 * @param nextNumber what the next index of either kind is numbered
 * @param indexes its indexes over the columns that SQL sees
 */
public record CollectionDefinition(
    long id,
    String name,
    List<DocumentIndex> pathIndexes,
    int nextNumber,
    List<IndexDefinition> indexes)
    implements IndexedObject {
  /** Position of the column that holds a document's id. */
  public static final int ID = 0;

  /** Position of the column that holds the document. */
  public static final int DOCUMENT = 1;

  /** How SQL calls a document's id; also its name among the members that Java sees. */
  public static final String ID_NAME = "_id";

  private static final SqlType DOCUMENT_TYPE = SqlType.of(TypeKind.JSONB);

  private static final List<ColumnDefinition> COLUMNS =
      List.of(
          new ColumnDefinition(ID_NAME, SqlType.of(TypeKind.TEXT).withNullable(false)).withId(ID),
          new ColumnDefinition("doc", DOCUMENT_TYPE.withNullable(false)).withId(DOCUMENT));

  /** What the first index is numbered: columns have the numbers before. */
  public static final int FIRST_NUMBER = COLUMNS.size();

  /** Copies the lists. */
  public CollectionDefinition {
    pathIndexes = List.copyOf(pathIndexes);
    indexes = List.copyOf(indexes);
  }

  /** A collection without indexes. */
  public CollectionDefinition(long id, String name) {
    this(id, name, List.of(), FIRST_NUMBER, List.of());
  }

  /** The same definition with its number, which the catalog gives on creation. */
  public CollectionDefinition withId(long newId) {
    return new CollectionDefinition(newId, name, pathIndexes, nextNumber, indexes);
  }

  /** The index on a path of a name. */
  public Optional<DocumentIndex> pathIndex(String indexName) {
    return pathIndexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
  }

  /** The same collection with an index on a path in the place of the one of its name, or added. */
  public CollectionDefinition with(DocumentIndex index) {
    var changed = new ArrayList<>(without(index.name()).pathIndexes());
    changed.add(index);
    int next = Math.max(nextNumber, index.id() + 1);
    return new CollectionDefinition(id, name, changed, next, indexes);
  }

  /** The same collection without the index on a path of a name. */
  public CollectionDefinition without(String indexName) {
    List<DocumentIndex> rest =
        pathIndexes.stream().filter(index -> !index.name().equals(indexName)).toList();
    return new CollectionDefinition(id, name, rest, nextNumber, indexes);
  }

  @Override
  public CollectionDefinition withIndexes(List<IndexDefinition> newIndexes) {
    return new CollectionDefinition(id, name, pathIndexes, nextNumber, newIndexes);
  }

  @Override
  public CollectionDefinition withIndex(IndexDefinition index) {
    var changed = new ArrayList<>(indexes);
    changed.add(index.withId(nextNumber));
    return new CollectionDefinition(id, name, pathIndexes, nextNumber + 1, changed);
  }

  @Override
  public TableDefinition asTable() {
    var rules = new TableDefinition.Rules(indexes, List.of(), List.of());
    return new TableDefinition(id, name, COLUMNS, primaryKey(), nextNumber, rules);
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
