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
  private static final AtomicReferenceArray<Pattern> RECENT = new AtomicReferenceArray<>(SLOTS);

  private RegularExpressions() {}

  static boolean matches(String text, String pattern) {
    return compiled(pattern).matcher(text).find();
  }

  static String replaceFirst(String text, String pattern, String replacement) {
    Matcher matcher = compiled(pattern).matcher(text);
    if (!matcher.find()) {
      return text;
    }
    var result = new StringBuilder(text.length() + replacement.length());
    result.append(text, 0, matcher.start());
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c != '\\' || i + 1 == replacement.length()) {
        result.append(c);
        continue;
      }
      appendEscaped(result, replacement.charAt(++i), matcher);
    }
    return result.append(text, matcher.end(), text.length()).toString();
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
    Pattern known = RECENT.get(slot);
    if (known != null && known.pattern().equals(pattern)) {
      return known;
    }
    try {
      Pattern compiled = Pattern.compile(pattern);
      RECENT.set(slot, compiled);
      return compiled;
    } catch (PatternSyntaxException e) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER,
          "invalid regular expression: " + e.getDescription() + " in \"" + pattern + "\"",
          e);
    }
  }
}
