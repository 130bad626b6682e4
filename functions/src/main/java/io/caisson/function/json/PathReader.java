package io.caisson.function.json;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an SQL/JSON path.
 *
 * <pre>
 *   either      both { "||" both }
 *   both        opposite { "&amp;&amp;" opposite }
 *   opposite    "!" opposite | comparison
 *   comparison  sum [ sign sum | "starts with" sum | "like_regex" text [ "flag" text ] ] [ "is unknown" ]
 *   sum         product { ( "+" | "-" ) product }
 *   product     signed { ( "*" | "/" | "%" ) signed }
 *   signed      ( "+" | "-" ) signed | steps
 *   steps       primary { .name | .* | .** | [ … ] | ? ( either ) | .method() }
 *   primary     $ | $name | @ | last | constant | exists ( either ) | ( either )
 * </pre>
 *
 * For one text.
 */
final class PathReader {
  private static final Set<String> METHODS =
      Set.of(
          "type",
          "size",
          "double",
          "number",
          "decimal",
          "integer",
          "bigint",
          "boolean",
          "string",
          "abs",
          "floor",
          "ceiling",
          "keyvalue");
  private static final List<String> COMPARISONS = List.of("==", "!=", "<>", "<=", ">=", "<", ">");
  private static final int DEEPEST = 10_000;

  private final String text;
  private int at;

  PathReader(String text) {
    this.text = text;
  }

  /** Whether the path is strict: the first word may say so. */
  boolean strict() {
    boolean strict = word("strict");
    if (!strict) {
      word("lax");
    }
    return strict;
  }

  /** The path, to the end of the text. */
  PathNode read() {
    if (text.isBlank()) {
      throw new CaissonException(
          SqlState.INVALID_TEXT, "invalid input syntax for type jsonpath: \"" + text + "\"");
    }
    PathNode path = either();
    skip();
    if (at < text.length()) {
      throw unexpected();
    }
    return path;
  }

  private PathNode either() {
    PathNode left = both();
    while (sign("||")) {
      left = new PathNode.Joined(false, left, both());
    }
    return left;
  }

  private PathNode both() {
    PathNode left = opposite();
    while (sign("&&")) {
      left = new PathNode.Joined(true, left, opposite());
    }
    return left;
  }

  private PathNode opposite() {
    skip();
    boolean negated = text.startsWith("!", at) && !text.startsWith("!=", at);
    if (negated) {
      at++;
      return new PathNode.Not(opposite());
    }
    return comparison();
  }

  private PathNode comparison() {
    PathNode left = sum();
    for (String sign : COMPARISONS) {
      if (sign(sign)) {
        return new PathNode.Comparison(sign.equals("!=") ? "<>" : sign, left, sum());
      }
    }
    if (word("starts")) {
      require(word("with"));
      return new PathNode.StartsWith(left, sum());
    }
    if (word("like_regex")) {
      String pattern = quoted();
      return new PathNode.LikeRegex(left, pattern(pattern, word("flag") ? quoted() : ""));
    }
    if (word("is")) {
      require(word("unknown"));
      return new PathNode.IsUnknown(left);
    }
    return left;
  }

  private static Pattern pattern(String pattern, String flags) {
    int options = 0;
    for (int i = 0; i < flags.length(); i++) {
      options |=
          switch (flags.charAt(i)) {
            case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
            case 's' -> Pattern.DOTALL;
            case 'm' -> Pattern.MULTILINE;
            case 'x' -> Pattern.COMMENTS;
            case 'q' -> Pattern.LITERAL;
            default ->
                throw new CaissonException(
                        SqlState.SYNTAX_ERROR,
                        "unrecognized flag character \""
                            + flags.charAt(i)
                            + "\" in LIKE_REGEX predicate")
                    .withHint("There are i, s, m, x and q.");
          };
    }
    try {
      return Pattern.compile(pattern, options);
    } catch (PatternSyntaxException e) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER, "invalid regular expression: " + e.getDescription(), e);
    }
  }

  private PathNode sum() {
    PathNode left = product();
    while (true) {
      if (sign("+")) {
        left = new PathNode.Arithmetic('+', left, product());
      } else if (sign("-")) {
        left = new PathNode.Arithmetic('-', left, product());
      } else {
        return left;
      }
    }
  }

  private PathNode product() {
    PathNode left = signed();
    while (true) {
      if (sign("*")) {
        left = new PathNode.Arithmetic('*', left, signed());
      } else if (sign("/")) {
        left = new PathNode.Arithmetic('/', left, signed());
      } else if (sign("%")) {
        left = new PathNode.Arithmetic('%', left, signed());
      } else {
        return left;
      }
    }
  }

  private PathNode signed() {
    if (sign("+")) {
      return new PathNode.Signed(false, signed());
    }
    return sign("-") ? new PathNode.Signed(true, signed()) : steps(primary());
  }

  private PathNode steps(PathNode start) {
    PathNode node = start;
    while (true) {
      if (sign("[")) {
        node = elements(node);
      } else if (sign("?")) {
        require(sign("("));
        PathNode condition = either();
        require(sign(")"));
        node = new PathNode.Filtered(node, condition);
      } else if (sign(".")) {
        node = step(node);
      } else {
        return node;
      }
    }
  }

  private PathNode step(PathNode of) {
    if (sign("**")) {
      return below(of);
    }
    if (sign("*")) {
      return new PathNode.Member(of, null);
    }
    skip();
    if (peek() == '"') {
      return new PathNode.Member(of, quoted());
    }
    String name = name();
    if (!sign("(")) {
      return new PathNode.Member(of, name);
    }
    require(METHODS.contains(name) && sign(")"));
    return new PathNode.Method(of, name);
  }

  private PathNode below(PathNode of) {
    if (!sign("{")) {
      return new PathNode.Below(of, 0, DEEPEST);
    }
    int from = level();
    int to = word("to") ? level() : from;
    require(sign("}"));
    return new PathNode.Below(of, from, to);
  }

  private int level() {
    return word("last") ? DEEPEST : number().intValue();
  }

  private PathNode elements(PathNode of) {
    if (sign("*")) {
      require(sign("]"));
      return new PathNode.Elements(of, List.of());
    }
    var ranges = new ArrayList<PathNode.Range>();
    do {
      PathNode from = sum();
      ranges.add(new PathNode.Range(from, word("to") ? sum() : null));
    } while (sign(","));
    require(sign("]"));
    return new PathNode.Elements(of, ranges);
  }

  private PathNode primary() {
    if (sign("(")) {
      PathNode inner = either();
      require(sign(")"));
      return word("is") ? unknown(inner) : inner;
    }
    if (sign("$")) {
      boolean quoted = peek() == '"';
      return quoted || isNameStart(peek())
          ? new PathNode.Variable(quoted ? quoted() : name())
          : new PathNode.Root();
    }
    if (sign("@")) {
      return new PathNode.Current();
    }
    skip();
    char next = peek();
    if (next == '"') {
      return new PathNode.Constant(new Json.Text(quoted()));
    }
    boolean fraction = next == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1));
    if (isDigit(next) || fraction) {
      return new PathNode.Constant(new Json.Numeric(number()));
    }
    if (word("exists")) {
      require(sign("("));
      PathNode inner = either();
      require(sign(")"));
      return new PathNode.Exists(inner);
    }
    PathNode constant = constant();
    if (constant == null) {
      throw unexpected();
    }
    return constant;
  }

  private PathNode unknown(PathNode condition) {
    require(word("unknown"));
    return new PathNode.IsUnknown(condition);
  }

  private @Nullable PathNode constant() {
    if (word("last")) {
      return new PathNode.Last();
    }
    if (word("null")) {
      return new PathNode.Constant(new Json.Null());
    }
    if (word("true")) {
      return new PathNode.Constant(new Json.Truth(true));
    }
    return word("false") ? new PathNode.Constant(new Json.Truth(false)) : null;
  }

  private BigDecimal number() {
    skip();
    int start = at;
    while (at < text.length() && (isDigit(peek()) || peek() == '.')) {
      at++;
    }
    boolean exponent = at > start && (peek() == 'e' || peek() == 'E');
    if (exponent) {
      at++;
      at += peek() == '-' || peek() == '+' ? 1 : 0;
      while (isDigit(peek())) {
        at++;
      }
    }
    try {
      return new BigDecimal(text.substring(start, at));
    } catch (NumberFormatException e) {
      throw unexpected();
    }
  }

  private String quoted() {
    skip();
    require(peek() == '"');
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      throw new CaissonException(
          SqlState.SYNTAX_ERROR, "unterminated quoted string at end of jsonpath input");
    }
    String json = text.substring(at, end + 1);
    at = end + 1;
    return Json.parse(json).unquoted();
  }

  private String name() {
    skip();
    int start = at;
    require(isNameStart(peek()));
    while (isNameStart(peek()) || isDigit(peek())) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_' || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The next character; at the end one that no path has. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean sign(String sign) {
    skip();
    boolean found = text.startsWith(sign, at);
    at += found ? sign.length() : 0;
    return found;
  }

  private boolean word(String word) {
    skip();
    int end = at + word.length();
    boolean found =
        text.startsWith(word, at)
            && (end >= text.length()
                || !(isNameStart(text.charAt(end)) || isDigit(text.charAt(end))));
    at = found ? end : at;
    return found;
  }

  private void require(boolean holds) {
    if (!holds) {
      throw unexpected();
    }
  }

  private CaissonException unexpected() {
    skip();
    String where =
        at >= text.length()
            ? "syntax error at end of jsonpath input"
            : "syntax error at or near \"" + token() + "\" of jsonpath input";
    return new CaissonException(SqlState.SYNTAX_ERROR, where)
        .withHint(
            "A path begins with $ and goes on with .name, .*, [0], [last], [*], ? (@ > 1) or .method().");
  }

  private String token() {
    int end = at;
    while (end < text.length() && (isNameStart(text.charAt(end)) || isDigit(text.charAt(end)))) {
      end++;
    }
    return text.substring(at, Math.max(end, at + 1));
  }
}
