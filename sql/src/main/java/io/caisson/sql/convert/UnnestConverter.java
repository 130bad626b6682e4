package io.caisson.sql.convert;

import io.caisson.plan.Expression;
import io.caisson.plan.Field;
import io.caisson.plan.Plan;
import io.caisson.plan.Unnest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Rows joined with the elements of an array of theirs: what Calcite runs for each row anew is a row
 * made to many.
 *
 * <pre>
 *   Correlate(left, Filter(Project(Uncollect(Project(elements($cor.a))))))
 *     = Filter(Project(Unnest(Project(left.*, left.a))))
 * </pre>
 *
 * For one join.
 */
final class UnnestConverter {
  private final Correlate join;
  private final Plan left;
  private final RexBuilder rex;
  private final int width;

  private UnnestConverter(Correlate join, Plan left) {
    this.join = join;
    this.left = left;
    this.rex = join.getCluster().getRexBuilder();
    this.width = left.fields().size();
  }

  /** The plan of a join with something that depends on the row. */
  static Plan convert(Correlate join, Function<RelNode, Plan> inputs) {
    boolean inner = join.getJoinType() == JoinRelType.INNER;
    if (!inner && join.getJoinType() != JoinRelType.LEFT) {
      throw refused();
    }
    return new UnnestConverter(join, inputs.apply(join.getLeft())).right(join.getRight());
  }

  private static RuntimeException refused() {
    return Refusal.of(
        "LATERAL, or a sub-query that depends on the row in this way", "Write it as a join.");
  }

  /** The left columns and then those of a node on the right. */
  private Plan right(RelNode node) {
    if (node instanceof Uncollect uncollect) {
      return unnest(uncollect);
    }
    if (node instanceof Project project) {
      Plan source = right(project.getInput());
      var expressions = new ArrayList<>(PlanConverter.columns(source).subList(0, width));
      var names = new ArrayList<>(left.fields().stream().map(Field::name).toList());
      for (RexNode expression : project.getProjects()) {
        expressions.add(expression(expression, source));
      }
      names.addAll(project.getRowType().getFieldNames());
      return new io.caisson.plan.Project(source, expressions, names);
    }
    if (node instanceof Filter filter && join.getJoinType() == JoinRelType.INNER) {
      Plan source = right(filter.getInput());
      return new io.caisson.plan.Filter(source, expression(filter.getCondition(), source));
    }
    throw refused();
  }

  private Plan unnest(Uncollect uncollect) {
    if (!(uncollect.getInput() instanceof Project project)
        || !(project.getInput() instanceof Values)
        || project.getProjects().size() != 1) {
      throw refused();
    }
    List<Expression> columns = new ArrayList<>(PlanConverter.columns(left));
    columns.add(expression(project.getProjects().get(0), left));
    var names = new ArrayList<>(left.fields().stream().map(Field::name).toList());
    names.add("array");
    return new Unnest(
        new io.caisson.plan.Project(left, columns, names),
        uncollect.withOrdinality,
        join.getJoinType() == JoinRelType.LEFT);
  }

  /** An expression of the right side, where the left columns stand before those of the source. */
  private Expression expression(RexNode node, Plan source) {
    RexNode shifted =
        node.accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef reference) {
                return new RexInputRef(width + reference.getIndex(), reference.getType());
              }

              @Override
              public RexNode visitFieldAccess(RexFieldAccess access) {
                boolean ofLeft =
                    access.getReferenceExpr() instanceof RexCorrelVariable variable
                        && variable.id.equals(join.getCorrelationId());
                if (!ofLeft) {
                  throw refused();
                }
                return new RexInputRef(access.getField().getIndex(), access.getType());
              }
            });
    return new ExpressionConverter(rex, PlanConverter.columns(source)).convert(shifted);
  }
}
