package io.caisson.sql.validate;

import com.google.common.collect.ImmutableList;
import io.caisson.sql.match.MatchRewrite;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.util.ImmutableBitSet;

/** Calcite's converter, which makes our node of a MATCH_RECOGNIZE. For one query. */
final class TreeConverter extends SqlToRelConverter {
  TreeConverter(
      RelOptTable.ViewExpander views,
      SqlValidator validator,
      Prepare.CatalogReader names,
      RelOptCluster cluster,
      Config config) {
    super(views, validator, names, cluster, new Convertlets(), config);
  }

  @Override
  protected void convertMatchRecognize(Blackboard place, SqlMatchRecognize match) {
    super.convertMatchRecognize(place, match);
    place.setRoot(MatchRewrite.of((Match) place.root()), true);
  }

  /**
   * DISTINCT is made without a look at whether the rows are distinct anyway: sub-queries are still
   * in the tree, and Calcite's predicates of INTERSECT fail on them.
   */
  @Override
  protected RelNode createAggregate(
      Blackboard place,
      ImmutableBitSet groups,
      ImmutableList<ImmutableBitSet> groupingSets,
      List<AggregateCall> calls) {
    RelNode rows = place.root();
    boolean distinct =
        calls.isEmpty()
            && rows != null
            && groups.cardinality() == rows.getRowType().getFieldCount();
    return distinct
        ? LogicalAggregate.create(rows, List.of(), groups, groupingSets, calls)
        : super.createAggregate(place, groups, groupingSets, calls);
  }
}
