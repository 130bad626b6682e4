package io.caisson.model.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.RandomRows;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockTest {
  private final BlockEncoder encoder = new BlockEncoder();

  private static Block open(byte[] bytes) {
    return Block.open(bytes, () -> "block 7 of stream 1");
  }

  @Test
  void anyRowsComeBackAsTheyWent() {
    var random = new RandomRows(1);
    for (int round = 0; round < 600; round++) {
      List<SqlType> types = random.types();
      int count = random.random().nextInt(round % 10 == 0 ? 3000 : 100);
      Columns rows = random.rows(types, count);
      Block block = open(encoder.encode(rows));
      assertThat(block.rows()).isEqualTo(count);
      RandomRows.assertSame(block.columns(), rows);
      int from = random.random().nextInt(count + 1);
      int part = random.random().nextInt(count - from + 1);
      int[] positions = new int[part];
      Arrays.setAll(positions, i -> from + i);
      Block piece = open(encoder.encode(rows, from, part));
      RandomRows.assertSame(piece.columns(), rows.gather(positions, part));
      assertRangesHold(piece);
    }
  }

  private static void assertRangesHold(Block block) {
    for (int i = 0; i < block.width(); i++) {
      Column column = block.column(i);
      ColumnRange range = block.range(i).orElse(null);
      for (int row = 0; row < block.rows(); row++) {
        if (!column.isNull(row)) {
          assertInside(column, row, range);
        }
      }
    }
  }

  private static void assertInside(
      Column column, int row, @org.jspecify.annotations.Nullable ColumnRange range) {
    if (range instanceof ColumnRange.Longs longs) {
      assertThat(((LongColumn) column).value(row)).isBetween(longs.min(), longs.max());
    } else if (range instanceof ColumnRange.Doubles doubles) {
      double value = ((DoubleColumn) column).value(row);
      assertThat(Double.compare(doubles.min(), value)).isNotPositive();
      assertThat(Double.compare(doubles.max(), value)).isNotNegative();
    } else if (range instanceof ColumnRange.Strings strings) {
      var bytes = (io.caisson.column.BytesColumn) column;
      byte[] value =
          Arrays.copyOfRange(bytes.bytes(), bytes.start(row), bytes.start(row) + bytes.length(row));
      assertThat(Arrays.compareUnsigned(strings.min(), value)).isNotPositive();
      assertThat(Arrays.compareUnsigned(strings.max(), value)).isNotNegative();
    } else {
      assertThat(column.physical()).isEqualTo(TypeKind.Physical.BYTES);
    }
  }

  @Test
  void everyFlippedByteIsNoticed() {
    var random = new RandomRows(2);
    for (int round = 0; round < 20; round++) {
      byte[] bytes = encoder.encode(random.rows(random.types(), 40));
      for (int i = 0; i < bytes.length; i++) {
        byte[] damaged = bytes.clone();
        damaged[i] ^= (byte) (1 << random.random().nextInt(8));
        assertDamaged(damaged);
      }
    }
  }

  @Test
  void everyTruncationIsNoticed() {
    var random = new RandomRows(3);
    byte[] bytes = encoder.encode(random.rows(random.types(), 100));
    for (int length = 0; length < bytes.length; length++) {
      assertDamaged(Arrays.copyOf(bytes, length));
    }
    assertDamaged(Arrays.copyOf(bytes, bytes.length + 1));
  }

  private static void assertDamaged(byte[] bytes) {
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> {
              assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED);
              assertThat(e).hasMessageContaining("block 7 of stream 1");
              assertThat(e.hint()).isNotNull();
            });
  }

  @Test
  void nonsenseBehindARightChecksumIsAnErrorToo() {
    var random = new RandomRows(4);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = encoder.encode(random.rows(random.types(), 40));
      int index = 8 + random.random().nextInt(bytes.length - 8);
      bytes[index] = (byte) random.random().nextInt();
      var checksum = new java.util.zip.CRC32C();
      checksum.update(bytes, 8, bytes.length - 8);
      LittleEndian.putInt(bytes, 4, (int) checksum.getValue());
      try {
        open(bytes).columns();
      } catch (CaissonException e) {
        assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED);
      }
    }
  }

  @Test
  void eventsTakeAFewBytesEach() {
    var builder =
        new ColumnsBuilder(
            List.of(
                SqlType.of(TypeKind.TIMESTAMP),
                SqlType.of(TypeKind.BIGINT),
                SqlType.of(TypeKind.TEXT),
                SqlType.of(TypeKind.TEXT)));
    var random = new RandomRows(5).random();
    for (int i = 0; i < 1000; i++) {
      builder.column(0).addLong(1_700_000_000_000_000L + i * 10_000L + random.nextInt(5000));
      builder.column(1).addLong(random.nextInt(10_000));
      builder.column(2).addText(random.nextInt(10) == 0 ? "purchase" : "view");
      builder.column(3).addText("/products/" + random.nextInt(500));
    }
    Columns rows = builder.build();
    assertThat(encoder.encode(rows).length).isLessThan(9 * 1000);
  }
}
