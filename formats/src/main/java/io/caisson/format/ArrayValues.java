package io.caisson.format;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.array.ArrayCasts;
import io.caisson.function.array.ArrayText;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import io.caisson.type.json.Json;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets columns of arrays: from PostgreSQL's text <code>{1,NULL}</code>, or from an array of JSON.
 * Stateless.
 */
final class ArrayValues {
  private ArrayValues() {}

  /** Sets a column from PostgreSQL's text of an array. */
  static void set(ParsedRows row, int column, String text, ZoneId zone) throws BadRow {
    try {
      set(row, column, ArrayText.read(text), zone);
    } catch (CaissonException e) {
      throw bad(e, row, column);
    }
  }

  /** Sets a column from the text of an array of JSON. */
  static void setJson(ParsedRows row, int column, String text, ZoneId zone) throws BadRow {
    TypeKind kind = row.type(column).elements().kind();
    try {
      if (!(Json.parse(text) instanceof Json.Array array)) {
        throw TextValues.misfit(row, column, text);
      }
      var texts = new ArrayList<@Nullable String>();
      for (Json element : array.elements()) {
        texts.add(elementText(row, column, element, kind));
      }
      set(row, column, texts, zone);
    } catch (CaissonException e) {
      throw bad(e, row, column);
    }
  }

  private static @Nullable String elementText(
      ParsedRows row, int column, Json element, TypeKind kind) throws BadRow {
    if (element instanceof Json.Null) {
      return null;
    }
    if (kind == TypeKind.JSONB) {
      return element.write();
    }
    if (element instanceof Json.Text text) {
      return text.value();
    }
    if (element instanceof Json.Array || element instanceof Json.Members) {
      throw new BadRow(
          SqlState.FEATURE_NOT_SUPPORTED,
          ArrayText.dimensions().getMessage() + ": " + TextValues.named(row, column));
    }
    return element.write();
  }

  private static void set(
      ParsedRows row, int column, List<? extends @Nullable String> texts, ZoneId zone) {
    SqlType element = row.type(column).elements();
    SqlArray array = ArrayCasts.stored(ArrayCasts.ofTexts(zone, element.kind(), texts), element);
    byte[] bytes = SqlArray.encode(array);
    row.setText(column, bytes, 0, bytes.length);
  }

  private static BadRow bad(CaissonException error, ParsedRows row, int column) {
    return new BadRow(error.state(), error.getMessage() + " for " + TextValues.named(row, column));
  }
}
