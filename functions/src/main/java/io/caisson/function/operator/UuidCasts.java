package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Locale;
import java.util.regex.Pattern;

/** Casts between UUID, which functions see as its text, and text. Thread-safe. */
public final class UuidCasts {
  private static final Pattern UUID = Pattern.compile("\\{?(?:[0-9a-f]{4}-?){7}[0-9a-f]{4}\\}?");
  private static final int[] GROUPS = {8, 12, 16, 20};

  private UuidCasts() {}

  /** The UUID that a text says, with or without hyphens and braces. */
  public static String parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!UUID.matcher(lower).matches() || lower.startsWith("{") != lower.endsWith("}")) {
      throw new CaissonException(
          SqlState.INVALID_TEXT, "invalid input syntax for type uuid: \"" + text + "\"");
    }
    var digits = new StringBuilder(lower.replaceAll("[{}-]", ""));
    for (int i = GROUPS.length - 1; i >= 0; i--) {
      digits.insert(GROUPS[i], '-');
    }
    return digits.toString();
  }

  /** A UUID as text. */
  public static String text(String uuid) {
    return uuid;
  }
}
