package io.caisson.plan;

import java.util.List;

/**
 * Rows that are put out once, when the watermark has passed the window that they belong to.
 *
 * @param source the rows
 * @param timeColumn position of a column that settles, see {@link EventTime}
 */
public record EmitOnClose(Plan source, int timeColumn) implements Plan {
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
    return true;
  }
}
