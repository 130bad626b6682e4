package io.caisson.plan;

import io.caisson.catalog.CatalogObject;
import java.util.List;

/**
 * All rows of what keeps rows that may change: a table, a collection, a bucket, a table without a
 * schema.
 *
 * @param relation the object, with the columns that the query sees
 */
public record TableScan(CatalogObject relation) implements Plan {
  @Override
  public List<Field> fields() {
    return relation.columns().stream().map(c -> new Field(c.name(), c.type())).toList();
  }

  @Override
  public List<Plan> inputs() {
    return List.of();
  }

  @Override
  public boolean appendOnly() {
    return false;
  }

  /** What matters to whoever reads it: neither its name nor its indexes and constraints. */
  @Override
  public String toString() {
    return "TableScan[id=" + relation.id() + ", fields=" + fields() + "]";
  }
}
