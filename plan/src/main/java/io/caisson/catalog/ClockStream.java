package io.caisson.catalog;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;
import java.util.Map;

/**
 * The stream of ticks: what time it was, again and again, in the order of commits with everything
 * else. Standing queries read it as they read any stream, so that the time which they know depends
 * on what was recorded and not on when they run; it is no object of the catalog. Stateless.
 */
public final class ClockStream {
  /** Its definition; its watermark is the latest tick, and never goes back. */
  public static final StreamDefinition DEFINITION =
      new StreamDefinition(
          -1,
          "now()",
          List.of(new ColumnDefinition("at", SqlType.of(TypeKind.TIMESTAMP).withNullable(false))),
          new WatermarkDefinition(0, 0),
          List.of(),
          1,
          Map.of());

  private ClockStream() {}
}
