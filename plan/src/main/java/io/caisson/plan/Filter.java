package io.caisson.plan;

import java.util.List;

/**
 * The rows for which a condition is true.
 *
 * @param source the rows
 * @param condition a BOOLEAN expression
 */
public record Filter(Plan source, Expression condition) implements Plan {
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
    return source.appendOnly();
  }
}
