package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.EventStream;
import io.caisson.StreamReader;
import io.caisson.StreamRow;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.tests.Values;
import io.caisson.time.Timestamps;
import io.caisson.type.DecimalForm;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A random stream and everything that was ever put into it, in order; and the plainest possible
 * account of which rows are late. For one thread.
 */
final class History {
  private static final long SECOND = 1_000_000;
  private static final long MILLI = 1_000;
  private static final long BEGIN = Timestamps.toMicros(LocalDateTime.of(2026, 1, 1, 0, 0));
  private static final int[] DELAYS = {0, 1, 5, 60};
  private static final int NO_TIME_EVERY = 40;
  private static final int JUMP_EVERY = 150;
  private static final int BACK_EVERY = 25;

  private static final int PAGE = 1_000;

  private final SplittableRandom random;
  private final List<StreamColumn> columns;
  private final long delaySeconds;
  private final long paceMillis;

  /** Times are multiples of it: coarse ones meet the edges of windows often. */
  private final long grid;

  private final String partitionBy;
  private final int shards;
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private final List<Placed> inOrder = new ArrayList<>();
  private long now = BEGIN;

  /** A stream of random columns, without rows. */
  History(SplittableRandom random) {
    this.random = random;
    var chosen = new ArrayList<StreamColumn>(List.of(StreamColumn.ID, StreamColumn.TS));
    for (StreamColumn column : StreamColumn.values()) {
      if (!chosen.contains(column) && random.nextInt(3) > 0) {
        chosen.add(column);
      }
    }
    Collections.shuffle(chosen, new Random(random.nextLong()));
    columns = List.copyOf(chosen);
    delaySeconds = DELAYS[random.nextInt(DELAYS.length)];
    paceMillis = 1L + random.nextInt(8_000);
    grid = random.nextBoolean() ? MILLI : SECOND;
    var layout = new SplittableRandom(paceMillis);
    shards = layout.nextBoolean() ? 1 : 1 + layout.nextInt(8);
    partitionBy =
        layout.nextInt(3) == 0
            ? ""
            : " PARTITION BY (" + columns.get(layout.nextInt(columns.size())).sql() + ")";
  }

  /** Its columns in their order. */
  List<StreamColumn> columns() {
    return columns;
  }

  /** How many rows it has. */
  int size() {
    return rows.size();
  }

  /** The statement that creates a stream like it. */
  String createStream(String name) {
    return Stream.concat(
            columns.stream().map(column -> column.sql() + " " + column.type().sql()),
            Stream.of("WATERMARK FOR ts AS ts - INTERVAL '" + delaySeconds + "' SECOND"))
        .collect(Collectors.joining(", ", "CREATE STREAM " + name + " (", ")"));
  }

  /** The statement that creates the stream itself, over as many shards as it has. */
  String createSharded(String name) {
    return createStream(name) + partitionBy + " WITH (shards = " + shards + ")";
  }

  /** Puts the rows into the order in which the stream has them, which is that of its shards. */
  void follow(EventStream stream) {
    inOrder.clear();
    try (StreamReader reader = stream.read()) {
      List<StreamRow> page = reader.next(PAGE);
      while (!page.isEmpty()) {
        for (StreamRow row : page) {
          inOrder.add(
              new Placed(
                  rows.get(Math.toIntExact(row.row().getLong(StreamColumn.ID.sql()))),
                  row.shard()));
        }
        page = reader.next(PAGE);
      }
    }
    assertThat(inOrder).hasSameSizeAs(rows);
  }

  /** A row, and the shard that it came to. */
  private record Placed(@Nullable Object[] row, int shard) {}

  /** Adds random rows; answers them in columnar form. */
  Columns grow(int count) {
    int from = rows.size();
    for (int i = 0; i < count; i++) {
      @Nullable Object[] row = new @Nullable Object[columns.size()];
      for (int c = 0; c < row.length; c++) {
        row[c] =
            switch (columns.get(c)) {
              case ID -> (long) rows.size();
              case TS -> nextTime();
              default -> columns.get(c).value(random);
            };
      }
      rows.add(row);
    }
    return columnar(rows.subList(from, rows.size()));
  }

  private @Nullable Long nextTime() {
    now += random.nextLong(paceMillis * 2) * MILLI;
    if (random.nextInt(JUMP_EVERY) == 0) {
      now += random.nextInt(600) * SECOND;
    }
    if (random.nextInt(NO_TIME_EVERY) == 0) {
      return null;
    }
    long backSeconds = random.nextInt(BACK_EVERY) == 0 ? 2_000 : 2 * delaySeconds + 1;
    long time = now - random.nextLong(backSeconds * SECOND / MILLI) * MILLI;
    return Math.floorDiv(time, grid) * grid;
  }

  /** Rows in columnar form. */
  Columns columnar(List<@Nullable Object[]> chosen) {
    var builder = new ColumnsBuilder(columns.stream().map(StreamColumn::type).toList());
    for (@Nullable Object[] row : chosen) {
      for (int c = 0; c < columns.size(); c++) {
        add(builder.column(c), row[c]);
      }
    }
    return builder.build();
  }

  private static void add(ColumnBuilder builder, @Nullable Object value) {
    if (value == null) {
      builder.addNull();
    } else if (value instanceof Long number) {
      builder.addLong(number);
    } else if (value instanceof Double number) {
      builder.addDouble(number);
    } else if (value instanceof BigDecimal number) {
      builder.addBytes(DecimalForm.encode(number));
    } else {
      builder.addText((String) value);
    }
  }

  /**
   * Which rows are in which windows. The watermark is the least over the shards that had a time of
   * their greatest time, less the delay, and never goes back.
   *
   * @param decides whether the watermark decides; otherwise no row is too late
   */
  StreamWindow.Split split(StreamWindow window, boolean decides) {
    int time = columns.indexOf(StreamColumn.TS);
    var timed = new ArrayList<StreamWindow.Timed>();
    var greatest = new TreeMap<Integer, Long>();
    long watermark = Long.MIN_VALUE;
    for (Placed placed : inOrder) {
      Long at = placed.row()[time] instanceof Long value ? value : null;
      timed.add(new StreamWindow.Timed(placed.row(), at, decides ? watermark : Long.MIN_VALUE));
      if (at != null) {
        greatest.merge(placed.shard(), at, Math::max);
        long least = greatest.values().stream().mapToLong(Long::longValue).min().orElseThrow();
        watermark = Math.max(watermark, least - delaySeconds * SECOND);
      }
    }
    return window.split(timed, columns);
  }

  /** The statement that creates a stream like it whose rows have a window behind them. */
  String createWindowed(String name) {
    return createStream(name)
        .replace(", WATERMARK", ", window_start TIMESTAMP, window_end TIMESTAMP, WATERMARK");
  }

  /** Rows with windows in columnar form. */
  Columns windowed(List<@Nullable Object[]> chosen) {
    var columns = new ArrayList<>(columnar(chosen).columns());
    for (int c = this.columns.size(); c < this.columns.size() + 2; c++) {
      var builder = new ColumnBuilder(TypeKind.Physical.LONG);
      for (@Nullable Object[] row : chosen) {
        add(builder, row[c]);
      }
      columns.add(builder.build());
    }
    return new Columns(columns, chosen.size());
  }

  /** All rows as text, sorted. */
  List<String> texts() {
    return rows.stream().map(row -> text(row).toString()).sorted().toList();
  }

  /** The late rows of windows as {@code <view>$late} shows them, sorted. */
  List<String> lateTexts(List<StreamWindow> windows) {
    return windows.stream()
        .map(StreamWindow::plain)
        .distinct()
        .flatMap(window -> split(window, true).late().stream())
        .map(
            row -> {
              List<String> text = text(Arrays.copyOf(row, columns.size()));
              for (int c = columns.size(); c < row.length; c++) {
                Object time = row[c] instanceof Long at ? Timestamps.fromMicros(at) : null;
                text.add(Values.text(time));
              }
              return text.toString();
            })
        .sorted()
        .toList();
  }

  private List<String> text(@Nullable Object[] row) {
    var text = new ArrayList<String>();
    for (int c = 0; c < row.length; c++) {
      text.add(Values.text(columns.get(c).apiValue(row[c])));
    }
    return text;
  }
}
