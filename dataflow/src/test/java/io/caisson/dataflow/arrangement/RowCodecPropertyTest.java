package io.caisson.dataflow.arrangement;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowCodecPropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 11L);
  private static final List<SqlType> TYPES =
      List.of(SqlType.of(TypeKind.BYTEA), SqlType.of(TypeKind.BIGINT), SqlType.of(TypeKind.DOUBLE));
  private static final double[] DOUBLES = {
    Double.NEGATIVE_INFINITY,
    -Double.MAX_VALUE,
    -1,
    -Double.MIN_VALUE,
    -0.0,
    0.0,
    Double.MIN_VALUE,
    1,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NaN
  };

  @Test
  void bytesOrderAsColumnsDoAndComeBackAsTheyWere() {
    var random = new SplittableRandom(SEED);
    int size = 1500;
    Columns rows = randomRows(random, size);
    RowCodec codec = RowCodec.ofRows(TYPES);
    var buffer = new RowBuffer();
    Column[] columns = codec.columnsOf(rows);
    for (int row = 0; row < size; row++) {
      codec.encode(columns, row, buffer);
      buffer.endRow(1);
    }
    for (int i = 0; i < size * 20; i++) {
      int left = random.nextInt(size);
      int right = random.nextInt(size);
      int byBytes =
          Arrays.compareUnsigned(
              buffer.bytes(),
              buffer.start(left),
              buffer.end(left),
              buffer.bytes(),
              buffer.start(right),
              buffer.end(right));
      assertThat(Integer.signum(byBytes))
          .as("-Dcaisson.seed=%d, rows %d and %d", SEED, left, right)
          .isEqualTo(compare(rows, left, right));
    }
    var builder = new ColumnsBuilder(TYPES);
    var reader = new RowReader();
    for (int row = 0; row < size; row++) {
      reader.reset(buffer.bytes(), buffer.start(row));
      codec.decode(reader, builder);
      assertThat(reader.position()).isEqualTo(buffer.end(row));
    }
    Columns decoded = builder.build();
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < TYPES.size(); column++) {
        assertThat(compare(rows.column(column), row, decoded.column(column), row)).isZero();
      }
    }
  }

  @Test
  void noValueIsTheBeginningOfAnother() {
    var random = new SplittableRandom(SEED);
    Columns rows = randomRows(random, 400);
    for (int column = 0; column < TYPES.size(); column++) {
      RowCodec codec = RowCodec.ofColumns(TYPES, List.of(column));
      var buffer = new RowBuffer();
      for (int row = 0; row < rows.size(); row++) {
        codec.encode(codec.columnsOf(rows), row, buffer);
        buffer.endRow(1);
      }
      SortedRows sorted = SortedRows.of(buffer);
      for (int i = 1; i < sorted.size(); i++) {
        int common =
            Arrays.mismatch(
                sorted.bytes(),
                sorted.start(i - 1),
                sorted.end(i - 1),
                sorted.bytes(),
                sorted.start(i),
                sorted.end(i));
        assertThat(common).isLessThan(sorted.end(i - 1) - sorted.start(i - 1));
      }
    }
  }

  @Test
  void groupsTakeBothZerosForEqual() {
    var rows = new Columns(List.of(new DoubleColumn(new double[] {0.0, -0.0}, null, 2)), 2);
    RowCodec codec = RowCodec.ofGroups(List.of(SqlType.of(TypeKind.DOUBLE)), List.of(0));
    var buffer = new RowBuffer();
    codec.encode(codec.columnsOf(rows), 0, buffer);
    buffer.endRow(1);
    codec.encode(codec.columnsOf(rows), 1, buffer);
    buffer.endRow(1);
    assertThat(SortedRows.of(buffer).size()).isEqualTo(1);
  }

  private static Columns randomRows(SplittableRandom random, int size) {
    var builder = new ColumnsBuilder(TYPES);
    for (int row = 0; row < size; row++) {
      if (random.nextInt(10) == 0) {
        builder.column(0).addNull();
      } else {
        byte[] bytes = new byte[random.nextInt(5)];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(-2, 3));
        }
        builder.column(0).addBytes(bytes, 0, bytes.length);
      }
      if (random.nextInt(10) == 0) {
        builder.column(1).addNull();
      } else {
        long power = 1L << random.nextInt(64);
        builder.column(1).addLong((random.nextBoolean() ? power : -power) + random.nextInt(-1, 2));
      }
      if (random.nextInt(10) == 0) {
        builder.column(2).addNull();
      } else {
        builder.column(2).addDouble(DOUBLES[random.nextInt(DOUBLES.length)]);
      }
    }
    return builder.build();
  }

  private static int compare(Columns rows, int left, int right) {
    for (Column column : rows.columns()) {
      int order = compare(column, left, column, right);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(Column a, int left, Column b, int right) {
    if (a.isNull(left) || b.isNull(right)) {
      return Boolean.compare(a.isNull(left), b.isNull(right));
    }
    if (a instanceof LongColumn x && b instanceof LongColumn y) {
      return Long.compare(x.value(left), y.value(right));
    }
    if (a instanceof DoubleColumn x && b instanceof DoubleColumn y) {
      return Double.compare(x.value(left), y.value(right));
    }
    var x = (BytesColumn) a;
    var y = (BytesColumn) b;
    return Integer.signum(
        Arrays.compareUnsigned(
            x.bytes(),
            x.start(left),
            x.start(left) + x.length(left),
            y.bytes(),
            y.start(right),
            y.start(right) + y.length(right)));
  }
}
