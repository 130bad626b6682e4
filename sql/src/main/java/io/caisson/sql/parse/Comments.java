package io.caisson.sql.parse;

/**
 * Comments, which may lie within each other; the parser knows them only side by side. Stateless.
 */
final class Comments {
  private Comments() {}

  /** The text with blanks in the place of comments, every other character where it was. */
  static String blanked(String text) {
    if (!text.contains("/*")) {
      return text;
    }
    var blanked = new StringBuilder(text);
    var scanner = new SqlScanner(text);
    for (var kind = scanner.next(); kind != SqlScanner.Kind.END; kind = scanner.next()) {
      boolean comment = kind == SqlScanner.Kind.COMMENT && text.startsWith("/*", scanner.start());
      for (int i = scanner.start(); comment && i < scanner.end(); i++) {
        if (text.charAt(i) != '\n') {
          blanked.setCharAt(i, ' ');
        }
      }
    }
    return blanked.toString();
  }
}
