package io.caisson.model.json;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Java values as JSON text in the one form that PostgreSQL's jsonb prints: members sorted by the
 * length of their names and then by their bytes, a blank behind each colon and comma, numbers in
 * full. So equal documents are equal bytes. For one text.
 */
public final class JsonWriter {
  private static final Comparator<String> NAME_ORDER =
      Comparator.comparing(
          name -> name.getBytes(StandardCharsets.UTF_8),
          Comparator.<byte[]>comparingInt(bytes -> bytes.length)
              .thenComparing(Arrays::compareUnsigned));
  private static final int FIRST_PRINTABLE = 0x20;

  private final StringBuilder text = new StringBuilder();

  private JsonWriter() {}

  /**
   * Writes a value.
   *
   * @param value text, a number, a boolean, null, or a list or map of these
   * @throws CaissonException 42804 for a value that JSON can't hold, with its path; 54001 where it
   *     is nested too deep
   */
  public static String write(@Nullable Object value) {
    var writer = new JsonWriter();
    writer.put(value, "", 0);
    return writer.text.toString();
  }

  private void put(@Nullable Object value, String path, int depth) {
    if (value == null || value instanceof Boolean) {
      text.append(value);
    } else if (value instanceof String string) {
      putText(string, path);
    } else if (value instanceof Number number) {
      text.append(number(number, path));
    } else if (value instanceof List<?> list) {
      putList(list, path, deeper(path, depth));
    } else if (value instanceof Map<?, ?> map) {
      putMap(map, path, deeper(path, depth));
    } else {
      throw refused(path, "holds a " + value.getClass().getName());
    }
  }

  private static int deeper(String path, int depth) {
    if (depth == JsonReader.DEEPEST) {
      throw new CaissonException(
              SqlState.ROW_TOO_LARGE,
              "\"" + path + "\" is nested deeper than " + JsonReader.DEEPEST + " levels")
          .withHint("Lists and objects may be nested up to " + JsonReader.DEEPEST + " levels.");
    }
    return depth + 1;
  }

  private void putList(List<?> list, String path, int depth) {
    text.append('[');
    for (int i = 0; i < list.size(); i++) {
      text.append(i == 0 ? "" : ", ");
      put(list.get(i), path + "[" + i + "]", depth);
    }
    text.append(']');
  }

  private void putMap(Map<?, ?> map, String path, int depth) {
    var members = new TreeMap<String, @Nullable Object>(NAME_ORDER);
    for (Map.Entry<?, ?> member : map.entrySet()) {
      if (!(member.getKey() instanceof String name)) {
        throw refused(path, "has a name that is no text");
      }
      members.put(name, member.getValue());
    }
    String separator = "{";
    for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
      String inner = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      text.append(separator);
      putText(member.getKey(), inner);
      text.append(": ");
      put(member.getValue(), inner, depth);
      separator = ", ";
    }
    text.append(members.isEmpty() ? "{}" : "}");
  }

  private static String number(Number number, String path) {
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw refused(path, "holds " + number + ", which JSON has no word for");
      }
      return new BigDecimal(number.toString()).toPlainString();
    }
    if (number instanceof BigDecimal decimal) {
      return JsonNumbers.checked(decimal).toPlainString();
    }
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      return number.toString();
    }
    if (number instanceof BigInteger integer) {
      return JsonNumbers.checked(new BigDecimal(integer)).toPlainString();
    }
    throw refused(path, "holds a " + number.getClass().getName());
  }

  private void putText(String string, String path) {
    if (hasHalfCharacters(string)) {
      throw refused(path, "holds half of a character (an unpaired surrogate)");
    }
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      putCharacter(string.charAt(i));
    }
    text.append('"');
  }

  private void putCharacter(char c) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\b' -> text.append("\\b");
      case '\f' -> text.append("\\f");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        if (c < FIRST_PRINTABLE) {
          text.append("\\u00").append(c < 0x10 ? '0' : '1').append(Character.forDigit(c & 0xF, 16));
        } else {
          text.append(c);
        }
      }
    }
  }

  /** Whether a text has a surrogate without its other half, which UTF-8 can't write. */
  static boolean hasHalfCharacters(String string) {
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < string.length()
                && Character.isLowSurrogate(string.charAt(i + 1));
        if (!paired) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static CaissonException refused(String path, String reason) {
    String what = path.isEmpty() ? "The value" : "\"" + path + "\"";
    return new CaissonException(
            SqlState.DATATYPE_MISMATCH, what + " can't be kept as JSON: it " + reason)
        .withHint("JSON holds text, numbers, booleans, null, and lists and maps of these.");
  }
}
