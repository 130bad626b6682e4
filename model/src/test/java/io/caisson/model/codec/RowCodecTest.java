package io.caisson.model.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.RandomRows;
import io.caisson.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowCodecTest {
  private static RowCodec codecOf(List<SqlType> types) {
    return new RowCodec(types, IntStream.range(0, types.size()).boxed().toList());
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
  void aRowThatWasCutOrHasAnotherShapeIsRefused() {
    var random = new RandomRows(62);
    for (int round = 0; round < 50; round++) {
      List<SqlType> types = random.types();
      byte[] good = codecOf(types).encode(random.rows(types, 1), 0);
      for (int length = 0; length < good.length; length++) {
        assertRefused(codecOf(types), Arrays.copyOf(good, length), types);
      }
      List<SqlType> fewer = types.subList(0, types.size() - 1);
      assertRefused(codecOf(fewer), good, fewer);
    }
  }

  private static void assertRefused(RowCodec codec, byte[] value, List<SqlType> types) {
    assertThatThrownBy(() -> codec.decode(value, new ColumnsBuilder(types), () -> "row 7"))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
        .hasMessageContaining("row 7");
  }
}
