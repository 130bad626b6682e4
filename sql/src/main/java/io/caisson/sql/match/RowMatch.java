package io.caisson.sql.match;

import io.caisson.function.match.RowPattern;
import io.caisson.function.match.Slot;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * The matches of a row pattern. Of one row for a match it puts out the partition's columns and what
 * is read of the match; of all rows of a match these with what is read of the match. Expressions
 * over single rows are computed below it, and those over what is read above. Immutable but for what
 * the planner does to its input.
 */
public final class RowMatch extends SingleRel {
  private final Spec spec;

  /** A node. */
  RowMatch(RelOptCluster cluster, RelTraitSet traits, RelNode input, Spec spec, RelDataType row) {
    super(cluster, traits, input);
    this.spec = spec;
    this.rowType = row;
  }

  /**
   * What is looked for, and what is read of it.
   *
   * @param pattern the pattern, its times in milliseconds
   * @param partition the fields that partition the rows
   * @param order how a partition is sorted; rows that this does not tell apart by all the fields
   *     that the rows have before any is computed of them
   * @param width how many these are
   * @param definitions for each variable what its rows must fulfil
   * @param outputs what is read of a match
   */
  public record Spec(
      RowPattern pattern,
      List<Integer> partition,
      RelCollation order,
      int width,
      List<MatchDefinition> definitions,
      List<Slot> outputs) {
    /** Copies the lists. */
    public Spec {
      partition = List.copyOf(partition);
      definitions = List.copyOf(definitions);
      outputs = List.copyOf(outputs);
    }

    /** Whether conditions see a row and its neighbours only. */
    public boolean local() {
      return definitions.stream().allMatch(definition -> definition.matched().isEmpty());
    }

    /** The same with conditions that a shuttle has changed. */
    public Spec changed(RexShuttle shuttle) {
      List<MatchDefinition> changed =
          definitions.stream()
              .map(definition -> definition.map(condition -> changed(condition, shuttle)))
              .toList();
      return changed.equals(definitions)
          ? this
          : new Spec(pattern, partition, order, width, changed, outputs);
    }

    private static RexNode changed(RexNode condition, RexShuttle shuttle) {
      return condition.accept(shuttle);
    }
  }

  static RowMatch of(RelNode input, Spec spec, RelDataType row) {
    RelOptCluster cluster = input.getCluster();
    return new RowMatch(cluster, cluster.traitSetOf(Convention.NONE), input, spec, row);
  }

  /** What is looked for. */
  public Spec spec() {
    return spec;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new RowMatch(getCluster(), traits, inputs.get(0), spec, rowType);
  }

  @Override
  public RelNode accept(RexShuttle shuttle) {
    Spec changed = spec.changed(shuttle);
    return changed.equals(spec)
        ? this
        : new RowMatch(getCluster(), traitSet, getInput(), changed, rowType);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("match", spec);
  }
}
