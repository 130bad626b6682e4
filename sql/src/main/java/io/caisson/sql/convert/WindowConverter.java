package io.caisson.sql.convert;

import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.WatermarkDefinition;
import io.caisson.plan.Plan;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;

/** Makes windows of table functions. Stateless. */
final class WindowConverter {
  private static final long MICROS_PER_MILLI = 1_000L;

  Plan convert(TableFunctionScan scan, Function<RelNode, Plan> inputs) {
    if (!(scan.getCall() instanceof RexCall call)) {
      throw Refusal.of("table functions", "There is TUMBLE.");
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (!name.equals("TUMBLE")) {
      throw Refusal.of(name + " windows", "There is TUMBLE.");
    }
    Plan source = inputs.apply(scan.getInput(0));
    StreamDefinition stream = stream(source);
    int column = timeColumn(call.getOperands().get(0), stream);
    long size = micros(call.getOperands().get(1), "size");
    long offset = call.getOperands().size() > 2 ? micros(call.getOperands().get(2), "offset") : 0;
    if (size <= 0) {
      throw PlanConverter.invalid("a window's size must be positive", "Write INTERVAL '1' MINUTE.");
    }
    return new Plan.TumbleWindow(source, column, size, offset);
  }

  /** Late rows are rows of the stream, so nothing but filters may stand between. */
  private static StreamDefinition stream(Plan source) {
    Plan below = source;
    while (below instanceof Plan.Filter filter) {
      below = filter.source();
    }
    if (below instanceof Plan.StreamScan scan) {
      return scan.stream();
    }
    throw Refusal.of(
        "a window over computed columns",
        "Put the stream itself into TUMBLE, as in TUMBLE(TABLE s, DESCRIPTOR(ts), ...), and compute outside of it.");
  }

  private static int timeColumn(RexNode descriptor, StreamDefinition stream) {
    int column =
        descriptor.getKind() == SqlKind.DESCRIPTOR
                && descriptor instanceof RexCall call
                && call.getOperands().get(0) instanceof RexInputRef reference
            ? reference.getIndex()
            : -1;
    WatermarkDefinition watermark = stream.watermark();
    if (watermark == null) {
      throw PlanConverter.invalid(
          "stream \"" + stream.name() + "\" has no watermark, so its windows would never close",
          "Create the stream with WATERMARK FOR its TIMESTAMP column.");
    }
    if (column != watermark.column()) {
      String wanted = stream.columns().get(watermark.column()).name();
      throw PlanConverter.invalid(
          "the window's time must be the watermark's column \"" + wanted + "\"",
          "Write DESCRIPTOR(" + wanted + ").");
    }
    return column;
  }

  private static long micros(RexNode node, String what) {
    boolean interval =
        SqlTypeFamily.INTERVAL_DAY_TIME.getTypeNames().contains(node.getType().getSqlTypeName());
    if (interval
        && node instanceof RexLiteral literal
        && literal.getValue() instanceof BigDecimal millis) {
      return millis.longValueExact() * MICROS_PER_MILLI;
    }
    throw PlanConverter.invalid(
        "a window's " + what + " must be a constant interval of days or less",
        "Write INTERVAL '1' MINUTE.");
  }
}
