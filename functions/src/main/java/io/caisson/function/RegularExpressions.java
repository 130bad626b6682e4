package io.caisson.function;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.recent.Recent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions, compiled once as long as a few of them are in use. The dialect is Java's,
 * which agrees with PostgreSQL's on everything common. Thread-safe.
 */
final class RegularExpressions {
  private static final Recent<Pattern> RECENT = new Recent<>(RegularExpressions::compile);

  private RegularExpressions() {}

  static boolean matches(String text, String pattern) {
    return RECENT.of(pattern).matcher(text).find();
  }

  /** A matcher with PostgreSQL's flags: i for any case, n and m for lines, x for blanks. */
  static Matcher matcher(String text, String pattern, String flags) {
    var java = new StringBuilder();
    for (int i = 0; i < flags.length(); i++) {
      switch (flags.charAt(i)) {
        case 'i' -> java.append('i');
        case 'n', 'm' -> java.append('m');
        case 'x' -> java.append('x');
        case 'c', 's', 'g' -> {}
        default ->
            throw new CaissonException(
                SqlState.INVALID_PARAMETER,
                "invalid regular expression option: \"" + flags.charAt(i) + "\"");
      }
    }
    return RECENT.of(java.length() == 0 ? pattern : "(?" + java + ")" + pattern).matcher(text);
  }

  static String replaceFirst(String text, String pattern, String replacement) {
    return replace(text, pattern, replacement, "");
  }

  /** The text with its first match replaced, or with the flag g all of them. */
  static String replace(String text, String pattern, String replacement, String flags) {
    return replaced(
        text, matcher(text, pattern, flags), replacement, flags.indexOf('g') >= 0 ? 0 : 1);
  }

  /**
   * A matcher that begins to look at a place. What lies before it is there all the same, for signs
   * that stand for the begin of the text or of a word.
   *
   * @param start an index of the text
   */
  static Matcher matcherFrom(String text, int start, String pattern, String flags) {
    return matcher(text, pattern, flags)
        .region(start, text.length())
        .useAnchoringBounds(false)
        .useTransparentBounds(true);
  }

  /** A text with one of its next matches replaced, counted from 1; for 0 all of them. */
  static String replaced(String text, Matcher matcher, String replacement, long number) {
    long match = 0;
    var result = new StringBuilder(text.length() + replacement.length());
    int rest = 0;
    while ((number == 0 || match < number) && matcher.find()) {
      match++;
      if (number == 0 || match == number) {
        result.append(text, rest, matcher.start());
        appendReplacement(result, replacement, matcher);
        rest = matcher.end();
      }
    }
    return result.append(text, rest, text.length()).toString();
  }

  private static void appendReplacement(StringBuilder result, String replacement, Matcher matcher) {
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c != '\\' || i + 1 == replacement.length()) {
        result.append(c);
        continue;
      }
      appendEscaped(result, replacement.charAt(++i), matcher);
    }
  }

  private static void appendEscaped(StringBuilder result, char escaped, Matcher matcher) {
    if (escaped == '&') {
      result.append(matcher.group());
    } else if (escaped >= '1' && escaped <= '9') {
      int group = escaped - '0';
      String found = group <= matcher.groupCount() ? matcher.group(group) : null;
      result.append(found == null ? "" : found);
    } else if (escaped == '\\') {
      result.append('\\');
    } else {
      result.append('\\').append(escaped);
    }
  }

  private static Pattern compile(String pattern) {
    try {
      return Pattern.compile(java(pattern));
    } catch (PatternSyntaxException e) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER,
          "invalid regular expression: " + e.getDescription() + " in \"" + pattern + "\"",
          e);
    }
  }

  /** PostgreSQL's words for the borders of words, as Java writes them. */
  private static String java(String pattern) {
    var written = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '\\' || i + 1 == pattern.length()) {
        written.append(c);
        continue;
      }
      char escaped = pattern.charAt(++i);
      written.append(
          switch (escaped) {
            case 'm' -> "\\b(?=\\w)";
            case 'M' -> "\\b(?<=\\w)";
            case 'y' -> "\\b";
            case 'Y' -> "\\B";
            default -> "\\" + escaped;
          });
    }
    return written.toString();
  }
}
