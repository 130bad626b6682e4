package io.caisson.tests.views;

import io.caisson.Caisson;
import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.StreamWriter;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.time.Timestamps;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A process of little memory that keeps one view over more rows than fit into it, and says what the
 * view counts. Each row has a long text of its own.
 */
final class SmallHeapChild {
  private static final long BEGIN = Timestamps.toMicros(LocalDateTime.of(2026, 1, 1, 0, 0));
  private static final int BATCH = 2_000;
  private static final long KEYS = 1_000;
  private static final long STEP_MICROS = 10_000;

  private SmallHeapChild() {}

  /** Arguments: the directory, how many rows, a view's query, and a query over the view. */
  public static void main(String[] arguments) {
    int rows = Integer.parseInt(arguments[1]);
    try (Caisson caisson = Caisson.open(Path.of(arguments[0]));
        Session session = caisson.database("test").session()) {
      session
          .execute(
              "CREATE STREAM s (id BIGINT, k BIGINT, pad TEXT, ts TIMESTAMP,"
                  + " WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)")
          .close();
      session.execute("CREATE MATERIALIZED VIEW v AS " + arguments[2]).close();
      try (StreamWriter writer = caisson.database("test").writer("s", "child")) {
        for (int from = 0; from < rows; from += BATCH) {
          writer.append(batch(from), from + 1L, "");
        }
      }
      try (Result result = session.execute(arguments[3])) {
        for (Row row : result) {
          System.out.println("found " + row);
        }
      }
    }
  }

  private static Columns batch(int from) {
    var builder =
        new ColumnsBuilder(
            List.of(
                SqlType.of(TypeKind.BIGINT),
                SqlType.of(TypeKind.BIGINT),
                SqlType.of(TypeKind.TEXT),
                SqlType.of(TypeKind.TIMESTAMP)));
    for (int id = from; id < from + BATCH; id++) {
      builder.column(0).addLong(id);
      builder.column(1).addLong(id % KEYS);
      builder.column(2).addText(pad(id));
      builder.column(3).addLong(BEGIN + id * STEP_MICROS);
    }
    return builder.build();
  }

  /** What no compression makes short. */
  private static String pad(int id) {
    var text = new StringBuilder();
    long state = id;
    for (int i = 0; i < 16; i++) {
      state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
      text.append(Long.toHexString(state));
    }
    return text.toString();
  }
}
