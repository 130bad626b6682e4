package io.caisson.sql.parse;

import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.generated.CaissonSqlParser;
import java.util.Collection;
import java.util.Locale;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** The parser with the dialect's settings. Stateless. */
public final class SqlTextParser {
  private static final int MAX_NAME = 255;
  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(CaissonSqlParser.FACTORY)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.TO_LOWER)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(true)
          .withIdentifierMaxLength(MAX_NAME)
          .withConformance(SqlConformanceEnum.LENIENT);

  private static final SqlAbstractParserImpl.Metadata METADATA =
      SqlParser.create("", CONFIG).getMetadata();

  private SqlTextParser() {}

  /** The syntax tree of one statement. */
  public static SqlNode parse(StatementText statement, SqlErrors errors) {
    String text =
        DollarStrings.inQuotes(
            ParameterMarks.of(IntervalLiterals.rewrite(Comments.blanked(statement.text()))).text());
    try {
      return SqlParser.create(text, CONFIG).parseStmt();
    } catch (SqlParseException error) {
      throw errors.parseError(error);
    }
  }

  /** The syntax tree of an expression that a definition keeps as text. */
  public static SqlNode parseExpression(String text, SqlErrors errors) {
    try {
      return SqlParser.create(DollarStrings.inQuotes(IntervalLiterals.rewrite(text)), CONFIG)
          .parseExpression();
    } catch (SqlParseException error) {
      throw errors.parseError(error);
    }
  }

  /** Whether a word, in upper case, can only be a name where it is quoted. */
  static boolean isReserved(String word) {
    return METADATA.isReservedWord(word);
  }

  /** All words that mean something to the parser, in upper case. */
  public static Collection<String> keywords() {
    return METADATA.getTokens().stream()
        .filter(token -> METADATA.isKeyword(token) && token.chars().allMatch(c -> c < 128))
        .map(token -> token.toUpperCase(Locale.ROOT))
        .toList();
  }
}
