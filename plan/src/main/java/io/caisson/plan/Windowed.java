package io.caisson.plan;

import java.util.List;

/**
 * Each row with a window that its time falls into, as often as there are windows: the source's
 * columns, {@value Plan#WINDOW_START}, {@value Plan#WINDOW_END}. A row is late for a window that
 * had closed by the watermark that the stream had reached before the row. A row without a time,
 * which is in no window, is late too.
 */
public sealed interface Windowed extends Punctual permits Windows, Sessions {
  @Override
  default List<Field> fields() {
    return lateFields();
  }
}
