package io.caisson.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.ResultColumn;
import io.caisson.Row;
import io.caisson.format.DoubleText;
import io.caisson.format.ValueText;
import io.caisson.type.Interval;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultPrinterTest {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          new ResultColumn("id", SqlType.of(TypeKind.BIGINT)),
          new ResultColumn("name", SqlType.of(TypeKind.TEXT)),
          new ResultColumn("ok", SqlType.of(TypeKind.BOOLEAN)),
          new ResultColumn("ts", SqlType.of(TypeKind.TIMESTAMP)));

  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 31, 23, 59, 59, 250_000_000);

  @SuppressWarnings(
      "NullAway") // does not see that the elements of a row in another jar may be null
  private static Row row(
      @Nullable Object id, @Nullable Object name, @Nullable Object ok, @Nullable Object time) {
    @Nullable Object[] values = new @Nullable Object[COLUMNS.size()];
    values[0] = id;
    values[1] = name;
    values[2] = ok;
    values[3] = time;
    return new Row(COLUMNS.stream().map(ResultColumn::name).toList(), values);
  }

  private static String print(ResultFormat format, List<Row> rows) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    ResultPrinter printer = format.printer(out);
    printer.begin(COLUMNS);
    for (Row row : rows) {
      printer.row(row);
    }
    printer.end();
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tableAlignsNumbersRightAndLeavesNullEmpty() {
    assertThat(
            print(
                ResultFormat.TABLE,
                List.of(row(7L, "日本", true, TIME), row(12345L, null, null, null))))
        .isEqualTo(
            """
              id   | name |  ok  |           ts          \s
            -------+------+------+------------------------
                 7 | 日本 | true | 2026-01-31 23:59:59.25
             12345 |      |      |\s
            (2 rows)
            """);
  }

  @Test
  void tableCountsOneRowAndNone() {
    assertThat(print(ResultFormat.TABLE, List.of())).endsWith("(0 rows)\n");
    assertThat(print(ResultFormat.TABLE, List.of(row(1L, "a", true, TIME)))).endsWith("(1 row)\n");
  }

  @Test
  void dataCannotDriveTheTerminal() {
    assertThat(print(ResultFormat.TABLE, List.of(row(1L, "a\u001b[2Jb\nc", true, null))))
        .contains("a\\x1b[2Jb\\nc");
  }

  @Test
  void csvQuotesByRfc4180AndTellsNullFromEmpty() {
    assertThat(
            print(
                ResultFormat.CSV,
                List.of(row(1L, "a,\"b\"\n", false, TIME), row(2L, "", null, null))))
        .isEqualTo("id,name,ok,ts\n1,\"a,\"\"b\"\"\n\",false,2026-01-31 23:59:59.25\n2,\"\",,\n");
  }

  @Test
  void jsonIsOneObjectALine() {
    assertThat(
            print(
                ResultFormat.JSON, List.of(row(1L, "a\"b", true, TIME), row(2L, null, null, null))))
        .isEqualTo(
            """
            {"id":1,"name":"a\\"b","ok":true,"ts":"2026-01-31 23:59:59.25"}
            {"id":2,"name":null,"ok":null,"ts":null}
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "3.0,3",
    "0.1,0.1",
    "-1.5,-1.5",
    "1e14,100000000000000",
    "1e15,1e+15",
    "1.5e300,1.5e+300",
    "0.0001,0.0001",
    "0.00001,1e-05",
    "2.5e-7,2.5e-07",
    "NaN,NaN",
    "-Infinity,-Infinity",
    "0.0,0",
    "-0.0,-0",
    "2.2250738585072014E-308,2.2250738585072014e-308",
    "1.0E23,1e+23",
    "2.0E-3,0.002",
    "123456.789,123456.789"
  })
  void doublesPrintAsInPostgres(double value, String text) {
    assertThat(DoubleText.format(value)).isEqualTo(text);
  }

  @Test
  void floatsPrintAsInPostgres() {
    assertThat(DoubleText.format(0.1f)).isEqualTo("0.1");
    assertThat(DoubleText.format(1e6f)).isEqualTo("1e+06");
    assertThat(DoubleText.format(123456f)).isEqualTo("123456");
  }

  @Test
  void timesAndBytesPrintAsInPostgres() {
    assertThat(ValueText.format(LocalTime.of(1, 2, 3, 40_000_000))).isEqualTo("01:02:03.04");
    assertThat(ValueText.format(LocalDate.of(2026, 1, 2))).isEqualTo("2026-01-02");
    assertThat(ValueText.format(new Interval(0, 1, 3_661_000_000L))).isEqualTo("1 day 01:01:01");
    assertThat(ValueText.format(new Interval(0, 0, -1_500_000))).isEqualTo("-00:00:01.5");
    assertThat(ValueText.format(new byte[] {0, (byte) 0xff})).isEqualTo("\\x00ff");
  }
}
