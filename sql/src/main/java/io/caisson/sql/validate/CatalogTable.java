package io.caisson.sql.validate;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** An object of the catalog as Calcite sees it. Immutable. */
public final class CatalogTable extends AbstractTable {
  private final CatalogObject object;

  CatalogTable(CatalogObject object) {
    this.object = object;
  }

  /** The object. */
  public CatalogObject object() {
    return object;
  }

  /** Hidden columns do not belong to {@code *}. */
  @Override
  public boolean isRolledUp(String column) {
    return object.columns().stream().anyMatch(c -> c.hidden() && c.name().equals(column));
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    if (object instanceof RecordTableDefinition) {
      throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "\""
                  + object.name()
                  + "\" is a table without a schema and cannot be queried with SQL yet")
          .withHint("Read it through the record API, or keep its rows in a stream or table.");
    }
    var row = types.builder();
    object.columns().forEach(c -> row.add(c.name(), SqlTypes.toCalcite(c.type(), types)));
    return row.build();
  }
}
