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
  void stringsInDollarsEndWithTheirTagAlone() {
    assertThat(statements("$$a;'b;$$; $f$c;$$;d;$$;$g$;$f$;"))
        .containsExactly("$$a;'b;$$;", " $f$c;$$;d;$$;$g$;$f$;");
    assertThat(statements("$$a;$$$b$c;$b$; $$$;$$;"))
        .containsExactly("$$a;$$$b$c;$b$;", " $$$;$$;");
  }

  @Test
  void dollarsInNamesAndPlacesBeginNoString() {
    assertThat(statements("view$late; a$b$c; $1; $2$; x"))
        .containsExactly("view$late;", " a$b$c;", " $1;", " $2$;");
  }

  @Test
  void backslashesEscapeQuotesInEscapeStringsOnly() {
    assertThat(statements("E'a\\';b'; e'c''\\';d'; 'e\\'; f")).hasSize(3);
    assertThat(statements("E'\\\\'; date'\\'; E 'a\\';")).hasSize(3);
  }

  @Test
  void commentsMayHoldComments() {
    assertThat(statements("/* a; /* b; */ c; */ d;")).containsExactly("/* a; /* b; */ c; */ d;");
  }

  @Test
  void openStringsInDollarsGoOnInFurtherLines() {
    var text = new StringBuilder("SELECT $f$a;\n");
    var scanner = new StatementScanner();
    assertThat(scanner.next(text)).isEqualTo(-1);
    assertThat(scanner.next(text.append("b; $f;\n"))).isEqualTo(-1);
    assertThat(scanner.next(text.append("c $f$;"))).isEqualTo(text.length());
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
    assertThat(PromptParser.isComplete("SELECT $$;")).isFalse();
    assertThat(PromptParser.isComplete("SELECT E'\\';")).isFalse();
    assertThat(PromptParser.isComplete("SELECT 1; SELECT")).isFalse();
  }
}
