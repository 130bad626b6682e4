package io.caisson.function;

import io.caisson.function.array.ArrayCasts;
import io.caisson.type.SqlArray;
import io.caisson.type.TypeKind;
import io.caisson.type.json.Json;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Texts taken apart into arrays, and arrays put together as text or JSON. Stateless. */
final class ArrayParts {
  private ArrayParts() {}

  /** The elements put together; NULLs are left out where nothing stands for them. */
  static String join(ZoneId zone, SqlArray array, String separator, @Nullable String forNull) {
    var joined = new StringBuilder();
    boolean first = true;
    for (Object element : array.elements()) {
      String text = element == null ? forNull : ArrayCasts.elementText(zone, array.kind(), element);
      if (text != null) {
        joined.append(first ? "" : separator).append(text);
        first = false;
      }
    }
    return joined.toString();
  }

  /** The parts of a text; its characters where there is no separator. */
  static SqlArray split(String text, @Nullable String separator, @Nullable String forNull) {
    var parts = new ArrayList<@Nullable String>();
    if (separator == null) {
      text.codePoints().forEach(point -> parts.add(Character.toString(point)));
    } else if (!text.isEmpty()) {
      int from = 0;
      int at = separator.isEmpty() ? -1 : text.indexOf(separator);
      for (; at >= 0; at = text.indexOf(separator, from)) {
        parts.add(text.substring(from, at));
        from = at + separator.length();
      }
      parts.add(text.substring(from));
    }
    parts.replaceAll(part -> part != null && part.equals(forNull) ? null : part);
    return texts(parts);
  }

  /** What the parentheses of each match hold, or the match; all matches with the flag g. */
  static List<SqlArray> matches(String text, String pattern, String flags) {
    Matcher matcher = RegularExpressions.matcher(text, pattern, flags);
    var matches = new ArrayList<SqlArray>();
    while (matcher.find() && (matches.isEmpty() || flags.indexOf('g') >= 0)) {
      var groups = new ArrayList<@Nullable String>();
      for (int group = 1; group <= matcher.groupCount(); group++) {
        groups.add(matcher.group(group));
      }
      if (groups.isEmpty()) {
        groups.add(matcher.group());
      }
      matches.add(texts(groups));
    }
    return matches;
  }

  /** The parts between matches, of which an empty one at an end or beside another is none. */
  static SqlArray splitByPattern(String text, String pattern, String flags) {
    Matcher matcher = RegularExpressions.matcher(text, pattern, flags);
    var parts = new ArrayList<@Nullable String>();
    int from = 0;
    while (matcher.find()) {
      boolean nothing = matcher.end() == matcher.start();
      if (nothing && (matcher.start() == from || matcher.start() == text.length())) {
        continue;
      }
      parts.add(text.substring(from, matcher.start()));
      from = matcher.end();
    }
    parts.add(text.substring(from));
    return texts(parts);
  }

  /** The array as JSON. */
  static String json(SqlArray array) {
    var elements = new ArrayList<Json>();
    for (Object element : array.elements()) {
      elements.add(element == null ? new Json.Null() : json(array.kind(), element));
    }
    return new Json.Array(elements).write();
  }

  private static Json json(TypeKind kind, Object element) {
    if (element instanceof Boolean flag) {
      return new Json.Truth(flag);
    }
    if (element instanceof BigDecimal number) {
      return new Json.Numeric(number);
    }
    if (element instanceof Double number && Double.isFinite(number)) {
      return new Json.Numeric(new BigDecimal(ArrayCasts.elementText(ZoneOffset.UTC, kind, number)));
    }
    if (kind == TypeKind.JSONB) {
      return Json.parse((String) element);
    }
    boolean whole =
        kind == TypeKind.SMALLINT || kind == TypeKind.INTEGER || kind == TypeKind.BIGINT;
    if (whole && element instanceof Long number) {
      return new Json.Numeric(BigDecimal.valueOf(number));
    }
    String text = ArrayCasts.elementText(ZoneOffset.UTC, kind, element);
    return new Json.Text(kind == TypeKind.TIMESTAMP ? text.replace(' ', 'T') : text);
  }

  private static SqlArray texts(List<@Nullable String> texts) {
    return SqlArray.of(TypeKind.TEXT, texts);
  }
}
