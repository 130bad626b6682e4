package io.caisson.plan;

import java.util.List;

/**
 * The same rows without those that an expression below fails on, which are put aside.
 *
 * @param source the rows
 */
public record SkipErrors(Plan source) implements Plan {
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
