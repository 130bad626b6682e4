package io.caisson.catalog;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A table without a schema: records of named fields, each with a record type. SQL sees it as a
 * relation of three columns, and of each field that a statement names, as a text. Immutable.
 *
 * @param id its number
 * @param name its name
 * @param fields the fields that a statement names, columns behind the others; none in the catalog
 */
public record RecordTableDefinition(long id, String name, List<String> fields)
    implements KeyedObject {
  /** Position of the column that holds a record's id. */
  public static final int ID = 0;

  /** Position of the column that holds a record's type. */
  public static final int TYPE = 1;

  /** Position of the column that holds all fields as JSON. */
  public static final int RECORD = 2;

  private static final SqlType TEXT = SqlType.of(TypeKind.TEXT);
  private static final SqlType RECORD_TYPE = SqlType.of(TypeKind.JSONB);

  private static final List<ColumnDefinition> COLUMNS =
      List.of(
          new ColumnDefinition("_id", TEXT.withNullable(false)),
          new ColumnDefinition("_type", TEXT.withNullable(false)),
          new ColumnDefinition("record", RECORD_TYPE.withNullable(false)));

  /** Copies the list. */
  public RecordTableDefinition {
    fields = List.copyOf(fields);
  }

  /** The table as the catalog has it. */
  public RecordTableDefinition(long id, String name) {
    this(id, name, List.of());
  }

  /** The same table as a statement sees it that names some fields. */
  public RecordTableDefinition withFields(List<String> named) {
    return new RecordTableDefinition(id, name, named);
  }

  /** Whether a name is that of a column that every statement sees. */
  public static boolean isColumn(String name) {
    return COLUMNS.stream().anyMatch(column -> column.name().equals(name));
  }

  @Override
  public List<ColumnDefinition> columns() {
    if (fields.isEmpty()) {
      return COLUMNS;
    }
    var columns = new ArrayList<>(COLUMNS);
    fields.forEach(field -> columns.add(new ColumnDefinition(field, TEXT)));
    return columns;
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
    return "RECORD TABLE";
  }
}
