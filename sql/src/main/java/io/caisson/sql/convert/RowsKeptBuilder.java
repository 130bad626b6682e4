package io.caisson.sql.convert;

import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;
import org.jspecify.annotations.Nullable;

/**
 * A builder that makes no constants of rows which no condition lets through: a standing query knows
 * no other rows than those of its inputs. For one thread.
 */
final class RowsKeptBuilder extends RelBuilder {
  /** Makes them. */
  static final RelBuilderFactory FACTORY =
      (cluster, schema) -> new RowsKeptBuilder(cluster.getPlanner().getContext(), cluster, schema);

  private RowsKeptBuilder(
      @Nullable Context context, RelOptCluster cluster, @Nullable RelOptSchema schema) {
    super(context, cluster, schema);
  }

  @Override
  public RelBuilder empty() {
    return push(LogicalFilter.create(build(), literal(false)));
  }
}
