package io.caisson.plan;

import java.util.List;

/**
 * The rows whose time the watermark had not passed before them, and those without one. The window
 * that a late one missed are the times of the rows that it would have met in a join.
 *
 * @param source the rows of a stream
 * @param timeColumn position of the TIMESTAMP column
 * @param meets the times that a row meets, from its own
 */
public record InTime(Plan source, int timeColumn, TimeRange meets) implements Punctual {
  @Override
  public List<Field> fields() {
    return source.fields();
  }

  @Override
  public boolean appendOnly() {
    return source.appendOnly();
  }
}
