package io.caisson.model.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.RandomRows;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowCodecTest {
  private static final SqlType BIGINT = SqlType.of(TypeKind.BIGINT);
  private static final SqlType TEXT = SqlType.of(TypeKind.TEXT);

  private static RowCodec codecOf(List<SqlType> types) {
    return codecOf(types, IntStream.range(0, types.size()).boxed().toList());
  }

  /** A codec of some columns, numbered by their places. */
  private static RowCodec codecOf(List<SqlType> types, List<Integer> kept) {
    return new RowCodec(
        kept.stream().map(i -> new RowCodec.Stored(i, i, types.get(i).physical(), null)).toList(),
        List.of());
  }

  @Test
  void anyRowComesBackAsItWent() {
    var random = new RandomRows(61);
    for (int round = 0; round < 200; round++) {
      List<SqlType> types = random.types();
      Columns rows = random.rows(types, 20);
      RowCodec codec = codecOf(types);
      var builder = new ColumnsBuilder(types);
      for (int row = 0; row < rows.size(); row++) {
        codec.decode(codec.encode(rows, row), builder, () -> "row");
      }
      RandomRows.assertSame(builder.build(), rows);
    }
  }

  @Test
  void aRowThatWasCutIsRefused() {
    var random = new RandomRows(62);
    for (int round = 0; round < 50; round++) {
      List<SqlType> types = random.types();
      byte[] good = codecOf(types).encode(random.rows(types, 1), 0);
      for (int length = 0; length < good.length; length++) {
        assertRefused(codecOf(types), Arrays.copyOf(good, length), types);
      }
    }
  }

  @Test
  void columnsComeAndGoWithoutARowBeingRewritten() {
    List<SqlType> old = List.of(BIGINT, TEXT, BIGINT);
    var rows = new ColumnsBuilder(old);
    rows.column(0).addLong(1);
    rows.column(1).addText("gone");
    rows.column(2).addNull();
    byte[] value = codecOf(old).encode(rows.build(), 0);
    var now =
        new RowCodec(
            List.of(
                new RowCodec.Stored(2, 0, TypeKind.Physical.LONG, 5L),
                new RowCodec.Stored(0, 1, TypeKind.Physical.LONG, null),
                new RowCodec.Stored(4, 2, TypeKind.Physical.LONG, 7L),
                new RowCodec.Stored(3, 3, TypeKind.Physical.BYTES, null)),
            List.of());
    var read = new ColumnsBuilder(List.of(BIGINT, BIGINT, BIGINT, TEXT));
    now.decode(value, read, () -> "row");
    assertThat(RandomRows.texts(read.build())).hasToString("[[null, 1, 7, null]]");
  }

  @Test
  void rowsOfTheFirstFormatAreReadByTheirPlaces() {
    // Format 1 of a table (a BIGINT, k BIGINT PRIMARY KEY, b TEXT): a = 5 and b = 'x' by places.
    byte[] value = {1, 2, 0b1101, 10, 1, 'x'};
    var codec =
        new RowCodec(
            List.of(
                new RowCodec.Stored(0, 0, TypeKind.Physical.LONG, null),
                new RowCodec.Stored(2, 1, TypeKind.Physical.BYTES, null),
                new RowCodec.Stored(3, 2, TypeKind.Physical.LONG, 9L)),
            List.of(1));
    var read = new ColumnsBuilder(List.of(BIGINT, TEXT, BIGINT));
    codec.decode(value, read, () -> "row");
    assertThat(RandomRows.texts(read.build())).hasToString("[[5, x, 9]]");
  }

  private static void assertRefused(RowCodec codec, byte[] value, List<SqlType> types) {
    assertThatThrownBy(() -> codec.decode(value, new ColumnsBuilder(types), () -> "row 7"))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
        .hasMessageContaining("row 7");
  }
}
