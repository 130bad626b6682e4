package io.caisson.sql.run;

import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Spares columns that nobody reads, but not those below an as-of join: of several rows at the same
 * time all columns decide which one is found. For one tree. Public because Calcite finds its
 * methods by reflection.
 */
public final class FieldTrimmer extends RelFieldTrimmer {
  /** A trimmer that makes its nodes with a builder. */
  FieldTrimmer(RelBuilder builder) {
    super(null, builder);
  }

  /** Leaves an as-of join as it is. */
  public TrimResult trimFields(
      AsofJoin join, ImmutableBitSet fieldsUsed, Set<RelDataTypeField> extraFields) {
    return trimFields((RelNode) join, fieldsUsed, extraFields);
  }

  /** Tells a join of all columns that its right side reads, of which it may know only some. */
  @Override
  public TrimResult trimFields(
      LogicalCorrelate join, ImmutableBitSet fieldsUsed, Set<RelDataTypeField> extraFields) {
    ImmutableBitSet read = RelOptUtil.correlationColumns(join.getCorrelationId(), join.getRight());
    LogicalCorrelate whole =
        join.copy(
            join.getTraitSet(),
            join.getLeft(),
            join.getRight(),
            join.getCorrelationId(),
            join.getRequiredColumns().union(read),
            join.getJoinType());
    return super.trimFields(whole, fieldsUsed, extraFields);
  }
}
