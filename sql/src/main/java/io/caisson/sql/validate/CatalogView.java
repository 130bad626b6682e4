package io.caisson.sql.validate;

import io.caisson.catalog.PlainViewDefinition;
import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.schema.TranslatableTable;

/** A view as Calcite sees it: a table whose scan is its query. Immutable. */
final class CatalogView extends CatalogTable implements TranslatableTable {
  private final PlainViewDefinition view;

  CatalogView(PlainViewDefinition view) {
    super(view);
    this.view = view;
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return context
        .expandView(table.getRowType(), view.query(), List.of(), List.of(view.name()))
        .project();
  }
}
