package io.caisson.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Random schemas and rows with the values that break codecs: extremes, NULLs, NaN, empty and long
 * strings, text beyond the first plane. For one thread.
 */
public final class RandomRows {
  private static final List<String> WORDS =
      List.of(
          "", "a", "click", "purchase", "/products/4711?ref=home", "Grüße", "日本語", "🦀🧪", "\0");
  private static final TypeKind[] KINDS = {
    TypeKind.BIGINT,
    TypeKind.INTEGER,
    TypeKind.DOUBLE,
    TypeKind.TEXT,
    TypeKind.BYTEA,
    TypeKind.TIMESTAMP,
    TypeKind.BOOLEAN
  };

  private final SplittableRandom random;

  /** Rows of a seed, which is printed and can be given back by {@code -Dcaisson.seed=}. */
  public RandomRows(long defaultSeed) {
    long seed = Long.getLong("caisson.seed", defaultSeed);
    System.out.println("seed " + seed);
    random = new SplittableRandom(seed);
  }

  /** The source of chance. */
  public SplittableRandom random() {
    return random;
  }

  /** One to seven types, each nullable or not. */
  public List<SqlType> types() {
    var types = new ArrayList<SqlType>();
    int width = 1 + random.nextInt(7);
    for (int i = 0; i < width; i++) {
      TypeKind kind = KINDS[random.nextInt(KINDS.length)];
      types.add(SqlType.of(kind).withNullable(random.nextBoolean()));
    }
    return types;
  }

  /** Rows of the given types; every column has a character of its own. */
  public Columns rows(List<SqlType> types, int count) {
    return new Columns(types.stream().map(type -> column(type, count)).toList(), count);
  }

  private Column column(SqlType type, int count) {
    var builder = new ColumnBuilder(type.physical());
    ObjIntConsumer<ColumnBuilder> values =
        switch (type.physical()) {
          case LONG -> longs();
          case DOUBLE -> doubles();
          case BYTES -> strings();
        };
    int nullsInEight = type.nullable() ? random.nextInt(9) : 0;
    for (int row = 0; row < count; row++) {
      if (random.nextInt(8) < nullsInEight) {
        builder.addNull();
      } else {
        values.accept(builder, row);
      }
    }
    return builder.build();
  }

  private ObjIntConsumer<ColumnBuilder> longs() {
    long start = random.nextLong();
    int bits = random.nextInt(64);
    return switch (random.nextInt(4)) {
      case 0 -> (builder, row) -> builder.addLong(start);
      case 1 -> (builder, row) -> builder.addLong(start + 1000L * row + random.nextInt(50));
      case 2 -> (builder, row) -> builder.addLong(random.nextLong() >> bits);
      default ->
          (builder, row) ->
              builder.addLong(
                  switch (random.nextInt(4)) {
                    case 0 -> Long.MIN_VALUE;
                    case 1 -> Long.MAX_VALUE;
                    case 2 -> 0;
                    default -> random.nextLong();
                  });
    };
  }

  private ObjIntConsumer<ColumnBuilder> doubles() {
    double[] special = {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 19.99};
    return random.nextBoolean()
        ? (builder, row) -> builder.addDouble(special[random.nextInt(special.length)])
        : (builder, row) -> builder.addDouble(random.nextDouble() * 1e6 - 5e5);
  }

  private ObjIntConsumer<ColumnBuilder> strings() {
    return switch (random.nextInt(3)) {
      case 0 -> (builder, row) -> builder.addText(WORDS.get(random.nextInt(WORDS.size())));
      case 1 -> (builder, row) -> builder.addText("user-" + random.nextLong());
      default ->
          (builder, row) -> {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (random.nextInt(4) == 0) {
              java.util.Arrays.fill(bytes, (byte) 0xFF);
            }
            builder.addBytes(bytes, 0, bytes.length);
          };
    };
  }

  /** Fails unless two pieces of columns hold the same values. */
  public static void assertSame(Columns actual, Columns expected) {
    assertThat(texts(actual)).isEqualTo(texts(expected));
  }

  /** All rows, in an order and form that can be compared and read. */
  public static List<List<@Nullable Object>> texts(Columns rows) {
    var result = new ArrayList<List<@Nullable Object>>();
    for (int row = 0; row < rows.size(); row++) {
      var values = new ArrayList<@Nullable Object>();
      for (Column column : rows.columns()) {
        values.add(value(column, row));
      }
      result.add(values);
    }
    return result;
  }

  /** One value: Long, the bits of a double as text, bytes as Latin-1 text, or null. */
  public static @Nullable Object value(Column column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    if (column instanceof LongColumn longs) {
      return longs.value(row);
    }
    if (column instanceof DoubleColumn doubles) {
      return Long.toHexString(Double.doubleToRawLongBits(doubles.value(row)));
    }
    var bytes = (BytesColumn) column;
    return new String(
        bytes.bytes(),
        bytes.start(row),
        bytes.length(row),
        java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
