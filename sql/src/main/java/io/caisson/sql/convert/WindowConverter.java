package io.caisson.sql.convert;

import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.WatermarkDefinition;
import io.caisson.error.CaissonException;
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
                    Refusal.of("table functions", "There are TUMBLE, HOP, CUMULATE and SESSION."));
    Plan source = inputs.apply(scan.getInput(0));
    EventTime time = EventTime.of(source).get(call.timeColumn());
    if (time == null) {
      throw withoutTime(source, call.timeColumn());
    }
    if (call.assigner().isPresent()) {
      return new Windows(source, call.timeColumn(), call.assigner().get().times(MICROS_PER_MILLI));
    }
    if (time.settles()) {
      throw Refusal.of(
          "a session window over the result of another window",
          "Use TUMBLE, HOP or CUMULATE there, or a session over the stream itself.");
    }
    return new Sessions(
        source,
        call.timeColumn(),
        call.partition(),
        Math.multiplyExact(call.gapMillis(), MICROS_PER_MILLI));
  }

  /** Why a window over a column would never close. */
  private static CaissonException withoutTime(Plan source, int column) {
    Optional<StreamDefinition> stream = stream(source);
    if (stream.isEmpty()) {
      return Refusal.of(
          "a window over \""
              + source.fields().get(column).name()
              + "\", which is no event time here",
          "Put the column of the stream's watermark into the window, unchanged, or window_start or window_end of a "
              + "query that groups by it.");
    }
    WatermarkDefinition watermark = stream.get().watermark();
    if (watermark == null) {
      return PlanConverter.invalid(
          "stream \""
              + stream.get().name()
              + "\" has no watermark, so its windows would never close",
          "Create the stream with WATERMARK FOR its TIMESTAMP column.");
    }
    String wanted = stream.get().columns().get(watermark.column()).name();
    return PlanConverter.invalid(
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
