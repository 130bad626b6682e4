package io.caisson.cli.load;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.BOOLEAN;
import static io.caisson.type.TypeKind.BYTEA;
import static io.caisson.type.TypeKind.DATE;
import static io.caisson.type.TypeKind.DOUBLE;
import static io.caisson.type.TypeKind.INTEGER;
import static io.caisson.type.TypeKind.TEXT;
import static io.caisson.type.TypeKind.TIMESTAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.ResultColumn;
import io.caisson.error.CaissonException;
import io.caisson.format.BadRow;
import io.caisson.format.CsvRowParser;
import io.caisson.format.JsonRowParser;
import io.caisson.format.LineReader;
import io.caisson.format.ParsedRows;
import io.caisson.format.RowColumn;
import io.caisson.format.RowParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowParserTest {
  private static final List<ResultColumn> COLUMNS =
      MemoryWriter.columns(
          "id", BIGINT, "small", INTEGER, "d", DOUBLE, "ok", BOOLEAN, "s", TEXT, "ts", TIMESTAMP);

  private final List<String> unknown = new ArrayList<>();

  private static List<RowColumn> of(List<ResultColumn> columns) {
    return columns.stream().map(column -> new RowColumn(column.name(), column.type())).toList();
  }

  private static LineReader reader(String text) throws IOException {
    return new LineReader(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 0, 0, () -> {});
  }

  private List<String> json(String text) throws IOException {
    return read(new JsonRowParser(of(COLUMNS), unknown::add), reader(text), COLUMNS);
  }

  private List<String> csv(String text, List<ResultColumn> columns) throws IOException {
    LineReader lines = reader(text);
    assertThat(lines.nextLine()).isTrue();
    return read(
        new CsvRowParser(CsvRowParser.header(lines), of(columns), unknown::add), lines, columns);
  }

  private static List<String> read(RowParser parser, LineReader lines, List<ResultColumn> columns)
      throws IOException {
    var rows = new ParsedRows(of(columns));
    var writer = new MemoryWriter(columns);
    var found = new ArrayList<String>();
    while (lines.nextLine()) {
      try {
        parser.parse(lines, rows);
        writer.append(rows.build(), lines.number(), "");
        found.add(writer.rows.get(writer.rows.size() - 1));
      } catch (BadRow e) {
        found.add(lines.number() + ": " + e.reason());
      }
    }
    return found;
  }

  @Test
  void jsonFieldsFindTheirColumnsInAnyOrder() throws IOException {
    assertThat(
            json(
                """
                {"id":1,"small":2,"d":1.5,"ok":true,"s":"x","ts":"1970-01-01T00:00:01Z"}
                {"ts":null,"s":"é\\u00e9\\ud83d\\ude00","ok":false,"d":2,"small":-3,"id":4}
                {}
                {"id":5,"id":6}
                """))
        .containsExactly(
            "1|2|1.5|1|x|1000000",
            "4|-3|2.0|0|éé😀|NULL",
            "NULL|NULL|NULL|NULL|NULL|NULL",
            "6|NULL|NULL|NULL|NULL|NULL");
  }

  @Test
  void nestedValuesBecomeTextAndUnknownFieldsArePassedOver() throws IOException {
    assertThat(
            json(
                "  {\"s\": {\"a\": [1, \"é\"]}, \"x\": {\"y\": 1}, \"id\": 1}\n{\"x\":2,\"s\":[1,2]}"))
        .containsExactly(
            "1|NULL|NULL|NULL|{\"a\": [1, \"é\"]}|NULL", "NULL|NULL|NULL|NULL|[1,2]|NULL");
    assertThat(unknown).contains("x");
  }

  @Test
  void epochNumbersAreSecondsOrMillisecondsByTheirSize() throws IOException {
    assertThat(
            json(
                "{\"ts\":1514764800}\n{\"ts\":1514764800123}\n{\"ts\":1514764800.5}\n{\"ts\":\"1514764800\"}"))
        .allSatisfy(row -> assertThat(row).contains("|1514764800"))
        .last()
        .asString()
        .endsWith("|1514764800000000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{\"id\":\"x\"}~\"x\" is no value for column \"id\" of BIGINT",
        "{\"id\":1.5}~1.5 is no value for column \"id\"",
        "{\"id\":99999999999999999999}~99999999999999999999 is no value for column \"id\"",
        "{\"small\":3000000000}~3000000000 is out of range for column \"small\" of INTEGER",
        "{\"ok\":1}~1 is no value for column \"ok\" of BOOLEAN",
        "{\"id\":true}~true is no value",
        "{\"ts\":\"soon\"}~\"soon\" is no value for column \"ts\" of TIMESTAMP(3)",
        "{\"id\":[1]}~a nested value is no value",
        "{\"id\":1~malformed JSON",
        "{\"id\":1}}~malformed JSON",
        "{\"id\":1} {}~more than one JSON value",
        "[1]~not a JSON object",
        "{\"s\":\"\\ud800\"}~surrogate",
        "nonsense~malformed JSON at column"
      })
  void badJsonSaysWhy(String line, String reason) throws IOException {
    assertThat(json(line)).singleElement().asString().startsWith("1: ").contains(reason);
    assertThat(json(line).get(0)).doesNotContain("jackson").doesNotContain("Source");
  }

  @Test
  void badRowLeavesNothingBehind() throws IOException {
    assertThat(json("{\"id\":1,\"s\":\"a\",\"ts\":\"?\"}\n{\"id\":2}"))
        .last()
        .isEqualTo("2|NULL|NULL|NULL|NULL|NULL");
  }

  @Test
  void csvFollowsRfc4180() throws IOException {
    assertThat(
            csv(
                "s,id,junk\r\n\"a,\"\"b\"\"\nc\",1,x\r\n,2,\n\"\",3,y\n",
                MemoryWriter.columns("id", BIGINT, "s", TEXT)))
        .containsExactly("1|a,\"b\"\nc", "2|NULL", "3|");
    assertThat(unknown).containsExactly("junk");
  }

  @Test
  void badCsvSaysWhyAndGoesOnWithTheNextLine() throws IOException {
    assertThat(
            csv(
                "id,s\n1\n2,\"open\n3,c\nx,d\n4,\"e\"f\n5,g\n6,\"h",
                MemoryWriter.columns("id", BIGINT, "s", TEXT)))
        .containsExactly(
            "2: 1 fields, but the header has 2",
            "3: text follows the closing quote of field 2",
            "3|c",
            "5: \"x\" is no value for column \"id\" of BIGINT",
            "6: text follows the closing quote of field 2",
            "5|g",
            "8: a quote is not closed");
  }

  @Test
  void csvReadsEveryType() throws IOException {
    assertThat(
            csv(
                "id,b,d,f,x,t\n-9223372036854775808,yes,2026-01-02,1e3,\\x00ff,2026-01-02 00:00:00.0015\n",
                MemoryWriter.columns(
                    "id", BIGINT, "b", BOOLEAN, "d", DATE, "f", DOUBLE, "x", BYTEA, "t",
                    TIMESTAMP)))
        .singleElement()
        .asString()
        .startsWith("-9223372036854775808|1|20455|1000.0|")
        .endsWith("|1767312000002000");
  }

  @Test
  void csvThatIsNotUtf8IsBad() throws IOException {
    var lines =
        new LineReader(
            new ByteArrayInputStream(new byte[] {'s', '\n', 'a', (byte) 0xe9, '\n'}),
            0,
            0,
            () -> {});
    lines.nextLine();
    List<ResultColumn> columns = MemoryWriter.columns("s", TEXT);
    assertThat(read(new CsvRowParser(List.of("s"), of(columns), unknown::add), lines, columns))
        .containsExactly("2: byte 2 is not UTF-8");
  }

  @Test
  void headerWithoutAnyColumnIsRefused() {
    assertThatThrownBy(() -> csv("a,b\n1,2\n", COLUMNS))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("no field of the header is a column");
    assertThatThrownBy(() -> csv("id,id\n1,2\n", COLUMNS)).hasMessageContaining("twice");
  }
}
