package io.caisson.plan;

import io.caisson.catalog.WatermarkDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the times in a column of a plan's output follow the watermarks of streams. Immutable.
 *
 * <pre>
 *   stream's event time        rows with any time may come; a window tells which are late
 *        │ window, or a join that wants rows in time
 *        ▼
 *   window_end, ts, …          settled: no row with the value changes any more once
 *        │ GROUP BY, join …    all watermarks have passed it by their delays
 *        ▼
 *   settled
 * </pre>
 *
 * @param settles whether rows stand once the watermarks have passed; otherwise it is the event time
 *     of streams
 * @param bounds which watermarks, at least one
 */
public record EventTime(boolean settles, List<Bound> bounds) {
  /**
   * A stream and how far its watermark must have passed a value.
   *
   * @param stream the stream
   * @param delayMicros how far, not negative
   */
  public record Bound(StreamScan stream, long delayMicros) {
    Bound later(long micros) {
      long delay = delayMicros + micros;
      return new Bound(stream, delay < delayMicros ? Long.MAX_VALUE : delay);
    }
  }

  /** Copies the list. */
  public EventTime {
    bounds = List.copyOf(bounds);
  }

  /** By how much the watermarks must have passed a value at most. */
  public long delayMicros() {
    return bounds.stream().mapToLong(Bound::delayMicros).max().orElse(0);
  }

  /** The columns of a plan's output that have to do with event time, by their positions. */
  public static Map<Integer, EventTime> of(Plan plan) {
    if (plan instanceof StreamScan scan) {
      WatermarkDefinition watermark = scan.stream().watermark();
      return watermark == null
          ? Map.of()
          : Map.of(watermark.column(), new EventTime(false, List.of(new Bound(scan, 0))));
    }
    if (plan instanceof TableScan || plan instanceof AsOfNow) {
      return Map.of(); // rows may come and go at any time
    }
    if (plan instanceof Filter filter) {
      return of(filter.source());
    }
    if (plan instanceof SkipErrors skip) {
      return of(skip.source());
    }
    if (plan instanceof EmitOnClose emit) {
      return of(emit.source());
    }
    if (plan instanceof Over over) {
      return partitioned(over);
    }
    if (plan instanceof Match match) {
      return matched(match);
    }
    if (plan instanceof Project project) {
      return projected(project);
    }
    if (plan instanceof Windowed windowed) {
      return windowed(windowed);
    }
    if (plan instanceof InTime inTime) {
      return inTime(inTime);
    }
    if (plan instanceof Unnest unnest) {
      return of(unnest.source()); // the array, which is no time, has made room for an element
    }
    if (plan instanceof Join join) {
      return joined(join);
    }
    if (plan instanceof IntervalJoin join) {
      return joinedNear(join);
    }
    if (plan instanceof AsofJoin join) {
      return asofOf(join).map(time -> Map.of(join.match().leftTime(), time)).orElse(Map.of());
    }
    if (plan instanceof SetOperation operation) {
      return combined(operation);
    }
    return grouped((Aggregate) plan);
  }

  /** Of some columns of a plan the one that settles first, if any does. */
  public static Optional<Integer> firstSettled(
      Map<Integer, EventTime> times, List<Integer> columns) {
    Optional<Integer> first = Optional.empty();
    long delay = Long.MAX_VALUE;
    for (int column : columns) {
      EventTime time = times.get(column);
      if (time != null && time.settles() && (first.isEmpty() || time.delayMicros() < delay)) {
        first = Optional.of(column);
        delay = time.delayMicros();
      }
    }
    return first;
  }

  /**
   * When a row stands that meets others at some distance: once it stands itself, and they do.
   *
   * @param others when the other rows stand
   * @param distance how far behind its own the last times are that it meets
   */
  EventTime meeting(EventTime others, long distance) {
    List<Bound> later =
        others.bounds.stream().map(bound -> bound.later(Math.max(distance, 0))).toList();
    return with(new EventTime(settles, later)).orElseThrow();
  }

  private EventTime settledAfter(long micros) {
    return new EventTime(true, bounds.stream().map(bound -> bound.later(micros)).toList());
  }

  private Optional<EventTime> with(EventTime other) {
    return settles != other.settles
        ? Optional.empty()
        : Optional.of(
            new EventTime(
                settles,
                Stream.concat(bounds.stream(), other.bounds.stream()).distinct().toList()));
  }

  private static Map<Integer, EventTime> projected(Project project) {
    Map<Integer, EventTime> below = of(project.source());
    var times = new HashMap<Integer, EventTime>();
    for (int i = 0; i < project.expressions().size(); i++) {
      if (project.expressions().get(i) instanceof Expression.InputColumn column
          && below.containsKey(column.index())) {
        times.put(i, below.get(column.index()));
      }
    }
    return times;
  }

  /**
   * What a window lets through is in time, so its columns settle: the end with the watermark, the
   * begin, and the time itself, by the length of the window later. A session may have begun at any
   * time, only its end settles.
   */
  private static Map<Integer, EventTime> windowed(Windowed windowed) {
    var times = new HashMap<>(of(windowed.source()));
    EventTime time = times.get(windowed.timeColumn());
    times.values().removeIf(any -> !any.settles());
    int start = windowed.source().fields().size();
    if (time != null && windowed instanceof Windows windows) {
      times.put(
          windowed.timeColumn(), time.settledAfter(time.settles ? 0 : windows.assigner().size()));
      times.put(start, time.settledAfter(windows.assigner().size()));
    }
    if (time != null) {
      times.put(start + 1, time.settledAfter(0));
    }
    return times;
  }

  /**
   * A row's results change with other rows of its partition, which share the partition's columns.
   */
  private static Map<Integer, EventTime> partitioned(Over over) {
    var times = new HashMap<>(of(over.source()));
    times
        .entrySet()
        .removeIf(e -> !e.getValue().settles() || !over.partition().contains(e.getKey()));
    return times;
  }

  /** A match changes with other rows of its partition, which share the partition's columns. */
  private static Map<Integer, EventTime> matched(Match match) {
    Map<Integer, EventTime> below = of(match.source());
    var times = new HashMap<Integer, EventTime>();
    for (int i = 0; i < match.partition().size(); i++) {
      int column = match.partition().get(i);
      EventTime time = below.get(column);
      if (time != null && time.settles()) {
        times.put(match.pattern().allRows() ? column : i, time);
      }
    }
    return times;
  }

  private static Map<Integer, EventTime> grouped(Aggregate aggregate) {
    Map<Integer, EventTime> below = of(aggregate.source());
    var times = new HashMap<Integer, EventTime>();
    for (int i = 0; i < aggregate.groupColumns().size(); i++) {
      EventTime time = below.get(aggregate.groupColumns().get(i));
      if (time != null && time.settles()) {
        times.put(i, time);
      }
    }
    return times;
  }

  /** Rows of a time that the watermark has passed are late; one that it has reached is not. */
  private static Map<Integer, EventTime> inTime(InTime inTime) {
    var times = new HashMap<>(of(inTime.source()));
    EventTime time = times.get(inTime.timeColumn());
    times.values().removeIf(any -> !any.settles());
    if (time != null) {
      times.put(inTime.timeColumn(), time.settledAfter(1));
    }
    return times;
  }

  /** The times of a join of rows that are near each other. */
  private static Map<Integer, EventTime> joinedNear(IntervalJoin join) {
    var times = new HashMap<>(joined(join.join()));
    times.put(join.leftTime(), leftOf(join));
    if (join.join().kind().putsOutPairs()) {
      times.put(join.join().left().fields().size() + join.rightTime(), rightOf(join));
    }
    return times;
  }

  /**
   * When the left rows of a join stand, with what they find, by their time; never where a right row
   * of any later time can change it.
   */
  public static Optional<EventTime> asofOf(AsofJoin join) {
    EventTime left = of(join.left()).get(join.match().leftTime());
    EventTime right = of(join.right()).get(join.match().rightTime());
    boolean settles = left != null && right != null && left.settles() && right.settles();
    return settles && !join.match().later()
        ? Objects.requireNonNull(left).with(Objects.requireNonNull(right))
        : Optional.empty();
  }

  /** When the left rows of a join stand, with all that they meet. */
  public static EventTime leftOf(IntervalJoin join) {
    return settling(join.join().left(), join.leftTime())
        .meeting(settling(join.join().right(), join.rightTime()), join.distance().toMicros());
  }

  /** When the right rows of a join stand, with all that they meet. */
  public static EventTime rightOf(IntervalJoin join) {
    return settling(join.join().right(), join.rightTime())
        .meeting(settling(join.join().left(), join.leftTime()), -join.distance().fromMicros());
  }

  private static EventTime settling(Plan input, int column) {
    EventTime time = of(input).get(column);
    if (time == null || !time.settles()) {
      throw new IllegalArgumentException("column " + column + " does not settle");
    }
    return time;
  }

  /** A pair stands once both its rows do, which is known of times that both sides compare. */
  private static Map<Integer, EventTime> joined(Join join) {
    Map<Integer, EventTime> left = of(join.left());
    Map<Integer, EventTime> right = of(join.right());
    int border = join.left().fields().size();
    var times = new HashMap<Integer, EventTime>();
    for (int i = 0; i < join.keys().left().size(); i++) {
      EventTime one = left.get(join.keys().left().get(i));
      EventTime other = right.get(join.keys().right().get(i));
      if (one != null && other != null && one.settles() && other.settles()) {
        EventTime both = one.with(other).orElseThrow();
        times.put(join.keys().left().get(i), both);
        if (join.kind().putsOutPairs()) {
          times.put(border + join.keys().right().get(i), both);
        }
      }
    }
    return times;
  }

  private static Map<Integer, EventTime> combined(SetOperation operation) {
    Map<Integer, EventTime> left = of(operation.left());
    Map<Integer, EventTime> right = of(operation.right());
    var times = new HashMap<Integer, EventTime>();
    left.forEach(
        (column, time) -> {
          EventTime other = right.get(column);
          boolean passes = time.settles() || operation.kind() == SetKind.UNION_ALL;
          if (other != null && passes) {
            time.with(other).ifPresent(both -> times.put(column, both));
          }
        });
    return times;
  }
}
