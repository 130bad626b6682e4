package io.caisson.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.error.CaissonException;
import org.junit.jupiter.api.Test;

/** Expected values are PostgreSQL's. */
class TextFunctionsTest {
  /** One character of two UTF-16 units. */
  private static final String EMOJI = "\uD83D\uDE00";

  @Test
  void lengthsCountCharacters() {
    assertThat(TextFunctions.length("a" + EMOJI + "ä")).isEqualTo(3);
    assertThat(TextFunctions.octetLength("a" + EMOJI + "ä")).isEqualTo(7);
    assertThat(TextFunctions.ascii(EMOJI)).isEqualTo(0x1F600);
    assertThat(TextFunctions.ascii("")).isZero();
    assertThat(TextFunctions.strpos(EMOJI + "xa", "a")).isEqualTo(3);
    assertThat(TextFunctions.strpos("abc", "")).isEqualTo(1);
    assertThat(TextFunctions.strpos("abc", "d")).isZero();
  }

  @Test
  void substringsCountFromOne() {
    assertThat(TextFunctions.substr("caisson", 0, 3)).isEqualTo("ca");
    assertThat(TextFunctions.substr("caisson", -1, 3)).isEqualTo("c");
    assertThat(TextFunctions.substr("caisson", 5, Long.MAX_VALUE)).isEqualTo("son");
    assertThat(TextFunctions.substr("caisson", 99)).isEmpty();
    assertThat(TextFunctions.substr("caisson", -5)).isEqualTo("caisson");
    assertThat(TextFunctions.substr(EMOJI + EMOJI + "x", 2, 1)).isEqualTo(EMOJI);
    assertThatThrownBy(() -> TextFunctions.substr("caisson", 2, -1))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("negative substring length not allowed");
  }

  @Test
  void leftAndRightTakeOrDropCharacters() {
    assertThat(TextFunctions.left(EMOJI + "bc", 1)).isEqualTo(EMOJI);
    assertThat(TextFunctions.left("abc", -1)).isEqualTo("ab");
    assertThat(TextFunctions.left("abc", -5)).isEmpty();
    assertThat(TextFunctions.left("abc", Long.MIN_VALUE)).isEmpty();
    assertThat(TextFunctions.right("ab" + EMOJI, 1)).isEqualTo(EMOJI);
    assertThat(TextFunctions.right("abc", -1)).isEqualTo("bc");
    assertThat(TextFunctions.right("abc", -3)).isEmpty();
    assertThat(TextFunctions.right("abc", Long.MIN_VALUE)).isEmpty();
    assertThat(TextFunctions.right("abc", 7)).isEqualTo("abc");
  }

  @Test
  void trimTakesSpacesOrTheGivenCharacters() {
    assertThat(TextFunctions.btrim("  \ta ")).isEqualTo("\ta");
    assertThat(TextFunctions.btrim("xxyyx", "xy")).isEmpty();
    assertThat(TextFunctions.ltrim(EMOJI + "a", EMOJI)).isEqualTo("a");
    assertThat(TextFunctions.rtrim("a" + EMOJI, EMOJI)).isEqualTo("a");
    assertThat(TextFunctions.btrim(" a ", "")).isEqualTo(" a ");
  }

  @Test
  void splitPartCountsFromBothEnds() {
    assertThat(TextFunctions.splitPart("a,b,c", ",", 3)).isEqualTo("c");
    assertThat(TextFunctions.splitPart("a,b,c", ",", 4)).isEmpty();
    assertThat(TextFunctions.splitPart("a,b,c", ",", -3)).isEqualTo("a");
    assertThat(TextFunctions.splitPart("a,b,c", ",", -4)).isEmpty();
    assertThat(TextFunctions.splitPart("a,b,c", "", 1)).isEqualTo("a,b,c");
    assertThat(TextFunctions.splitPart("a,b,c", "", 2)).isEmpty();
    assertThat(TextFunctions.splitPart("", ",", 1)).isEmpty();
    assertThat(TextFunctions.splitPart("a,b", ",", Long.MIN_VALUE)).isEmpty();
    assertThatThrownBy(() -> TextFunctions.splitPart("a", ",", 0))
        .hasMessageContaining("field position must not be zero");
  }

  @Test
  void paddingFillsOrCuts() {
    assertThat(TextFunctions.lpad("hi", 5, "xy")).isEqualTo("xyxhi");
    assertThat(TextFunctions.lpad("hello", 2, "xy")).isEqualTo("he");
    assertThat(TextFunctions.lpad("hi", -1, "xy")).isEmpty();
    assertThat(TextFunctions.rpad("hi", 4, "")).isEqualTo("hi");
    assertThat(TextFunctions.rpad("hi", 4, EMOJI)).isEqualTo("hi" + EMOJI + EMOJI);
    assertThatThrownBy(() -> TextFunctions.lpad("hi", Long.MAX_VALUE, "x"))
        .hasMessageContaining("requested length too large");
    assertThatThrownBy(() -> TextFunctions.repeat("hi", 1L << 40))
        .hasMessageContaining("requested length too large");
    assertThat(TextFunctions.repeat("hi", -1)).isEmpty();
  }

  @Test
  void smallTransformations() {
    assertThat(TextFunctions.lower("ÄB")).isEqualTo("äb");
    assertThat(TextFunctions.upper("straße")).isEqualTo("STRASSE");
    assertThat(TextFunctions.initcap("hi THOMAS o'neil 3d")).isEqualTo("Hi Thomas O'Neil 3d");
    assertThat(TextFunctions.reverse("a" + EMOJI)).isEqualTo(EMOJI + "a");
    assertThat(TextFunctions.replace("aXbX", "X", "")).isEqualTo("ab");
    assertThat(TextFunctions.replace("ab", "", "x")).isEqualTo("ab");
    assertThat(TextFunctions.startsWith("abc", "ab")).isTrue();
    assertThat(TextFunctions.md5("")).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    assertThat(TextFunctions.chr(0x1F600)).isEqualTo(EMOJI);
    assertThatThrownBy(() -> TextFunctions.chr(0)).hasMessage("null character not permitted");
    assertThatThrownBy(() -> TextFunctions.chr(0xD800))
        .hasMessageContaining("requested character not valid");
  }

  @Test
  void regularExpressionsReplaceTheFirstMatch() {
    assertThat(TextFunctions.regexpReplace("foobarbaz", "b(..)", "X\\1Y")).isEqualTo("fooXarYbaz");
    assertThat(TextFunctions.regexpReplace("abc", "b", "[\\&$1\\\\]")).isEqualTo("a[b$1\\]c");
    assertThat(TextFunctions.regexpReplace("abc", "x", "y")).isEqualTo("abc");
    assertThat(TextFunctions.regexpLike("/item/17", "^/item/\\d+$")).isTrue();
    assertThat(TextFunctions.regexpLike("/item/x", "^/item/\\d+$")).isFalse();
    assertThatThrownBy(() -> TextFunctions.regexpLike("a", "("))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("invalid regular expression");
  }
}
