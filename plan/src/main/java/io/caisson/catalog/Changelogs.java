package io.caisson.catalog;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of changelogs: what was done, and each column of the table before and after.
 * Stateless.
 *
 * <pre>
 * users (id, name)   →   op 'insert' | 'update' | 'delete', old_id, old_name, new_id, new_name
 * </pre>
 *
 * A row that came has no old values, one that went no new ones: they are NULL.
 */
public final class Changelogs {
  /** The name of the column that says what was done. */
  public static final String OPERATION = "op";

  /** What the names of columns from before the change begin with. */
  public static final String OLD = "old_";

  /** What the names of columns from after the change begin with. */
  public static final String NEW = "new_";

  private Changelogs() {}

  /** The columns of a changelog of a table. */
  public static List<ColumnDefinition> columns(TableDefinition table) {
    var columns = new ArrayList<ColumnDefinition>();
    columns.add(new ColumnDefinition(OPERATION, SqlType.of(TypeKind.TEXT).withNullable(false)));
    for (String prefix : List.of(OLD, NEW)) {
      for (ColumnDefinition column : table.columns()) {
        columns.add(new ColumnDefinition(prefix + column.name(), column.type().withNullable(true)));
      }
    }
    return columns;
  }
}
