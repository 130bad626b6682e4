package io.caisson.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.catalog.CheckDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ColumnValue;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionFormatTest {
  private static final SqlType BIGINT = SqlType.of(TypeKind.BIGINT);
  private static final SqlType TEXT = SqlType.of(TypeKind.TEXT);

  @Test
  void aTableFromBeforeColumnsHadNumbersIsRead() {
    String stored =
        "{\"format\":1,\"kind\":\"TABLE\",\"id\":7,\"name\":\"t\",\"columns\":["
            + "{\"name\":\"a\",\"type\":\"TEXT\",\"precision\":-1,\"scale\":0,\"nullable\":true},"
            + "{\"name\":\"id\",\"type\":\"BIGINT\",\"precision\":-1,\"scale\":0,\"nullable\":false}],"
            + "\"primaryKey\":[1]}";
    var expected =
        new TableDefinition(
            7,
            "t",
            List.of(
                new ColumnDefinition("a", TEXT),
                new ColumnDefinition("id", BIGINT.withNullable(false))),
            List.of(1));
    var read = (TableDefinition) DefinitionFormat.read(stored.getBytes(StandardCharsets.UTF_8));
    assertThat(read).isEqualTo(expected);
    assertThat(read.columns()).extracting(ColumnDefinition::id).containsExactly(0, 1);
    assertThat(read.nextNumber()).isEqualTo(2);
  }

  @Test
  void everythingThatATableMayHaveComesBack() {
    var columns =
        List.of(
            new ColumnDefinition("id", BIGINT.withNullable(false))
                .withValue(new ColumnValue.Identity(true)),
            new ColumnDefinition("n", BIGINT)
                .withValue(new ColumnValue.Default("1 + 2"))
                .withMissing(3L),
            new ColumnDefinition("d", SqlType.of(TypeKind.DOUBLE))
                .withMissing(Double.NaN)
                .withSince(12),
            new ColumnDefinition("s", TEXT)
                .withMissing(ByteBuffer.wrap(new byte[] {0, -1, 7}).asReadOnlyBuffer()),
            new ColumnDefinition("g", BIGINT).withValue(new ColumnValue.Generated("n * 2")),
            new ColumnDefinition("own", BIGINT).withValue(new ColumnValue.Identity(false)),
            new ColumnDefinition("$row", BIGINT.withNullable(false))
                .withValue(new ColumnValue.RowNumber()));
    List<IndexDefinition.IndexKey> keys =
        List.of(
            new IndexDefinition.ColumnKey(1, true, false),
            new IndexDefinition.ExpressionKey("lower(s)", TEXT, false, true));
    var table =
        new TableDefinition(4, "t", columns, List.of(6))
            .withIndex(
                new IndexDefinition(
                    0, "i", true, true, keys, List.of(2, 3), IndexDefinition.State.BUILDING))
            .withChecks(List.of(new CheckDefinition("c", "n > 0", List.of(1), false)))
            .withForeignKeys(
                List.of(
                    new ForeignKeyDefinition(
                        "f",
                        List.of(1),
                        9,
                        List.of(0),
                        ForeignKeyDefinition.Action.CASCADE,
                        ForeignKeyDefinition.Action.SET_NULL,
                        true)));
    assertThat(DefinitionFormat.read(DefinitionFormat.write(table))).isEqualTo(table);
  }
}
