package io.caisson.sql.parse;

import io.caisson.sql.syntax.StringSyntax;

/**
 * Strings in dollars, {@code $$it's$$} and {@code $tag$…$tag$}, as strings in quotes that are as
 * long, so that every character stays where it is. What a quote within and the rest of the tags
 * become no text has; the parser makes a quote and nothing of it. Stateless.
 *
 * <pre>
 *   $q$it's$q$
 *   '__it_s__'
 * </pre>
 */
final class DollarStrings {
  private DollarStrings() {}

  /** The text with quotes in the place of dollars. */
  static String inQuotes(String text) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    var result = new StringBuilder(text);
    var scanner = new SqlScanner(text);
    for (var kind = scanner.next(); kind != SqlScanner.Kind.END; kind = scanner.next()) {
      if (kind == SqlScanner.Kind.STRING && text.charAt(scanner.start()) == '$') {
        int tag = text.indexOf('$', scanner.start() + 1) + 1 - scanner.start();
        String content = text.substring(scanner.start() + tag, scanner.end() - tag);
        String nothing = String.valueOf(StringSyntax.NOTHING).repeat(tag - 1);
        result.replace(
            scanner.start(),
            scanner.end(),
            "'" + nothing + content.replace('\'', StringSyntax.QUOTE) + nothing + "'");
      }
    }
    return result.toString();
  }
}
