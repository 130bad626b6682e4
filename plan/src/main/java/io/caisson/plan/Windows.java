package io.caisson.plan;

import io.caisson.function.window.WindowAssigner;

/**
 * Windows that depend on the time alone: TUMBLE, HOP, CUMULATE.
 *
 * @param source the rows
 * @param timeColumn position of the TIMESTAMP column
 * @param assigner the windows, in microseconds
 */
public record Windows(Plan source, int timeColumn, WindowAssigner assigner) implements Windowed {
  @Override
  public boolean appendOnly() {
    return source.appendOnly();
  }
}
