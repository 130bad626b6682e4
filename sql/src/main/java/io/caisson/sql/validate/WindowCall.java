package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.window.CumulatingWindows;
import io.caisson.function.window.HoppingWindows;
import io.caisson.function.window.TumblingWindows;
import io.caisson.function.window.WindowAssigner;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.type.SqlTypeFamily;

/**
 * A window as a query describes it, checked. Immutable.
 *
 * @param timeColumn position of the column of times
 * @param partition positions of the columns that tell whose session it is
 * @param assigner the windows, in milliseconds; none of a session
 * @param gapMillis the gap between sessions; 0 of other windows
 */
public record WindowCall(
    int timeColumn, List<Integer> partition, Optional<WindowAssigner> assigner, long gapMillis) {
  private static final String EXAMPLE = "Write INTERVAL '1' MINUTE.";

  /** Copies the list. */
  public WindowCall {
    partition = List.copyOf(partition);
  }

  /**
   * The window of a table function, or nothing if it is another function.
   *
   * @throws CaissonException 42P16 for lengths that make no windows
   */
  public static Optional<WindowCall> of(TableFunctionScan scan) {
    return scan.getCall() instanceof RexCall call
            && call.getOperator() instanceof SqlWindowTableFunction
            && scan.getInputs().size() == 1
        ? Optional.of(read(call))
        : Optional.empty();
  }

  private static WindowCall read(RexCall call) {
    List<List<Integer>> columns = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      if (operand.getKind() == SqlKind.DESCRIPTOR && operand instanceof RexCall descriptor) {
        columns.add(descriptor.getOperands().stream().map(WindowCall::position).toList());
      } else {
        lengths.add(millis(operand));
      }
    }
    int time = columns.get(0).get(0);
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "TUMBLE" -> aligned(time, tumble(lengths.get(0), offset(lengths, 1)));
      case "HOP" -> aligned(time, hop(lengths.get(0), lengths.get(1), offset(lengths, 2)));
      case "CUMULATE" ->
          aligned(time, cumulate(lengths.get(0), lengths.get(1), offset(lengths, 2)));
      default ->
          new WindowCall(
              time,
              columns.size() > 1 ? columns.get(1) : List.of(),
              Optional.empty(),
              positive(lengths.get(0), "gap"));
    };
  }

  private static WindowCall aligned(int time, WindowAssigner assigner) {
    return new WindowCall(time, List.of(), Optional.of(assigner), 0);
  }

  private static WindowAssigner tumble(long size, long offset) {
    return new TumblingWindows(positive(size, "size"), offset);
  }

  private static WindowAssigner hop(long slide, long size, long offset) {
    positive(slide, "slide");
    positive(size, "size");
    if (slide > size) {
      throw invalid(
          "a window's slide must not be greater than its size",
          "HOP(TABLE s, DESCRIPTOR(ts), slide, size): the slide comes before the size.");
    }
    checkCount((size - 1) / slide + 1);
    return new HoppingWindows(slide, size, offset);
  }

  private static WindowAssigner cumulate(long step, long size, long offset) {
    positive(step, "step");
    positive(size, "size");
    if (size < step || size % step != 0) {
      throw invalid(
          "a window's size must be a multiple of its step",
          "CUMULATE(TABLE s, DESCRIPTOR(ts), step, size): the step comes before the size.");
    }
    checkCount(size / step);
    return new CumulatingWindows(step, size, offset);
  }

  private static void checkCount(long windows) {
    if (windows > WindowAssigner.MOST) {
      throw invalid(
          "each row would be in " + windows + " windows, more than " + WindowAssigner.MOST,
          "Choose a longer slide or step.");
    }
  }

  private static long offset(List<Long> lengths, int index) {
    return lengths.size() > index ? lengths.get(index) : 0;
  }

  private static long positive(long length, String what) {
    if (length <= 0) {
      throw invalid("a window's " + what + " must be positive", EXAMPLE);
    }
    return length;
  }

  private static int position(RexNode column) {
    return column instanceof RexInputRef reference ? reference.getIndex() : -1;
  }

  private static long millis(RexNode node) {
    boolean interval =
        SqlTypeFamily.INTERVAL_DAY_TIME.getTypeNames().contains(node.getType().getSqlTypeName());
    if (interval
        && node instanceof RexLiteral literal
        && literal.getValue() instanceof BigDecimal millis) {
      return millis.longValueExact();
    }
    throw invalid("a window's lengths must be constant intervals of days or less", EXAMPLE);
  }

  private static CaissonException invalid(String message, String hint) {
    return new CaissonException(SqlState.INVALID_DEFINITION, message).withHint(hint);
  }
}
