package io.caisson.catalog;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;

/**
 * A collection of JSON documents, each under a text that is its id. SQL sees it as a relation of
 * two columns. Immutable.
 *
 * @param id its number
 * @param name its name
 */
public record CollectionDefinition(long id, String name) implements CatalogObject {
  /** Position of the column that holds a document's id. */
  public static final int ID = 0;

  /** Position of the column that holds the document. */
  public static final int DOCUMENT = 1;

  /** How SQL calls a document's id; also its name among the members that Java sees. */
  public static final String ID_NAME = "_id";

  private static final SqlType DOCUMENT_TYPE = SqlType.of(TypeKind.TEXT);

  private static final List<ColumnDefinition> COLUMNS =
      List.of(
          new ColumnDefinition(ID_NAME, SqlType.of(TypeKind.TEXT).withNullable(false)),
          new ColumnDefinition("doc", DOCUMENT_TYPE.withNullable(false)));

  @Override
  public List<ColumnDefinition> columns() {
    return COLUMNS;
  }

  @Override
  public String kind() {
    return "COLLECTION";
  }
}
