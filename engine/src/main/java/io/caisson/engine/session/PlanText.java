package io.caisson.engine.session;

import io.caisson.plan.Aggregate;
import io.caisson.plan.AggregateCall;
import io.caisson.plan.AsOfNow;
import io.caisson.plan.AsofJoin;
import io.caisson.plan.AsofMatch;
import io.caisson.plan.EmitOnClose;
import io.caisson.plan.Expression;
import io.caisson.plan.Field;
import io.caisson.plan.Filter;
import io.caisson.plan.InTime;
import io.caisson.plan.IntervalJoin;
import io.caisson.plan.Join;
import io.caisson.plan.LateRows;
import io.caisson.plan.Match;
import io.caisson.plan.Over;
import io.caisson.plan.Plan;
import io.caisson.plan.Project;
import io.caisson.plan.SetOperation;
import io.caisson.plan.SkipErrors;
import io.caisson.plan.SortKey;
import io.caisson.plan.StreamScan;
import io.caisson.plan.TableScan;
import io.caisson.plan.Unnest;
import io.caisson.plan.Windowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan as people read it: a line for each step, inputs below and indented. */
final class PlanText {
  private static final long MICROS_PER_MILLI = 1_000;

  private PlanText() {}

  /** The lines of a plan. */
  static String of(Plan plan) {
    return steps(plan).stream().map(Step::line).collect(Collectors.joining("\n", "", "\n"));
  }

  /**
   * A step of a plan.
   *
   * @param plan the part of the plan
   * @param line its line
   */
  record Step(Plan plan, String line) {}

  /** The steps of a plan, each before those below it. */
  static List<Step> steps(Plan plan) {
    var steps = new ArrayList<Step>();
    append(plan, 0, steps);
    return steps;
  }

  private static void append(Plan plan, int depth, List<Step> steps) {
    steps.add(new Step(plan, "  ".repeat(depth) + (depth == 0 ? "" : "-> ") + line(plan)));
    plan.inputs().forEach(below -> append(below, depth + 1, steps));
  }

  private static String line(Plan plan) {
    if (plan instanceof StreamScan scan) {
      int shards = scan.stream().shards();
      return "Stream " + scan.stream().name() + (shards == 1 ? "" : " of " + shards + " shards");
    }
    if (plan instanceof TableScan scan) {
      String kind = scan.relation().kind();
      return kind.charAt(0)
          + kind.substring(1).toLowerCase(Locale.ROOT)
          + " "
          + scan.relation().name();
    }
    if (plan instanceof Filter filter) {
      return "Filter: " + expression(filter.condition(), filter.source().fields());
    }
    if (plan instanceof Project project) {
      List<Field> below = project.source().fields();
      return "Project: "
          + project.expressions().stream()
              .map(e -> expression(e, below))
              .collect(Collectors.joining(", "));
    }
    if (plan instanceof Windowed window) {
      return "Window: " + LateRows.name(window);
    }
    if (plan instanceof SkipErrors) {
      return "Skip errors";
    }
    if (plan instanceof Unnest unnest) {
      List<Field> below = unnest.source().fields();
      return "Unnest: " + below.get(below.size() - 1).name();
    }
    if (plan instanceof EmitOnClose emit) {
      return "Emit on window close: " + emit.fields().get(emit.timeColumn()).name();
    }
    if (plan instanceof Over over) {
      return over(over);
    }
    if (plan instanceof Match match) {
      return MatchText.of(match);
    }
    if (plan instanceof AsOfNow
        || plan instanceof InTime
        || plan instanceof IntervalJoin
        || plan instanceof AsofJoin) {
      return timed(plan);
    }
    if (plan instanceof Join join) {
      return join(join);
    }
    if (plan instanceof SetOperation operation) {
      return words(operation.kind());
    }
    return aggregate((Aggregate) plan);
  }

  private static String aggregate(Aggregate aggregate) {
    List<Field> below = aggregate.source().fields();
    String groups =
        aggregate.groupColumns().stream()
            .map(c -> below.get(c).name())
            .collect(Collectors.joining(", "));
    String calls =
        aggregate.calls().stream().map(call -> call(call, below)).collect(Collectors.joining(", "));
    return "Aggregate: " + calls + (groups.isEmpty() ? "" : " by " + groups);
  }

  private static String timed(Plan plan) {
    if (plan instanceof AsOfNow now) {
      return "As of now(): "
          + (now.leaves() ? "until " : "from ")
          + now.fields().get(now.timeColumn()).name()
          + (now.afterMicros() < 0 ? " - " : " + ")
          + Math.abs(now.afterMicros()) / MICROS_PER_MILLI
          + " ms";
    }
    if (plan instanceof InTime gate) {
      return "In time: " + gate.fields().get(gate.timeColumn()).name();
    }
    return plan instanceof IntervalJoin near
        ? "Near in time: " + join(near.join())
        : asof((AsofJoin) plan);
  }

  private static String over(Over over) {
    List<Field> below = over.source().fields();
    String calls =
        over.calls().stream().map(call -> call.function().name()).collect(Collectors.joining(", "));
    String partition =
        over.partition().stream().map(c -> below.get(c).name()).collect(Collectors.joining(", "));
    return "Over: "
        + calls
        + (partition.isEmpty() ? "" : " partition by " + partition)
        + order(over.order(), below)
        + (over.limit().isPresent() ? " limit " + over.limit().getAsLong() : "");
  }

  private static String join(Join join) {
    List<Field> left = join.left().fields();
    List<Field> right = join.right().fields();
    var conditions = new ArrayList<String>();
    for (int i = 0; i < join.keys().left().size(); i++) {
      conditions.add(
          left.get(join.keys().left().get(i)).name()
              + " = "
              + right.get(join.keys().right().get(i)).name());
    }
    var both = new ArrayList<>(left);
    both.addAll(right);
    join.condition().ifPresent(condition -> conditions.add(expression(condition, both)));
    return words(join.kind())
        + " join"
        + (conditions.isEmpty() ? "" : " on " + String.join(" and ", conditions));
  }

  private static String asof(AsofJoin join) {
    AsofMatch match = join.match();
    List<Field> left = join.left().fields();
    List<Field> right = join.right().fields();
    var conditions = new ArrayList<String>();
    for (int i = 0; i < join.keys().left().size(); i++) {
      conditions.add(
          left.get(join.keys().left().get(i)).name()
              + " = "
              + right.get(join.keys().right().get(i)).name());
    }
    return (join.keepsLeft() ? "Left as-of join" : "As-of join")
        + " of the "
        + (match.later() ? "first " : "last ")
        + right.get(match.rightTime()).name()
        + (match.later() ? " >" : " <")
        + (match.strict() ? " " : "= ")
        + left.get(match.leftTime()).name()
        + (conditions.isEmpty() ? "" : " on " + String.join(" and ", conditions));
  }

  /** A constant as words: {@code Union all}. */
  private static String words(Enum<?> constant) {
    String name = constant.name().replace('_', ' ');
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String call(AggregateCall call, List<Field> below) {
    AggregateCall.Rows rows = call.rows();
    String arguments =
        rows.arguments().stream().map(c -> below.get(c).name()).collect(Collectors.joining(", "));
    String filter =
        rows.filter().isPresent() ? " where " + below.get(rows.filter().getAsInt()).name() : "";
    return call.function().name().toLowerCase(Locale.ROOT)
        + "("
        + (rows.distinct() ? "distinct " : "")
        + (arguments.isEmpty() ? "*" : arguments)
        + order(rows.order(), below)
        + ")"
        + filter;
  }

  private static String order(List<SortKey> order, List<Field> below) {
    return order.isEmpty()
        ? ""
        : order.stream()
            .map(key -> below.get(key.column()).name() + (key.descending() ? " DESC" : ""))
            .collect(Collectors.joining(", ", " order by ", ""));
  }

  private static String expression(Expression expression, List<Field> below) {
    if (expression instanceof Expression.InputColumn column) {
      return below.get(column.index()).name();
    }
    if (expression instanceof Expression.Literal literal) {
      return literal.value() instanceof String text
          ? "'" + text + "'"
          : String.valueOf(literal.value());
    }
    if (expression instanceof Expression.FunctionCall call) {
      return call.function().name() + arguments(call.arguments(), below);
    }
    var call = (Expression.OperatorCall) expression;
    return call.operator().name().toLowerCase(Locale.ROOT) + arguments(call.arguments(), below);
  }

  private static String arguments(List<Expression> arguments, List<Field> below) {
    return arguments.stream()
        .map(e -> expression(e, below))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
