package io.caisson.sql.error;

import io.caisson.error.CaissonException;
import io.caisson.error.Position;
import io.caisson.error.SqlState;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Makes errors of one statement: our own at a place in it, and Calcite's translated into our words,
 * with a SQLSTATE and with line and column counted in the whole text that the statement came from.
 * Immutable.
 */
public final class SqlErrors {
  private static final int MAX_EXPECTED = 3;
  private static final Pattern ENCOUNTERED =
      Pattern.compile("Encountered (?:\"(<EOF>)\"|\" (?:\"[^\"]*\"|<\\w+>) \"(.*?) \").*");
  private static final Pattern LEXICAL =
      Pattern.compile("Lexical error at line \\d+, column \\d+\\.\\s+Encountered: (.*?), after");
  private static final Pattern LEXICAL_PLACE = Pattern.compile("line (\\d+), column (\\d+)");

  private final Position start;
  private final List<String> relations;

  /** Errors of a statement that begins at {@code start}; relations are there to be suggested. */
  public SqlErrors(Position start, List<String> relations) {
    this.start = start;
    this.relations = List.copyOf(relations);
  }

  /** The names of all relations, for suggestions. */
  public List<String> relations() {
    return relations;
  }

  /** An error at a place in the statement. */
  public CaissonException at(SqlState state, String message, @Nullable SqlParserPos place) {
    return new CaissonException(state, message).withPosition(position(place));
  }

  /** The refusal of something that is not there yet. */
  public CaissonException unsupported(String message, @Nullable SqlParserPos place) {
    return at(SqlState.FEATURE_NOT_SUPPORTED, message, place);
  }

  /** The error for a relation that does not exist, with the nearest name as a hint. */
  public CaissonException noRelation(String name, @Nullable SqlParserPos place) {
    CaissonException error =
        at(SqlState.UNDEFINED_OBJECT, "relation \"" + name + "\" does not exist", place);
    return Suggestion.nearest(name, relations)
        .map(near -> error.withHint("Did you mean \"" + near + "\"?"))
        .orElse(error);
  }

  /** A place in the statement as a place in the whole text. */
  public @Nullable Position position(@Nullable SqlParserPos place) {
    if (place == null || place.getLineNum() < 1) {
      return null;
    }
    return new Position(
        line(place.getLineNum()),
        column(place.getLineNum(), place.getColumnNum()),
        line(place.getEndLineNum()),
        column(place.getEndLineNum(), place.getEndColumnNum()));
  }

  private int line(int line) {
    return start.line() + line - 1;
  }

  private int column(int line, int column) {
    return line == 1 ? start.column() + column - 1 : column;
  }

  /** A parser's error in our words. */
  public CaissonException parseError(SqlParseException error) {
    String text = String.valueOf(error.getMessage());
    Matcher lexical = LEXICAL.matcher(text);
    if (lexical.find()) {
      return at(
          SqlState.SYNTAX_ERROR,
          "syntax error at or near " + character(lexical.group(1)),
          place(text));
    }
    if (error.getCause() instanceof CaissonException refused) {
      return refused.withPosition(position(place(refused)));
    }
    if (error.getCause() instanceof CalciteContextException context) {
      return ValidationErrors.translate(context, this);
    }
    Matcher encountered = ENCOUNTERED.matcher(text);
    if (text.startsWith("Non-query expression")) {
      return at(SqlState.SYNTAX_ERROR, "this is no statement", error.getPos())
          .withHint(
              "A statement begins with SELECT, INSERT, CREATE, DROP, SHOW, SET, EXPLAIN or SUBSCRIBE.");
    }
    if (!encountered.find()) {
      return at(SqlState.SYNTAX_ERROR, ValidationErrors.tidy(text), error.getPos());
    }
    String message =
        encountered.group(1) != null
            ? "syntax error at end of input"
            : "syntax error at or near \"" + encountered.group(2) + "\"";
    boolean end = encountered.group(1) != null;
    CaissonException translated =
        at(SqlState.SYNTAX_ERROR, message, end ? behind(error.getPos()) : error.getPos());
    List<String> expected =
        error.getExpectedTokenNames().stream()
            .map(SqlErrors::tokenName)
            .distinct()
            .sorted()
            .toList();
    return expected.isEmpty() || expected.size() > MAX_EXPECTED
        ? translated
        : translated.withHint("Expected " + String.join(" or ", expected) + ".");
  }

  /** Any error of validation or conversion in our words. */
  public CaissonException translate(RuntimeException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof CaissonException known) {
        return known;
      }
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof CalciteContextException context) {
        return ValidationErrors.translate(context, this);
      }
    }
    return RuntimeErrors.translate(error);
  }

  private static @Nullable SqlParserPos place(CaissonException error) {
    Position position = error.position();
    return position == null ? null : new SqlParserPos(position.line(), position.column());
  }

  /** The parser reports the end of the text at its last character. */
  private static SqlParserPos behind(SqlParserPos last) {
    return new SqlParserPos(last.getLineNum(), last.getColumnNum() + 1);
  }

  private static @Nullable SqlParserPos place(String text) {
    Matcher place = LEXICAL_PLACE.matcher(text);
    return place.find()
        ? new SqlParserPos(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)))
        : null;
  }

  private static String character(String encountered) {
    int end = encountered.indexOf(" (");
    return end < 0 ? encountered : encountered.substring(0, end);
  }

  private static String tokenName(String token) {
    String name =
        token.replaceAll("^\"|\"$", "").replace("\" \"", " ").replaceAll(" \\.\\.\\.$", "");
    return name.startsWith("<")
        ? name.replace("<", "").replace(">", "").toLowerCase(Locale.ROOT).replace('_', ' ')
        : name;
  }

  /** Names as SQL lists them: {@code "a", "b"}. */
  public static String quoted(List<String> names) {
    return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }
}
