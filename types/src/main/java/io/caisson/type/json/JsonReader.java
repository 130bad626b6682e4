package io.caisson.type.json;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one JSON value of RFC 8259, from left to right. For one thread. */
final class JsonReader {
  private static final int DEEPEST = 1_000;
  private static final int MOST_DIGITS = 131_072;
  private static final int MOST_FRACTION_DIGITS = 16_383;
  private static final int HEX = 16;
  private static final int ESCAPE_DIGITS = 4;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d{1,9})?");
  private static final Pattern WORD = Pattern.compile("[\\w.+-]+|.", Pattern.DOTALL);

  private final String text;
  private int at;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  /** The value, behind and in front of which there are blanks only. */
  Json read() {
    Json value = value();
    skipBlanks();
    if (at < text.length()) {
      throw invalid("Expected end of input");
    }
    return value;
  }

  private Json value() {
    skipBlanks();
    if (at == text.length()) {
      throw invalid("Expected JSON value");
    }
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Truth(true));
      case 'f' -> word("false", new Json.Truth(false));
      case 'n' -> word("null", new Json.Null());
      default -> number();
    };
  }

  private Json word(String word, Json value) {
    Matcher found = WORD.matcher(text).region(at, text.length());
    if (!found.lookingAt() || !found.group().equals(word)) {
      throw invalid("Expected JSON value");
    }
    at += word.length();
    return value;
  }

  private Json number() {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    Matcher token = WORD.matcher(text).region(at, text.length());
    boolean whole = number.lookingAt() && token.lookingAt() && number.end() == token.end();
    if (!whole) {
      throw invalid("Expected JSON value");
    }
    BigDecimal value = new BigDecimal(number.group());
    if ((long) value.precision() - value.scale() > MOST_DIGITS
        || value.scale() > MOST_FRACTION_DIGITS) {
      throw new CaissonException(
          SqlState.NUMERIC_OUT_OF_RANGE, "value overflows numeric format: " + number.group());
    }
    at = number.end();
    return new Json.Numeric(value);
  }

  private Json array() {
    enter();
    List<Json> elements = new ArrayList<>();
    if (!closes(']')) {
      do {
        elements.add(value());
      } while (continues(']'));
    }
    depth--;
    return new Json.Array(elements);
  }

  private Json object() {
    enter();
    Map<String, Json> members = new HashMap<>();
    if (!closes('}')) {
      do {
        skipBlanks();
        if (at == text.length() || text.charAt(at) != '"') {
          throw invalid("Expected string");
        }
        String name = string();
        skipBlanks();
        if (at == text.length() || text.charAt(at) != ':') {
          throw invalid("Expected \":\"");
        }
        at++;
        members.put(name, value());
      } while (continues('}'));
    }
    depth--;
    return Json.Members.of(members);
  }

  private void enter() {
    at++;
    if (++depth > DEEPEST) {
      throw new CaissonException(
          SqlState.INVALID_TEXT, "JSON is nested more than " + DEEPEST + " levels deep");
    }
  }

  private boolean closes(char bracket) {
    skipBlanks();
    boolean closed = at < text.length() && text.charAt(at) == bracket;
    at += closed ? 1 : 0;
    return closed;
  }

  private boolean continues(char bracket) {
    if (closes(bracket)) {
      return false;
    }
    if (at == text.length() || text.charAt(at) != ',') {
      throw invalid("Expected \",\" or \"" + bracket + "\"");
    }
    at++;
    return true;
  }

  private String string() {
    int begin = at++;
    var value = new StringBuilder();
    while (at < text.length()) {
      char unit = text.charAt(at++);
      if (unit == '"') {
        checkWhole(value, begin);
        return value.toString();
      }
      if (unit < ' ') {
        at--;
        throw invalid("Expected an escape of the control character");
      }
      value.append(unit == '\\' ? escaped() : unit);
    }
    at = begin;
    throw invalid("Expected a quote that ends the string");
  }

  /** Half of a character (a surrogate without its other half) is nothing that a text can hold. */
  private void checkWhole(StringBuilder value, int begin) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        boolean paired =
            i + 1 < value.length()
                && Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1));
        if (!paired) {
          at = begin;
          throw invalid("Expected both halves of a character");
        }
        i++;
      }
    }
  }

  private char escaped() {
    char unit = at < text.length() ? text.charAt(at++) : ' ';
    return switch (unit) {
      case '"', '\\', '/' -> unit;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> {
        at--;
        throw invalid("Expected an escape");
      }
    };
  }

  private char unicode() {
    int value = 0;
    for (int i = 0; i < ESCAPE_DIGITS; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), HEX) : -1;
      if (digit < 0) {
        throw invalid("Expected four hexadecimal digits");
      }
      at++;
      value = value * HEX + digit;
    }
    if (value == 0) {
      at -= ESCAPE_DIGITS;
      throw invalid("Expected another character than \\u0000, which no text can hold");
    }
    return (char) value;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private CaissonException invalid(String expected) {
    Matcher token = WORD.matcher(text).region(at, text.length());
    String found =
        token.lookingAt()
            ? "found \"" + token.group() + "\" at character " + (at + 1)
            : "the text ends";
    return new CaissonException(SqlState.INVALID_TEXT, "invalid input syntax for type json")
        .withHint(expected + ", but " + found + ".");
  }
}
