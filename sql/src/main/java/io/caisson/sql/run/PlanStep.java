package io.caisson.sql.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A step of a plan and those whose rows it takes. Immutable.
 *
 * @param name what kind of step it is
 * @param details what it does, by the name of each part
 * @param measured what it took, where the plan was run
 * @param inputs where its rows come from
 */
public record PlanStep(
    String name, Map<String, String> details, Optional<Measured> measured, List<PlanStep> inputs) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Copies the inputs. */
  public PlanStep {
    inputs = List.copyOf(inputs);
  }

  /**
   * What a step took.
   *
   * @param rows how many rows it gave, each time it ran
   * @param runs how often it ran
   * @param nanos how long, its inputs included
   */
  public record Measured(long rows, long runs, long nanos) {
    private String text(boolean timing) {
      String counts = "rows=" + rows + " runs=" + runs;
      return timing ? counts + String.format(Locale.ROOT, " time=%.3f ms", millis()) : counts;
    }

    /** The time in milliseconds. */
    public double millis() {
      return nanos / NANOS_PER_MILLI;
    }
  }

  /**
   * A line for each step, inputs below and indented.
   *
   * @param timing whether it says how long steps took
   */
  public String text(boolean timing) {
    var text = new StringBuilder();
    append(text, 0, timing);
    return text.toString();
  }

  private void append(StringBuilder text, int depth, boolean timing) {
    text.append("  ".repeat(depth)).append(name);
    if (!details.isEmpty()) {
      text.append(
          details.entrySet().stream()
              .map(detail -> detail.getKey() + "=[" + detail.getValue() + "]")
              .collect(Collectors.joining(", ", "(", ")")));
    }
    measured.ifPresent(m -> text.append(" (").append(m.text(timing)).append(')'));
    text.append('\n');
    inputs.forEach(input -> input.append(text, depth + 1, timing));
  }
}
