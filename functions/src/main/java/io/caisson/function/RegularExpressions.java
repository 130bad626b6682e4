package io.caisson.function;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions, compiled once as long as a few of them are in use: the last ones lie in a
 * small table by their hash. The dialect is Java's, which agrees with PostgreSQL's on everything
 * common. Thread-safe.
 */
final class RegularExpressions {
  private static final int SLOTS = 64;
  private static final AtomicReferenceArray<Compiled> RECENT = new AtomicReferenceArray<>(SLOTS);

  private record Compiled(String text, Pattern pattern) {}

  private RegularExpressions() {}

  static boolean matches(String text, String pattern) {
    return compiled(pattern).matcher(text).find();
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
    return compiled(java.length() == 0 ? pattern : "(?" + java + ")" + pattern).matcher(text);
  }

  static String replaceFirst(String text, String pattern, String replacement) {
    return replace(text, pattern, replacement, "");
  }

  /** The text with its first match replaced, or with the flag g all of them. */
  static String replace(String text, String pattern, String replacement, String flags) {
    return replaceNth(text, pattern, replacement, flags, flags.indexOf('g') >= 0 ? 0 : 1);
  }

  /** The text with one of its matches replaced, counted from 1; for 0 all of them. */
  static String replaceNth(
      String text, String pattern, String replacement, String flags, long number) {
    Matcher matcher = matcher(text, pattern, flags);
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

  private static Pattern compiled(String pattern) {
    int slot = pattern.hashCode() & (SLOTS - 1);
    Compiled known = RECENT.get(slot);
    if (known != null && known.text.equals(pattern)) {
      return known.pattern;
    }
    try {
      Pattern compiled = Pattern.compile(java(pattern));
      RECENT.set(slot, new Compiled(pattern, compiled));
      return compiled;
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
