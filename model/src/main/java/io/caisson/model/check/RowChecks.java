package io.caisson.model.check;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.List;

/** Checks rows against the definition of the object that they are for. Stateless. */
public final class RowChecks {
  private RowChecks() {}

  /**
   * Checks number and physical form of the columns and NOT NULL.
   *
   * @throws CaissonException DATATYPE_MISMATCH or NOT_NULL_VIOLATION
   */
  public static void check(CatalogObject object, Columns rows) {
    checkForm(object, rows);
    List<ColumnDefinition> definitions = object.columns();
    for (int i = 0; i < definitions.size(); i++) {
      if (!definitions.get(i).type().nullable()) {
        checkNotNull(object, definitions.get(i), rows.column(i));
      }
    }
  }

  /**
   * Checks number and physical form of the columns.
   *
   * @throws CaissonException DATATYPE_MISMATCH
   */
  public static void checkForm(CatalogObject object, Columns rows) {
    List<ColumnDefinition> definitions = object.columns();
    if (rows.columns().size() != definitions.size()) {
      throw new CaissonException(
          SqlState.DATATYPE_MISMATCH,
          "\""
              + object.name()
              + "\" has "
              + definitions.size()
              + " columns, the rows have "
              + rows.columns().size());
    }
    for (int i = 0; i < definitions.size(); i++) {
      ColumnDefinition definition = definitions.get(i);
      if (rows.column(i).physical() != definition.type().physical()) {
        throw new CaissonException(
            SqlState.DATATYPE_MISMATCH,
            "Column \""
                + definition.name()
                + "\" of \""
                + object.name()
                + "\" is "
                + definition.type().sql()
                + ", which is not what the rows hold");
      }
    }
  }

  /** Fails where a row of a column is NULL, naming the first such row. */
  private static void checkNotNull(
      CatalogObject object, ColumnDefinition definition, Column column) {
    if (!column.mayHaveNulls()) {
      return;
    }
    for (int row = 0; row < column.size(); row++) {
      if (column.isNull(row)) {
        throw new CaissonException(
                SqlState.NOT_NULL_VIOLATION,
                "null value in column \""
                    + definition.name()
                    + "\" of relation \""
                    + object.name()
                    + "\" violates not-null constraint, row "
                    + (row + 1))
            .withHint("The column is NOT NULL: give it a value.");
      }
    }
  }
}
