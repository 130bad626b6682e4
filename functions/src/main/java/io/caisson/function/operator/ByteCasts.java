package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Casts between BYTEA and text: PostgreSQL's hex form {@code \xDEADBEEF}, and to be read the escape
 * form too, in which {@code \\} is a backslash and {@code \001} a byte. Thread-safe.
 */
public final class ByteCasts {
  private static final int OCTAL = 8;
  private static final int OCTAL_DIGITS = 3;

  private ByteCasts() {}

  /** The hex form. */
  public static String text(byte[] bytes) {
    return "\\x" + HexFormat.of().formatHex(bytes);
  }

  /**
   * The bytes that a text says.
   *
   * @throws CaissonException INVALID_TEXT where it is in none of the forms
   */
  public static byte[] parse(String text) {
    try {
      return text.startsWith("\\x")
          ? HexFormat.of().parseHex(text.substring(2).replaceAll("\\s", ""))
          : unescaped(text);
    } catch (IllegalArgumentException e) {
      throw new CaissonException(
          SqlState.INVALID_TEXT, "invalid input syntax for type bytea: \"" + text + "\"", e);
    }
  }

  /**
   * The bytes that a text in the escape form stands for.
   *
   * @throws IllegalArgumentException where an escape is none
   */
  public static byte[] unescaped(String text) {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < source.length; i++) {
      if (source[i] != '\\') {
        bytes.write(source[i]);
      } else if (i + 1 < source.length && source[i + 1] == '\\') {
        bytes.write(source[++i]);
      } else if (i + OCTAL_DIGITS < source.length) {
        String digits = new String(source, i + 1, OCTAL_DIGITS, StandardCharsets.US_ASCII);
        int value = Integer.parseUnsignedInt(digits, OCTAL);
        if (value > 0xFF) {
          throw new IllegalArgumentException("no byte");
        }
        bytes.write(value);
        i += OCTAL_DIGITS;
      } else {
        throw new IllegalArgumentException("an escape that ends too early");
      }
    }
    return bytes.toByteArray();
  }
}
