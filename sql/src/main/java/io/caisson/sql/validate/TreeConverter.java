package io.caisson.sql.validate;

import io.caisson.sql.match.MatchRewrite;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;

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
}
