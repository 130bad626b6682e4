package io.caisson.model.json;

import io.caisson.type.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * JSON text as values of JSONB have it. {@link JsonWriter} writes the same, but for zeros at the
 * end of fractions, which documents keep and JSONB does not. Stateless.
 */
public final class JsonbText {
  private JsonbText() {}

  /**
   * The canonical text.
   *
   * @param json what {@link JsonWriter} wrote, in UTF-8; it is returned where it is canonical
   */
  public static byte[] of(byte[] json) {
    return mayHaveZeros(json)
        ? Json.parse(new String(json, StandardCharsets.UTF_8))
            .write()
            .getBytes(StandardCharsets.UTF_8)
        : json;
  }

  /** The canonical text of what {@link JsonWriter} wrote. */
  public static String of(String json) {
    return new String(of(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  /** Whether digits behind a point end with zero; within a text that is a false alarm. */
  private static boolean mayHaveZeros(byte[] json) {
    boolean fraction = false;
    for (int i = 1; i < json.length; i++) {
      if (json[i] == '.') {
        fraction = isDigit(json[i - 1]);
      } else if (fraction && !isDigit(json[i])) {
        if (json[i - 1] == '0') {
          return true;
        }
        fraction = false;
      }
    }
    return fraction && json[json.length - 1] == '0';
  }

  private static boolean isDigit(byte unit) {
    return unit >= '0' && unit <= '9';
  }
}
