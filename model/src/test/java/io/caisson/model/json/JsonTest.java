package io.caisson.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.error.CaissonException;
import io.caisson.error.Position;
import io.caisson.error.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final long SEED = Long.getLong("caisson.seed", System.nanoTime());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1}|{\"a\": 1}",
        "{\"bb\":1,\"a\":2,\"c\":3}|{\"a\": 2, \"c\": 3, \"bb\": 1}",
        "{\"a\":1,\"a\":2}|{\"a\": 2}",
        "[]|[]",
        "{}|{}",
        "[1.50,1e2,-0,1E-3,-7]|[1.50, 100, 0, 0.001, -7]",
        "\"\\u00e9\\n\\/\\u0007\"|\"é\\n/\\u0007\"",
        "{\"ü\":1,\"zz\":2,\"y\":3}|{\"y\": 3, \"zz\": 2, \"ü\": 1}",
        "null|null",
        " true |true"
      })
  void textHasTheFormOfJsonb(String given, String written) {
    assertThat(JsonWriter.write(JsonReader.read(given))).isEqualTo(written);
  }

  @Test
  void numbersAreWhatJavaWouldTakeAndStillExact() {
    assertThat(JsonReader.read("1")).isEqualTo(1L);
    assertThat(JsonReader.read("9223372036854775808"))
        .isEqualTo(new BigInteger("9223372036854775808"));
    assertThat(JsonReader.read("1.5")).isEqualTo(1.5);
    assertThat(JsonReader.read("1.50")).isEqualTo(new BigDecimal("1.50"));
    assertThat(JsonReader.read("0.1")).isEqualTo(0.1);
    assertThat(JsonReader.read("1e400")).isEqualTo(new BigDecimal("1e400"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "{\"a\"}",
        "{a:1}",
        "[01]",
        "nul",
        "\"",
        "\"\\x\"",
        "[1,]",
        "{} {}",
        "'a'",
        "\"\\ud83e\"",
        "\u0001",
        "[NaN]",
        "// c\n1",
        "\"a\nb\""
      })
  void whatIsNoJsonIsAnError(String text) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.INVALID_TEXT));
  }

  @Test
  void errorsSayWhere() {
    assertThatThrownBy(() -> JsonReader.read("{\"a\": 1,\n \"b\": x}"))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> {
              Position position = e.position();
              assertThat(position).isNotNull();
              assertThat(position == null ? 0 : position.line()).isEqualTo(2);
              assertThat(e).hasMessageContaining("line 2");
            });
  }

  @Test
  void nestingHasAnEnd() {
    String deepest = "[".repeat(JsonReader.DEEPEST) + "]".repeat(JsonReader.DEEPEST);
    Object value = JsonReader.read(deepest);
    assertThat(JsonWriter.write(value)).isEqualTo(deepest);
    assertThatThrownBy(() -> JsonReader.read("[" + deepest + "]"))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.ROW_TOO_LARGE));
    var deeper = new ArrayList<@Nullable Object>();
    deeper.add(value);
    assertThatThrownBy(() -> JsonWriter.write(deeper))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.ROW_TOO_LARGE));
  }

  @Test
  void valuesThatJsonCannotHoldAreNamed() {
    assertThatThrownBy(() -> JsonWriter.write(Map.of("a", List.of(1, Map.of("b", new Object())))))
        .hasMessageContaining("\"a[1].b\"");
    assertThatThrownBy(() -> JsonWriter.write(Map.of("n", Double.NaN))).hasMessageContaining("NaN");
    assertThatThrownBy(() -> JsonWriter.write(Map.of(1, 2))).hasMessageContaining("no text");
    assertThatThrownBy(() -> JsonWriter.write("\ud83e")).hasMessageContaining("surrogate");
  }

  @Test
  void writingAndReadingChangesNothing() {
    System.out.println("JsonTest -Dcaisson.seed=" + SEED);
    var random = new SplittableRandom(SEED);
    for (int round = 0; round < 2_000; round++) {
      String once = JsonWriter.write(RandomJson.value(random, 4));
      assertThat(JsonWriter.write(JsonReader.read(once))).isEqualTo(once);
    }
  }

  /** The examples of RFC 7396, appendix A: target, patch, result. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"b\"}|{\"a\":\"c\"}|{\"a\":\"c\"}",
        "{\"a\":\"b\"}|{\"b\":\"c\"}|{\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"}|{\"a\":null}|{}",
        "{\"a\":\"b\",\"b\":\"c\"}|{\"a\":null}|{\"b\":\"c\"}",
        "{\"a\":[\"b\"]}|{\"a\":\"c\"}|{\"a\":\"c\"}",
        "{\"a\":\"c\"}|{\"a\":[\"b\"]}|{\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}}|{\"a\":{\"b\":\"d\",\"c\":null}}|{\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]}|{\"a\":[1]}|{\"a\":[1]}",
        "[\"a\",\"b\"]|[\"c\",\"d\"]|[\"c\",\"d\"]",
        "{\"a\":\"b\"}|[\"c\"]|[\"c\"]",
        "{\"a\":\"foo\"}|null|null",
        "{\"a\":\"foo\"}|\"bar\"|\"bar\"",
        "{\"e\":null}|{\"a\":1}|{\"e\":null,\"a\":1}",
        "[1,2]|{\"a\":\"b\",\"c\":null}|{\"a\":\"b\"}",
        "{}|{\"a\":{\"bb\":{\"ccc\":null}}}|{\"a\":{\"bb\":{}}}"
      })
  void mergePatchesDoWhatTheRfcSays(String target, String patch, String result) {
    assertThat(MergePatch.apply(JsonReader.read(target), JsonReader.read(patch)))
        .isEqualTo(JsonReader.read(result));
  }

  @Test
  void pathsLeadFromTheOutsideIn() {
    var value = new LinkedHashMap<String, @Nullable Object>();
    value.put("a", Map.of("b", List.of(1L, Map.of("c d", "x"))));
    value.put("e.f", true);
    value.put("g\"h", null);
    assertThat(JsonPath.parse("a.b[0]").find(value)).isEqualTo(1L);
    assertThat(JsonPath.parse("a.b[1].c d").find(value)).isEqualTo("x");
    assertThat(JsonPath.parse("\"e.f\"").find(value)).isEqualTo(true);
    assertThat(JsonPath.parse("\"g\"\"h\"").find(value)).isNull();
    assertThat(JsonPath.parse("a.b[7]").find(value)).isNull();
    assertThat(JsonPath.parse("a.b.c").find(value)).isNull();
    assertThat(JsonPath.parse("[0]").find(List.of(5L))).isEqualTo(5L);
    for (String path : List.of("a.b[0]", "a.b[1].c d", "\"e.f\"", "\"g\"\"h\"[3][4].x")) {
      assertThat(JsonPath.parse(path)).hasToString(path);
      assertThat(JsonPath.parse(JsonPath.parse(path).toString())).isEqualTo(JsonPath.parse(path));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a[1", "a\"b\"", "a]"})
  void whatIsNoPathIsAnError(String text) {
    assertThatThrownBy(() -> JsonPath.parse(text))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.INVALID_NAME));
  }
}
