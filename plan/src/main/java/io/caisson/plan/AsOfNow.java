package io.caisson.plan;

import io.caisson.catalog.ClockStream;
import java.util.List;

/**
 * The rows that are there at the time of the latest tick: those whose time has come, or those whose
 * time is not over. Rows without a time are not there.
 *
 * @param source the rows
 * @param timeColumn position of the TIMESTAMP column
 * @param afterMicros how long after that time rows come or leave; negative before it
 * @param leaves whether rows are there until then, or from then on
 */
public record AsOfNow(Plan source, int timeColumn, long afterMicros, boolean leaves)
    implements Plan {
  /** What the node reads besides its rows. */
  public static final StreamScan CLOCK = new StreamScan(ClockStream.DEFINITION);

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
    return !leaves && source.appendOnly();
  }
}
