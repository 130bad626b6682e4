package io.caisson.plan;

import java.util.List;

/**
 * A standing query as a tree, inputs below. Every node says what it puts out and whether its output
 * only ever grows. Immutable.
 */
public sealed interface Plan
    permits StreamScan,
        TableScan,
        Filter,
        SkipErrors,
        Project,
        Punctual,
        EmitOnClose,
        AsOfNow,
        Aggregate,
        Over,
        Match,
        Unnest,
        Join,
        IntervalJoin,
        AsofJoin,
        SetOperation {
  /** Name of the column in which a window's begin stands. */
  String WINDOW_START = "window_start";

  /** Name of the column in which a window's end, exclusive, stands. */
  String WINDOW_END = "window_end";

  /** What the node puts out, in order. */
  List<Field> fields();

  /** The nodes below, from left to right. */
  List<Plan> inputs();

  /** Whether rows are only ever added to the output, never taken back. */
  boolean appendOnly();
}
