package io.caisson.sql.run;

import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;

/** The leaf of a tree where rows come out of the engine. Immutable. */
final class SourceScan extends AbstractRelNode implements EnumerableRel {
  private static final double ASSUMED_ROWS = 10_000;
  private static final double CONDITION_SELECTIVITY = 0.1;

  private final int index;
  private final ScanTarget target;

  SourceScan(RelOptCluster cluster, int index, ScanTarget target, RelDataType row) {
    super(cluster, cluster.traitSetOf(EnumerableConvention.INSTANCE));
    this.index = index;
    this.target = target;
    this.rowType = row;
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("object", target.object().name())
        .item("columns", target.columnText())
        .itemIf("conditions", target.conditionText(), !target.request().conditions().isEmpty())
        .itemIf("path", target.pathText(), target.pathText() != null)
        .item("scan", index);
  }

  /** What is read. */
  ScanTarget target() {
    return target;
  }

  @Override
  public double estimateRowCount(RelMetadataQuery metadata) {
    AccessPath path = target.request().path();
    if (path != null) {
      return Math.max(1, path.rows());
    }
    return ASSUMED_ROWS * Math.pow(CONDITION_SELECTIVITY, target.request().conditions().size());
  }

  @Override
  public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery metadata) {
    double rows = estimateRowCount(metadata);
    return planner.getCostFactory().makeCost(rows, rows, 0);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer preference) {
    var types = implementor.getTypeFactory();
    PhysType arrays = PhysTypeImpl.of(types, rowType, JavaRowFormat.ARRAY, false);
    PhysType physical = PhysTypeImpl.of(types, rowType, preference.preferArray());
    Expression rows =
        Expressions.call(QueryContext.class, "rows", DataContext.ROOT, Expressions.constant(index));
    var block = new BlockBuilder();
    block.add(Expressions.return_(null, RowForm.converted(rows, arrays, physical)));
    return implementor.result(physical, block.toBlock());
  }
}
