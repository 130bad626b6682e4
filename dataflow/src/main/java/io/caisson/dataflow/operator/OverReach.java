package io.caisson.dataflow.operator;

import io.caisson.dataflow.operator.OverSpec.Call;
import io.caisson.function.window.Frame;

/**
 * How far the results of some functions see from their row, and so how far a row that comes or goes
 * is seen. Immutable.
 *
 * <pre>
 *                 back                  ahead
 *   ──────◀────────────────■──────────────────▶──────   the rows that the result of ■ depends on
 *            ahead                 back
 *   ──◀──────────────────■────────────────▶──────────   the rows whose results depend on ■
 * </pre>
 *
 * @param back how many rows back; {@link Frame#ALL} for all, or where it depends on values
 * @param ahead how many rows ahead; {@link Frame#ALL} for all, or where it depends on values, but
 *     for rows that the order does not tell from the row itself
 */
record OverReach(long back, long ahead) {
  /** Regions of more rows than this are no better than whole partitions. */
  private static final long FARTHEST = 1L << 20;

  static OverReach of(OverSpec spec) {
    var reach = new OverReach(0, 0);
    for (Call call : spec.calls()) {
      OverReach one = of(call);
      reach = new OverReach(Math.max(reach.back, one.back), Math.max(reach.ahead, one.ahead));
    }
    return reach;
  }

  private static OverReach of(Call call) {
    return switch (call.function()) {
      case ROW_NUMBER, RANK, DENSE_RANK -> new OverReach(Frame.ALL, 0);
      case LAG -> new OverReach(Math.max(0, call.offset()), Math.max(0, -(long) call.offset()));
      case LEAD -> new OverReach(Math.max(0, -(long) call.offset()), Math.max(0, call.offset()));
      case FIRST_VALUE, LAST_VALUE, COUNT, SUM, AVG, MIN, MAX -> of(call.frame());
    };
  }

  private static OverReach of(Frame frame) {
    if (frame.hasGroups()) {
      boolean toPeers = frame.end() == 0 && frame.endDistance() == null;
      return new OverReach(Frame.ALL, toPeers ? 0 : Frame.ALL);
    }
    return new OverReach(Math.max(0, frame.start()), Math.max(0, frame.end()));
  }

  /** Whether a change is seen by a certain number of rows around it only. */
  boolean bounded() {
    return back <= FARTHEST && ahead <= FARTHEST;
  }

  /** Whether rows so far in front of a change do not see it. */
  boolean seesOnlySoFarAhead() {
    return ahead <= FARTHEST;
  }

  /** How many rows must lie between two changes that no result sees both of. */
  long apart() {
    return bounded() ? back + ahead : Frame.ALL;
  }
}
