package io.caisson.sql.convert;

import io.caisson.plan.Expression;
import io.caisson.plan.Operator;
import io.caisson.plan.Over;
import io.caisson.plan.Plan;
import io.caisson.plan.Project;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds where a query wants only the first rows of each partition, so that no more need be computed
 * and kept:
 *
 * <pre>
 *   filter rank <= 3                       filter rank <= 3
 *     project …, rank             ──▶        project …, rank
 *       over ROW_NUMBER() AS rank              over ROW_NUMBER() AS rank, limit 3
 * </pre>
 *
 * Stateless.
 */
final class TopRows {
  private TopRows() {}

  /** The rows below a filter, without those that a limit spares. */
  static Plan limited(Plan source, Expression condition) {
    Plan limited = source;
    for (Expression part : conjunctions(condition)) {
      if (part instanceof Expression.OperatorCall call && call.arguments().size() == 2) {
        limited = limited(limited, call);
      }
      if (part instanceof Expression.InputColumn column && limited instanceof Project project) {
        Plan below = limited(project.source(), project.expressions().get(column.index()));
        limited = new Project(below, project.expressions(), project.names());
      }
    }
    return limited;
  }

  static List<Expression> conjunctions(Expression condition) {
    return condition instanceof Expression.OperatorCall call && call.operator() == Operator.AND
        ? call.arguments().stream().flatMap(part -> conjunctions(part).stream()).toList()
        : List.of(condition);
  }

  private static Plan limited(Plan source, Expression.OperatorCall call) {
    Expression left = call.arguments().get(0);
    Expression right = call.arguments().get(1);
    if (left instanceof Expression.InputColumn column
        && right instanceof Expression.Literal literal
        && literal.value() instanceof Long number) {
      return switch (call.operator()) {
        case LESS_OR_EQUAL, EQUAL -> limited(source, column.index(), number);
        case LESS -> limited(source, column.index(), number - 1);
        default -> source;
      };
    }
    return source;
  }

  private static Plan limited(Plan source, int column, long limit) {
    if (source instanceof Project project
        && project.expressions().get(column) instanceof Expression.InputColumn below) {
      Plan limited = limited(project.source(), below.index(), limit);
      return new Project(limited, project.expressions(), project.names());
    }
    if (source instanceof Over over
        && limit >= 0
        && over.calls().size() == 1
        && over.calls().get(0).function().ranks()
        && column == over.source().fields().size()) {
      long least = Math.min(limit, over.limit().orElse(limit));
      return new Over(
          over.source(), over.partition(), over.order(), over.calls(), OptionalLong.of(least));
    }
    return source;
  }
}
