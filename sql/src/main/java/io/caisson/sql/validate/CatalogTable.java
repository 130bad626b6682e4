package io.caisson.sql.validate;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** An object of the catalog as Calcite sees it. Immutable. */
public class CatalogTable extends AbstractTable {
  private final CatalogObject object;

  CatalogTable(CatalogObject object) {
    this.object = object;
  }

  /** An object as a table of Calcite. */
  public static CatalogTable of(CatalogObject object) {
    return new CatalogTable(object);
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
    if (object instanceof SubscriptionDefinition) {
      throw new CaissonException(
              SqlState.WRONG_OBJECT_TYPE,
              "\"" + object.name() + "\" is a subscription, and cannot be queried")
          .withHint("SUBSCRIBE TO " + object.name() + " reads it.");
    }
    var row = types.builder();
    object.columns().forEach(c -> row.add(c.name(), SqlTypes.toCalcite(c.type(), types)));
    return row.build();
  }
}
