package io.caisson.dataflow.arrangement;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.column.Column;
import io.caisson.column.ColumnsBuilder;
import io.caisson.dataflow.arrangement.SortedRowCodec.Bound;
import io.caisson.dataflow.arrangement.SortedRowCodec.KeyColumn;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows behind keys of any direction are sorted as their values are, and ranges find them. */
class SortedRowCodecPropertyTest {
  private static final List<SqlType> TYPES =
      List.of(SqlType.of(TypeKind.BIGINT), SqlType.of(TypeKind.DOUBLE), SqlType.of(TypeKind.TEXT));
  private static final int ROWS = 300;
  private static final int ROUNDS = 200;

  private final long seed = Long.getLong("caisson.seed", 2_026);
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void encodedRowsAreSortedAsTheirKeysAre() {
    for (int round = 0; round < ROUNDS; round++) {
      List<KeyColumn> key = key();
      var codec = new SortedRowCodec(TYPES, key);
      List<@Nullable Object[]> rows = rows();
      RowBuffer encoded = encode(codec, rows);
      Integer[] byBytes = order(rows.size(), (a, b) -> compare(encoded, a, b));
      for (int i = 1; i < byBytes.length; i++) {
        int order = compare(rows.get(byBytes[i - 1]), rows.get(byBytes[i]), key);
        assertThat(order).as("seed " + seed + " " + key).isNotPositive();
      }
    }
  }

  @Test
  void rangesHoldTheRowsOfTheirBounds() {
    for (int round = 0; round < ROUNDS; round++) {
      List<KeyColumn> key = key();
      var codec = new SortedRowCodec(TYPES, key);
      List<@Nullable Object[]> rows = rows();
      RowBuffer encoded = encode(codec, rows);
      int given = random.nextInt(key.size());
      var prefix = new ArrayList<@Nullable Object>();
      for (int i = 0; i < given; i++) {
        prefix.add(value(key.get(i).column()));
      }
      int next = key.get(given).column();
      Bound lower = random.nextBoolean() ? bound(next) : null;
      Bound upper = random.nextBoolean() ? bound(next) : null;
      SortedRowCodec.Range range = codec.range(prefix, lower, upper);
      for (int row = 0; row < rows.size(); row++) {
        boolean expected = matches(rows.get(row), key, prefix, lower, upper);
        assertThat(inside(encoded, row, range))
            .as("seed " + seed + " " + key + Arrays.toString(rows.get(row)) + lower + upper)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void wholeRowLiesBehindItsKey() {
    var codec = new SortedRowCodec(TYPES, List.of(new KeyColumn(2, true, false)));
    List<@Nullable Object[]> rows = rows();
    RowBuffer encoded = encode(codec, rows);
    var builder = new ColumnsBuilder(TYPES);
    var reader = new RowReader();
    for (int row = 0; row < rows.size(); row++) {
      reader.reset(encoded.bytes(), codec.rowStart(encoded.bytes(), encoded.start(row)));
      codec.rows().decode(reader, builder);
      assertThat(reader.position()).isEqualTo(encoded.end(row));
    }
  }

  private Bound bound(int column) {
    Object value = value(column);
    while (value == null) {
      value = value(column);
    }
    return new Bound(value, random.nextBoolean());
  }

  private List<KeyColumn> key() {
    var columns = new ArrayList<>(List.of(0, 1, 2));
    var key = new ArrayList<KeyColumn>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int column = columns.remove(random.nextInt(columns.size()));
      key.add(new KeyColumn(column, random.nextBoolean(), random.nextBoolean()));
    }
    return key;
  }

  private @Nullable Object value(int column) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    return switch (column) {
      case 0 -> (Object) ((random.nextInt(5) - 2L) << (random.nextInt(3) * 20));
      case 1 -> List.of(-0.0, 0.0, 1.5, -7e9, Double.POSITIVE_INFINITY).get(random.nextInt(5));
      default ->
          "a\0b\1\u00ff"
              .substring(random.nextInt(3), 3 + random.nextInt(3))
              .getBytes(StandardCharsets.UTF_8);
    };
  }

  private List<@Nullable Object[]> rows() {
    var rows = new ArrayList<@Nullable Object[]>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(new Object[] {value(0), value(1), value(2)});
    }
    return rows;
  }

  private static RowBuffer encode(SortedRowCodec codec, List<@Nullable Object[]> rows) {
    var builder = new ColumnsBuilder(TYPES);
    for (@Nullable Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        Object value = row[i];
        if (value == null) {
          builder.column(i).addNull();
        } else if (value instanceof Long number) {
          builder.column(i).addLong(number);
        } else if (value instanceof Double number) {
          builder.column(i).addDouble(number);
        } else {
          builder.column(i).addBytes((byte[]) value);
        }
      }
    }
    RowCodec whole = codec.rows();
    Column[] columns = whole.columnsOf(builder.build());
    var plain = new RowBuffer();
    var encoded = new RowBuffer();
    for (int row = 0; row < rows.size(); row++) {
      whole.encode(columns, row, plain);
      plain.endRow(1);
      codec.encode(plain.bytes(), plain.start(row), plain.end(row), encoded);
      encoded.endRow(1);
    }
    return encoded;
  }

  private static Integer[] order(int count, Comparator<Integer> comparator) {
    Integer[] order = IntStream.range(0, count).boxed().toArray(Integer[]::new);
    Arrays.sort(order, comparator);
    return order;
  }

  private static int compare(RowBuffer rows, int a, int b) {
    return Arrays.compareUnsigned(
        rows.bytes(), rows.start(a), rows.end(a), rows.bytes(), rows.start(b), rows.end(b));
  }

  private static boolean inside(RowBuffer rows, int row, SortedRowCodec.Range range) {
    byte[] high = range.high();
    return Arrays.compareUnsigned(
                rows.bytes(), rows.start(row), rows.end(row), range.low(), 0, range.low().length)
            >= 0
        && (high == null
            || Arrays.compareUnsigned(
                    rows.bytes(), rows.start(row), rows.end(row), high, 0, high.length)
                < 0);
  }

  private static int compare(@Nullable Object[] a, @Nullable Object[] b, List<KeyColumn> key) {
    for (KeyColumn column : key) {
      Object x = a[column.column()];
      Object y = b[column.column()];
      int order;
      if (x == null || y == null) {
        order = x == y ? 0 : (x == null) == column.nullsFirst() ? -1 : 1;
      } else {
        order = column.descending() ? compare(y, x) : compare(x, y);
      }
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(Object a, Object b) {
    if (a instanceof Long x) {
      return Long.compare(x, (Long) b);
    }
    return a instanceof Double x
        ? Double.compare(x + 0.0, (Double) b + 0.0)
        : Arrays.compareUnsigned((byte[]) a, (byte[]) b);
  }

  private static boolean matches(
      @Nullable Object[] row,
      List<KeyColumn> key,
      List<@Nullable Object> prefix,
      @Nullable Bound lower,
      @Nullable Bound upper) {
    for (int i = 0; i < prefix.size(); i++) {
      Object value = row[key.get(i).column()];
      Object wanted = prefix.get(i);
      boolean same =
          (value == null || wanted == null)
              ? Objects.equals(value, wanted)
              : compare(value, wanted) == 0;
      if (!same) {
        return false;
      }
    }
    Object next = row[key.get(prefix.size()).column()];
    boolean low = lower == null || (next != null && inside(compare(next, lower.value()), lower));
    boolean high = upper == null || (next != null && inside(compare(upper.value(), next), upper));
    return low && high;
  }

  private static boolean inside(int order, Bound bound) {
    return order > 0 || (order == 0 && bound.inclusive());
  }
}
