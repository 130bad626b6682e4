package io.caisson.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.error.CaissonException;
import io.caisson.error.Position;
import io.caisson.error.SqlState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorsTest {
  @Test
  void errorShowsItsLineTheCaretAndTheHint() {
    var error =
        new CaissonException(SqlState.UNDEFINED_COLUMN, "column \"x\" does not exist")
            .withPosition(Position.at(2, 8))
            .withHint("the stream has a, b");
    assertThat(printed(error, "SELECT 1,\n       x\nFROM t", 1))
        .isEqualTo(
            """
            ERROR 42703: column "x" does not exist
            LINE 2:        x
                           ^
            HINT: the stream has a, b
            """);
  }

  @Test
  void linesCountFromTheBeginningOfTheScript() {
    var error = new CaissonException(SqlState.SYNTAX_ERROR, "oops").withPosition(Position.at(1, 1));
    assertThat(printed(error, "x", 41)).isEqualTo("ERROR 42601: oops\nLINE 41: x\n         ^\n");
  }

  @Test
  void placeOutsideOfTheTextIsNotShown() {
    var error = new CaissonException(SqlState.SYNTAX_ERROR, "oops").withPosition(Position.at(7, 1));
    assertThat(printed(error, "x", 1)).isEqualTo("ERROR 42601: oops\n");
  }

  @Test
  void tabsBeforeThePlaceStayTabs() {
    assertThat(Errors.pointAt("LINE 1: ", "\tSELECT\tx", 8))
        .containsExactly("LINE 1: \tSELECT\tx", "        \t      \t^");
  }

  @Test
  void wideCharactersTakeTwoBlanksAndCombiningOnesNone() {
    assertThat(Errors.pointAt("", "'日本' x", 5).get(1)).isEqualTo("       ^");
    assertThat(Errors.pointAt("", "'e\u0301' x", 5).get(1)).isEqualTo("    ^");
    assertThat(Errors.pointAt("", "'\uD83D\uDE00' x", 5).get(1)).isEqualTo("     ^");
  }

  @Test
  void longLineIsCutAroundThePlace() {
    String line = "a".repeat(500) + "X" + "b".repeat(500);
    List<String> shown = Errors.pointAt("LINE 1: ", line, 500);
    assertThat(shown.get(0)).startsWith("LINE 1: ...a").endsWith("b...").hasSizeLessThan(130);
    assertThat(shown.get(0).charAt(shown.get(1).indexOf('^'))).isEqualTo('X');
  }

  private static String printed(CaissonException error, String source, int firstLine) {
    var bytes = new ByteArrayOutputStream();
    Errors.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), error, source, firstLine);
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
