package io.caisson.plan;

import java.util.List;
import java.util.Objects;

/**
 * Rows that are put out when the watermark has passed the window that they belong to, which then do
 * not change any more. Where the watermark is of processing time, the time of the latest tick puts
 * them out too, {@link #CLOCK_DELAY_MICROS} later, so that the last window does not wait for
 * another row; a row that comes later still, from a machine whose clock is so far behind, corrects
 * them.
 *
 * @param source the rows
 * @param timeColumn position of a column that settles, see {@link EventTime}
 */
public record EmitOnClose(Plan source, int timeColumn) implements Plan {
  /**
   * How far ticks must have passed a window: so long a transaction may take that has looked at the
   * clock already, and as much again.
   */
  public static final long CLOCK_DELAY_MICROS = 10_000_000;

  /** When the rows stand. */
  public EventTime time() {
    return Objects.requireNonNull(EventTime.of(source).get(timeColumn));
  }

  private boolean byClock() {
    return time().bounds().stream().anyMatch(bound -> bound.stream().stream().byClock());
  }

  @Override
  public List<Field> fields() {
    return source.fields();
  }

  @Override
  public List<Plan> inputs() {
    return List.of(source);
  }

  @Override
  public boolean appendOnly() {
    return !byClock();
  }
}
