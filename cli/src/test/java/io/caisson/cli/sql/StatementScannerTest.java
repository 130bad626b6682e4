package io.caisson.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementScannerTest {
  private static List<String> statements(String text) {
    var scanner = new StatementScanner();
    var statements = new ArrayList<String>();
    int start = 0;
    for (int end = scanner.next(text); end >= 0; end = scanner.next(text)) {
      statements.add(text.substring(start, end));
      start = end;
    }
    return statements;
  }

  @Test
  void semicolonsEndStatements() {
    assertThat(statements("a; b ;c")).containsExactly("a;", " b ;");
  }

  @Test
  void semicolonsInQuotesAndCommentsDoNot() {
    assertThat(statements("'a;''b;' \"c;\"\"d;\" -- e;\n /* f; */ g;"))
        .containsExactly("'a;''b;' \"c;\"\"d;\" -- e;\n /* f; */ g;");
  }

  @Test
  void itGoesOnWhereItStoppedWhenTheTextGrows() {
    var text = new StringBuilder("SELECT 'a;");
    var scanner = new StatementScanner();
    assertThat(scanner.next(text)).isEqualTo(-1);
    assertThat(scanner.next(text.append("' -"))).isEqualTo(-1);
    assertThat(scanner.next(text.append("1;"))).isEqualTo(text.length());
    assertThat(scanner.isBlank()).isTrue();
  }

  @Test
  void promptAsksForMoreUntilAStatementEnds() {
    assertThat(PromptParser.isComplete("")).isTrue();
    assertThat(PromptParser.isComplete("\\d")).isTrue();
    assertThat(PromptParser.isComplete("SELECT 1")).isFalse();
    assertThat(PromptParser.isComplete("SELECT ';")).isFalse();
    assertThat(PromptParser.isComplete("SELECT 1; -- done")).isTrue();
    assertThat(PromptParser.isComplete("SELECT 1; SELECT")).isFalse();
  }
}
