package io.caisson.function.array;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays as PostgreSQL writes them: {@code {1,NULL,"a b","say \"hi\""}}. For one text.
 *
 * <pre>
 *   array    { }  |  { element , element … }
 *   element  NULL  |  word  |  " any character, \ in front of " and \ "
 * </pre>
 */
public final class ArrayText {
  private final String text;
  private int at;

  private ArrayText(String text) {
    this.text = text;
  }

  /** The text of elements, null for NULL. */
  public static String write(List<? extends @Nullable String> elements) {
    var written = new StringBuilder("{");
    for (String element : elements) {
      written.append(written.length() == 1 ? "" : ",");
      written.append(element == null ? "NULL" : quoted(element));
    }
    return written.append('}').toString();
  }

  private static String quoted(String element) {
    boolean plain = !element.isEmpty() && !element.equalsIgnoreCase("NULL");
    for (int i = 0; plain && i < element.length(); i++) {
      char c = element.charAt(i);
      plain = "{},\"\\".indexOf(c) < 0 && !isSpace(c);
    }
    return plain ? element : '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /**
   * The texts of the elements, null for NULL.
   *
   * @throws CaissonException 22P02 where the text is no array, 0A000 where it has more dimensions
   */
  public static List<@Nullable String> read(String text) {
    return new ArrayText(text).read();
  }

  /** The error for arrays of arrays. */
  public static CaissonException dimensions() {
    return new CaissonException(
            SqlState.FEATURE_NOT_SUPPORTED, "arrays of more than one dimension are not supported")
        .withHint("Use JSONB for arrays in arrays.");
  }

  private List<@Nullable String> read() {
    var elements = new ArrayList<@Nullable String>();
    skipSpaces();
    if (next() == '[') {
      throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "arrays with subscripts of their own are not supported")
          .withHint("Arrays begin at 1: leave out what stands before the brace.");
    }
    expect('{', "Array value must start with \"{\".");
    skipSpaces();
    if (next() == '}') {
      at++;
    } else {
      elements.add(element());
      while (next() == ',') {
        at++;
        elements.add(element());
      }
      expect('}', "Unexpected end of input.");
    }
    skipSpaces();
    if (at < text.length()) {
      throw malformed("Junk after closing right brace.");
    }
    return elements;
  }

  private @Nullable String element() {
    skipSpaces();
    if (next() == '{') {
      throw dimensions();
    }
    return next() == '"' ? inQuotes() : word();
  }

  private String inQuotes() {
    var element = new StringBuilder();
    at++;
    while (next() != '"') {
      if (next() == '\\') {
        at++;
      }
      element.append(take());
    }
    at++;
    skipSpaces();
    if (next() != ',' && next() != '}') {
      throw malformed("Incorrectly quoted array element.");
    }
    return element.toString();
  }

  private @Nullable String word() {
    var element = new StringBuilder();
    boolean escaped = false;
    int end = 0;
    while (next() != ',' && next() != '}' && at < text.length()) {
      char c = take();
      if (c == '{' || c == '"') {
        throw malformed(
            c == '{' ? "Unexpected \"{\" character." : "Incorrectly quoted array element.");
      }
      if (c == '\\') {
        escaped = true;
        c = take();
        end = element.length() + 1;
      }
      element.append(c);
      end = isSpace(c) ? end : element.length();
    }
    if (end == 0) {
      throw malformed(
          at < text.length()
              ? "Unexpected \"" + text.charAt(at) + "\" character."
              : "Unexpected end of input.");
    }
    element.setLength(end);
    String word = element.toString();
    return !escaped && word.equalsIgnoreCase("NULL") ? null : word;
  }

  private void skipSpaces() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  /** The character at hand, or one that means nothing at the end. */
  private char next() {
    return at < text.length() ? text.charAt(at) : Character.MAX_VALUE;
  }

  private char take() {
    if (at >= text.length()) {
      throw malformed("Unexpected end of input.");
    }
    return text.charAt(at++);
  }

  private void expect(char character, String otherwise) {
    if (next() != character) {
      throw malformed(otherwise);
    }
    at++;
  }

  private CaissonException malformed(String why) {
    return new CaissonException(SqlState.INVALID_TEXT, "malformed array literal: \"" + text + "\"")
        .withHint(why);
  }
}
