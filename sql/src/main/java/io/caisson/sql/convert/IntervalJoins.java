package io.caisson.sql.convert;

import io.caisson.plan.EventTime;
import io.caisson.plan.Expression;
import io.caisson.plan.Filter;
import io.caisson.plan.InTime;
import io.caisson.plan.IntervalJoin;
import io.caisson.plan.Join;
import io.caisson.plan.Plan;
import io.caisson.plan.Project;
import io.caisson.plan.SetKind;
import io.caisson.plan.SetOperation;
import io.caisson.plan.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds joins whose condition says that the event times of both sides are near each other, so that
 * rows need not be kept for ever:
 *
 * <pre>
 *   join a.id = b.id and b.ts between            interval join, 0 to 10 min
 *        a.ts and a.ts + 10 min          ──▶       in time a.ts
 *     scan a                                         scan a
 *     scan b                                       in time b.ts
 *                                                    scan b
 * </pre>
 *
 * Stateless.
 */
final class IntervalJoins {
  private IntervalJoins() {}

  /** The join as one of near rows, where it is one. */
  static Plan recognised(Join join) {
    Map<Integer, EventTime> left = new TreeMap<>(EventTime.of(join.left()));
    Map<Integer, EventTime> right = new TreeMap<>(EventTime.of(join.right()));
    if (join.condition().isEmpty() || join.keys().nullsMatch() || settles(join, left, right)) {
      return join;
    }
    for (int leftTime : left.keySet()) {
      for (int rightTime : right.keySet()) {
        int border = join.left().fields().size();
        Optional<TimeRange> distance =
            TimeDistances.between(leftTime, border + rightTime, join.condition().get());
        if (distance.isPresent()) {
          return near(join, leftTime, rightTime, distance.get());
        }
      }
    }
    return join;
  }

  /** Whether the keys themselves tell when rows stand. */
  private static boolean settles(
      Join join, Map<Integer, EventTime> left, Map<Integer, EventTime> right) {
    for (int i = 0; i < join.keys().left().size(); i++) {
      EventTime one = left.get(join.keys().left().get(i));
      EventTime other = right.get(join.keys().right().get(i));
      if (one != null && other != null && one.settles() && other.settles()) {
        return true;
      }
    }
    return false;
  }

  private static Plan near(Join join, int leftTime, int rightTime, TimeRange distance) {
    var gated =
        new Join(
            inTime(join.left(), leftTime, distance),
            inTime(join.right(), rightTime, distance.reversed()),
            join.kind(),
            join.keys(),
            join.condition());
    return new IntervalJoin(gated, leftTime, rightTime, distance);
  }

  /** The rows of a plan whose time in a column was not late when they came to their stream. */
  static Plan inTime(Plan plan, int column, TimeRange meets) {
    EventTime time = EventTime.of(plan).get(column);
    if (time == null) {
      throw new IllegalArgumentException("column " + column + " is no event time");
    }
    if (time.settles()) {
      return plan;
    }
    if (plan instanceof Filter filter) {
      return new Filter(inTime(filter.source(), column, meets), filter.condition());
    }
    if (plan instanceof Project project
        && project.expressions().get(column) instanceof Expression.InputColumn below) {
      return new Project(
          inTime(project.source(), below.index(), meets), project.expressions(), project.names());
    }
    if (plan instanceof SetOperation union && union.kind() == SetKind.UNION_ALL) {
      List<Plan> inputs = new ArrayList<>();
      union.inputs().forEach(input -> inputs.add(inTime(input, column, meets)));
      return new SetOperation(inputs.get(0), inputs.get(1), union.kind());
    }
    return new InTime(plan, column, meets);
  }
}
