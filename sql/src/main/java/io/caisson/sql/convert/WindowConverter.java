package io.caisson.sql.convert;

import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.WatermarkDefinition;
import io.caisson.plan.EventTime;
import io.caisson.plan.Filter;
import io.caisson.plan.Plan;
import io.caisson.plan.Sessions;
import io.caisson.plan.StreamScan;
import io.caisson.plan.Windows;
import io.caisson.sql.validate.WindowCall;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableFunctionScan;

/** Makes windows of table functions. Stateless. */
final class WindowConverter {
  private static final long MICROS_PER_MILLI = 1_000L;

  Plan convert(TableFunctionScan scan, Function<RelNode, Plan> inputs) {
    WindowCall call =
        WindowCall.of(scan)
            .orElseThrow(
                () ->
                    Refusal.of(
                        "the rows of a function alone",
                        "Put a table or stream before it in FROM, whose rows it belongs to."));
    Plan source = inputs.apply(scan.getInput(0));
    EventTime time = EventTime.of(source).get(call.timeColumn());
    if (time == null) {
      checkTime(source);
    }
    if (call.assigner().isPresent()) {
      return new Windows(source, call.timeColumn(), call.assigner().get().times(MICROS_PER_MILLI));
    }
    long gap = Math.multiplyExact(call.gapMillis(), MICROS_PER_MILLI);
    return time != null && !time.settles() && source.appendOnly()
        ? new Sessions(source, call.timeColumn(), call.partition(), gap)
        : PlainSessions.of(source, call.timeColumn(), call.partition(), gap);
  }

  /**
   * A window over what is no event time takes its rows back as they go, and never closes. Of a
   * stream that would be a mistake rather than a wish.
   */
  private static void checkTime(Plan source) {
    Optional<StreamDefinition> stream = stream(source);
    if (stream.isEmpty()) {
      return;
    }
    WatermarkDefinition watermark = stream.get().watermark();
    if (watermark == null) {
      throw PlanConverter.invalid(
          "stream \""
              + stream.get().name()
              + "\" has no watermark, so its windows would never close",
          "Create the stream with WATERMARK FOR its TIMESTAMP column.");
    }
    String wanted = stream.get().columns().get(watermark.column()).name();
    throw PlanConverter.invalid(
        "the window's time must be the watermark's column \"" + wanted + "\"",
        "Write DESCRIPTOR(" + wanted + ").");
  }

  /** The stream whose rows these are, filtered at most. */
  private static Optional<StreamDefinition> stream(Plan source) {
    if (source instanceof Filter filter) {
      return stream(filter.source());
    }
    return source instanceof StreamScan scan ? Optional.of(scan.stream()) : Optional.empty();
  }
}
