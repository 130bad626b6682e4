package io.caisson.function.array;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Casts from and to arrays, element by element. Those of instants depend on a time zone, which the
 * methods take first. Thread-safe.
 */
public final class ArrayCasts {
  private ArrayCasts() {}

  /** Whether a value of one type, of which one at least is an array, can be cast to the other. */
  public static boolean isPossible(SqlType from, SqlType to) {
    if (from.kind() == TypeKind.TEXT || to.kind() == TypeKind.TEXT) {
      return true;
    }
    return from.kind() == to.kind()
        && ElementCasts.isPossible(from.elements().kind(), to.elements().kind());
  }

  /** Whether the cast depends on the session's time zone. */
  public static boolean isZoned(SqlType from, SqlType to) {
    return isOfInstants(from) != isOfInstants(to);
  }

  private static boolean isOfInstants(SqlType type) {
    return type.element() != null && type.element().kind() == TypeKind.TIMESTAMPTZ;
  }

  /** The array of a text. */
  public static SqlArray parse(TypeKind kind, String text) {
    return parse(ZoneOffset.UTC, kind, text);
  }

  /** The array of a text, whose instants without a zone are of the given one. */
  public static SqlArray parse(ZoneId zone, TypeKind kind, String text) {
    return ofTexts(zone, kind, ArrayText.read(text));
  }

  /** The array of the texts of its elements, null for NULL. */
  public static SqlArray ofTexts(
      ZoneId zone, TypeKind kind, List<? extends @Nullable String> texts) {
    var elements = new ArrayList<@Nullable Object>();
    for (String element : texts) {
      elements.add(element == null ? null : ElementCasts.cast(element, TypeKind.TEXT, kind, zone));
    }
    return SqlArray.of(kind, elements);
  }

  /** An array as text. */
  public static String text(SqlArray array) {
    return text(ZoneOffset.UTC, array);
  }

  /** An array as text, instants in the given zone. */
  public static String text(ZoneId zone, SqlArray array) {
    var texts = new ArrayList<@Nullable String>();
    for (Object element : array.elements()) {
      texts.add(element == null ? null : elementText(zone, array.kind(), element));
    }
    return ArrayText.write(texts);
  }

  /** An element as the text of an array has it: truth is one letter. */
  public static String elementText(ZoneId zone, TypeKind kind, Object element) {
    return element instanceof Boolean flag
        ? flag ? "t" : "f"
        : ElementCasts.cast(element, kind, TypeKind.TEXT, zone).toString();
  }

  /** An array as one of other elements. */
  public static SqlArray cast(TypeKind kind, SqlArray array) {
    return cast(ZoneOffset.UTC, kind, array);
  }

  /** An array as one of other elements, instants being in the given zone. */
  public static SqlArray cast(ZoneId zone, TypeKind kind, SqlArray array) {
    TypeKind from = array.kind();
    return from == kind ? array : mapped(array, kind, e -> ElementCasts.cast(e, from, kind, zone));
  }

  /** An array whose elements are within the limits of their type, as a cast makes them. */
  public static SqlArray fit(SqlArray array, long precision, long scale) {
    TypeKind kind = array.kind();
    return mapped(array, kind, e -> ElementCasts.fitted(e, kind, (int) precision, (int) scale));
  }

  /**
   * An array whose elements are within the limits of their type, as one is stored.
   *
   * @throws CaissonException 22001 where a text is too long
   */
  public static SqlArray stored(SqlArray array, SqlType element) {
    if (element.precision() < 0) {
      return array;
    }
    if (element.kind() == TypeKind.TEXT) {
      for (Object each : array.elements()) {
        if (each instanceof String text
            && text.codePointCount(0, text.length()) > element.precision()) {
          throw new CaissonException(
              SqlState.STRING_TOO_LONG, "value too long for type " + element.sql());
        }
      }
      return array;
    }
    return fit(array, element.precision(), element.scale());
  }

  private static SqlArray mapped(SqlArray array, TypeKind kind, UnaryOperator<Object> change) {
    var elements = new ArrayList<@Nullable Object>();
    for (Object element : array.elements()) {
      elements.add(element == null ? null : change.apply(element));
    }
    return SqlArray.of(kind, elements);
  }
}
