package io.caisson.sql.convert;

import io.caisson.function.FunctionRegistry;
import io.caisson.function.ScalarFunction;
import io.caisson.plan.Expression;
import io.caisson.plan.Field;
import io.caisson.plan.Operator;
import io.caisson.plan.Plan;
import io.caisson.plan.Unnest;
import io.caisson.sql.validate.JsonTableFunction;
import io.caisson.sql.validate.SeriesFunction;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Rows joined with the elements of an array of theirs, or with what is in a JSON value: what
 * Calcite runs for each row anew is a row made to many.
 *
 * <pre>
 *   Correlate(left, Filter(Project(Uncollect(Project(elements($cor.a))))))
 *     = Filter(Project(Unnest(Project(left.*, left.a))))
 *   Correlate(left, jsonb_each($cor.doc))
 *     = Project(left.*, m ->> 0, m -> 1)(Unnest(Project(left.*, jsonb_each(left.doc) AS m)))
 * </pre>
 *
 * For one join.
 */
final class UnnestConverter {
  private final @Nullable CorrelationId row;
  private final Plan left;
  private final RexBuilder rex;
  private final int width;

  /** Whether rows with nothing to be joined with are kept. */
  private final boolean keepsLeft;

  private UnnestConverter(
      RexBuilder rex, @Nullable CorrelationId row, boolean keepsLeft, Plan left) {
    this.row = row;
    this.keepsLeft = keepsLeft;
    this.left = left;
    this.rex = rex;
    this.width = left.fields().size();
  }

  /** The plan of a join with something that depends on the row. */
  static Plan convert(Correlate join, Function<RelNode, Plan> inputs) {
    boolean inner = join.getJoinType() == JoinRelType.INNER;
    if (!inner && join.getJoinType() != JoinRelType.LEFT) {
      throw refused();
    }
    return new UnnestConverter(
            join.getCluster().getRexBuilder(),
            join.getCorrelationId(),
            !inner,
            inputs.apply(join.getLeft()))
        .plan(join.getRight());
  }

  /**
   * The plan of a join with rows that are the same for each row, and that a function makes; null
   * where it is another join.
   */
  static @Nullable Plan ofConstant(Join join, Function<RelNode, Plan> inputs) {
    boolean inner = join.getJoinType() == JoinRelType.INNER;
    boolean always = join.getCondition().isAlwaysTrue();
    if (!makesRows(join.getRight())
        || !(inner || (always && join.getJoinType() == JoinRelType.LEFT))) {
      return null;
    }
    RexBuilder rex = join.getCluster().getRexBuilder();
    Plan joined =
        new UnnestConverter(rex, null, !inner, inputs.apply(join.getLeft())).plan(join.getRight());
    return always
        ? joined
        : new io.caisson.plan.Filter(
            joined,
            new ExpressionConverter(rex, PlanConverter.columns(joined))
                .convert(join.getCondition()));
  }

  private static boolean makesRows(RelNode node) {
    if (node instanceof Project || node instanceof Filter) {
      return makesRows(node.getInput(0));
    }
    if (node instanceof Uncollect) {
      return node.getInput(0) instanceof Project project && project.getInput() instanceof Values;
    }
    return node instanceof TableFunctionScan scan
        && scan.getCall() instanceof RexCall call
        && (call.getOperator() instanceof JsonTableFunction
            || call.getOperator() instanceof SeriesFunction);
  }

  private Plan plan(RelNode node) {
    Plan joined = right(node);
    if (!keepsLeft) {
      return joined;
    }
    int columns = joined.fields().size() - 1;
    return new io.caisson.plan.Project(
        joined,
        PlanConverter.columns(joined).subList(0, columns),
        joined.fields().subList(0, columns).stream().map(Field::name).toList());
  }

  private static RuntimeException refused() {
    return Refusal.of(
        "LATERAL, or a sub-query that depends on the row in this way", "Write it as a join.");
  }

  /**
   * The left columns and then those of a node on the right. Where left rows are kept that are
   * joined with nothing, there is a column more, which is NULL in these.
   */
  private Plan right(RelNode node) {
    if (node instanceof Uncollect uncollect) {
      return unnest(uncollect);
    }
    if (node instanceof TableFunctionScan scan
        && scan.getCall() instanceof RexCall call
        && call.getOperator() instanceof JsonTableFunction function) {
      return json(function, call);
    }
    if (node instanceof TableFunctionScan scan
        && scan.getCall() instanceof RexCall call
        && call.getOperator() instanceof SeriesFunction) {
      return unnest(expression(SeriesFunction.array(call, rex), left), false);
    }
    if (node instanceof Project project) {
      Plan source = right(project.getInput());
      var expressions = new ArrayList<>(PlanConverter.columns(source).subList(0, width));
      var names = new ArrayList<>(left.fields().stream().map(Field::name).toList());
      for (RexNode expression : project.getProjects()) {
        expressions.add(whereJoined(expression(expression, source), source));
      }
      names.addAll(project.getRowType().getFieldNames());
      return projected(source, expressions, names);
    }
    if (node instanceof Filter filter && !keepsLeft) {
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
    return unnest(expression(project.getProjects().get(0), left), uncollect.withOrdinality);
  }

  private Plan unnest(Expression array, boolean numbered) {
    List<Expression> columns = new ArrayList<>(PlanConverter.columns(left));
    columns.add(array);
    var names = new ArrayList<>(left.fields().stream().map(Field::name).toList());
    names.add("array");
    var unnested =
        new Unnest(
            new io.caisson.plan.Project(left, columns, names), numbered || keepsLeft, keepsLeft);
    if (!numbered) {
      return unnested;
    }
    return projected(
        unnested,
        new ArrayList<>(PlanConverter.columns(unnested)),
        new ArrayList<>(unnested.fields().stream().map(Field::name).toList()));
  }

  /** Columns over a source, and behind them the one that tells which rows are joined. */
  private Plan projected(Plan source, List<Expression> expressions, List<String> names) {
    if (keepsLeft) {
      List<Expression> columns = PlanConverter.columns(source);
      expressions.add(columns.get(columns.size() - 1));
      names.add(Unnest.ORDINALITY);
    }
    return new io.caisson.plan.Project(source, expressions, names);
  }

  /** A column of the right side: NULL in rows that are joined with nothing, whatever it says. */
  private Expression whereJoined(Expression expression, Plan source) {
    if (!keepsLeft) {
      return expression;
    }
    List<Expression> columns = PlanConverter.columns(source);
    var alone =
        new Expression.OperatorCall(
            Operator.IS_NULL,
            List.of(columns.get(columns.size() - 1)),
            SqlType.of(TypeKind.BOOLEAN).withNullable(false));
    SqlType type = expression.type().withNullable(true);
    return new Expression.OperatorCall(
        Operator.CASE, List.of(alone, new Expression.Literal(null, type), expression), type);
  }

  /** The rows of a JSON value: the elements of an array of them, members taken apart again. */
  private Plan json(JsonTableFunction function, RexCall call) {
    Expression value =
        Casts.like(SqlType.of(TypeKind.JSONB), expression(call.getOperands().get(0), left));
    SqlType text = SqlType.of(TypeKind.TEXT);
    Expression second =
        call.getOperands().size() > 1
            ? Casts.like(text, expression(call.getOperands().get(1), left))
            : new Expression.Literal(function.getName(), text.withNullable(false));
    ScalarFunction rows = function.rows().function(function.getName());
    Plan unnested =
        unnest(new Expression.FunctionCall(rows, List.of(value, second), rows.result()), false);
    return switch (function.rows()) {
      case ELEMENTS, ELEMENTS_AS_TEXT, NAMES, PATH -> unnested;
      case MEMBERS -> members(unnested, "->");
      case MEMBERS_AS_TEXT -> members(unnested, "->>");
    };
  }

  private Plan members(Plan unnested, String valueOperator) {
    List<Expression> columns = PlanConverter.columns(unnested);
    var expressions = new ArrayList<>(columns.subList(0, width));
    expressions.add(part("->>", columns.get(width), 0));
    expressions.add(part(valueOperator, columns.get(width), 1));
    var names = new ArrayList<>(left.fields().stream().map(Field::name).toList());
    names.add("key");
    names.add("value");
    return projected(unnested, expressions, names);
  }

  private static Expression part(String operator, Expression member, long index) {
    SqlType number = SqlType.of(TypeKind.BIGINT);
    ScalarFunction element =
        FunctionRegistry.builtIn().named(operator).stream()
            .filter(candidate -> candidate.arguments().get(1).equals(number))
            .findFirst()
            .orElseThrow();
    var place = new Expression.Literal(index, number.withNullable(false));
    return new Expression.FunctionCall(element, List.of(member, place), element.result());
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
                        && variable.id.equals(row);
                if (!ofLeft) {
                  throw refused();
                }
                return new RexInputRef(access.getField().getIndex(), access.getType());
              }
            });
    return new ExpressionConverter(rex, PlanConverter.columns(source)).convert(shifted);
  }
}
