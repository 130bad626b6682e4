package io.caisson.sql;

import io.caisson.plan.Aggregate;
import io.caisson.plan.AggregateCall;
import io.caisson.plan.AsOfNow;
import io.caisson.plan.EmitOnClose;
import io.caisson.plan.Expression;
import io.caisson.plan.Filter;
import io.caisson.plan.InTime;
import io.caisson.plan.IntervalJoin;
import io.caisson.plan.Join;
import io.caisson.plan.Match;
import io.caisson.plan.Over;
import io.caisson.plan.Plan;
import io.caisson.plan.Project;
import io.caisson.plan.Sessions;
import io.caisson.plan.SetOperation;
import io.caisson.plan.SkipErrors;
import io.caisson.plan.StreamScan;
import io.caisson.plan.TimeRange;
import io.caisson.plan.Windowed;
import io.caisson.plan.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Plans as short text, inputs last. Stateless. */
final class PlanText {
  private PlanText() {}

  static String of(Plan plan) {
    if (plan instanceof StreamScan scan) {
      return "scan " + scan.stream().name();
    }
    if (plan instanceof Filter filter) {
      return "filter " + text(filter.condition()) + " < " + of(filter.source());
    }
    if (plan instanceof Project project) {
      var items = new ArrayList<String>();
      for (int i = 0; i < project.names().size(); i++) {
        items.add(project.names().get(i) + ":" + text(project.expressions().get(i)));
      }
      return "project " + String.join(", ", items) + " < " + of(project.source());
    }
    if (plan instanceof Windowed window) {
      return windowed(window);
    }
    if (plan instanceof SkipErrors skip) {
      return "skip errors < " + of(skip.source());
    }
    if (plan instanceof EmitOnClose emit) {
      return "emit on close $" + emit.timeColumn() + " < " + of(emit.source());
    }
    if (plan instanceof Over over) {
      return "over "
          + over.calls().stream().map(call -> call.function().name()).toList()
          + " by "
          + over.partition()
          + (over.limit().isPresent() ? " limit " + over.limit().getAsLong() : "")
          + " < "
          + of(over.source());
    }
    if (plan instanceof Match match) {
      return "match " + match.pattern().variables() + " by " + match.partition() + inputs(plan);
    }
    if (plan instanceof AsOfNow || plan instanceof InTime || plan instanceof IntervalJoin) {
      return timed(plan);
    }
    if (plan instanceof Join join) {
      return join.kind().name().toLowerCase(Locale.ROOT)
          + " join "
          + join.keys().left()
          + (join.keys().nullsMatch() ? " is " : " = ")
          + join.keys().right()
          + join.condition().map(condition -> " and " + text(condition)).orElse("")
          + inputs(plan);
    }
    if (plan instanceof SetOperation operation) {
      return operation.kind().name().toLowerCase(Locale.ROOT) + inputs(plan);
    }
    var aggregate = (Aggregate) plan;
    return "aggregate "
        + aggregate.groupColumns()
        + " "
        + aggregate.calls().stream().map(PlanText::text).toList()
        + " < "
        + of(aggregate.source());
  }

  private static String timed(Plan plan) {
    if (plan instanceof AsOfNow now) {
      String way = now.leaves() ? "until $" : "from $";
      return way + now.timeColumn() + " + " + now.afterMicros() + " < " + of(now.source());
    }
    if (plan instanceof InTime gate) {
      return "in time $" + gate.timeColumn() + " < " + of(gate.source());
    }
    var near = (IntervalJoin) plan;
    TimeRange distance = near.distance();
    return "$%d to $%d from %d to %d "
            .formatted(
                near.leftTime(), near.rightTime(), distance.fromMicros(), distance.toMicros())
        + of(near.join());
  }

  private static String windowed(Windowed plan) {
    if (plan instanceof Windows window) {
      return "window $"
          + window.timeColumn()
          + " "
          + window.assigner()
          + " < "
          + of(window.source());
    }
    var window = (Sessions) plan;
    return "session $"
        + window.timeColumn()
        + " by "
        + window.partition()
        + " "
        + window.gapMicros()
        + " < "
        + of(window.source());
  }

  private static String inputs(Plan plan) {
    return plan.inputs().stream().map(PlanText::of).collect(Collectors.joining(" | ", " < (", ")"));
  }

  private static String text(AggregateCall call) {
    return call.name()
        + ":"
        + call.function()
        + (call.rows().distinct() ? " distinct" : "")
        + (call.rows().arguments().isEmpty()
            ? "(*)"
            : call.rows().arguments().stream()
                .map(column -> "$" + column)
                .collect(Collectors.joining(", ", "(", ")")))
        + (call.rows().filter().isPresent() ? " filter $" + call.rows().filter().getAsInt() : "")
        + " "
        + call.type().sql();
  }

  static String text(Expression expression) {
    if (expression instanceof Expression.InputColumn column) {
      return "$" + column.index();
    }
    if (expression instanceof Expression.Literal literal) {
      return literal.value() instanceof String text ? "'" + text + "'" : literal.value() + "";
    }
    if (expression instanceof Expression.FunctionCall call) {
      return call.function().name() + texts(call.arguments());
    }
    var call = (Expression.OperatorCall) expression;
    String name = call.operator().name();
    return (name.equals("CAST") ? name + " " + call.type().sql() : name) + texts(call.arguments());
  }

  private static String texts(List<Expression> arguments) {
    return arguments.stream().map(PlanText::text).collect(Collectors.joining(", ", "(", ")"));
  }
}
