package io.caisson.cli.command;

import org.jspecify.annotations.Nullable;

/** How much room text takes on a terminal, and text that is safe to print there. */
public final class Text {
  private Text() {}

  /** How many cells of a terminal the text takes. */
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      char unit = text.charAt(i);
      if (unit < 0x300) {
        width++;
        i++;
      } else {
        int character = text.codePointAt(i);
        width += width(character);
        i += Character.charCount(character);
      }
    }
    return width;
  }

  /** How many cells a character takes: none for combining ones, two for wide ones. */
  public static int width(int character) {
    if (character < 0x300) {
      return 1;
    }
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return isWide(character) ? 2 : 1;
  }

  // The blocks of East Asian Width W and F, merged where only unassigned characters lie between.
  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115f
            || (c >= 0x2e80 && c <= 0x303e)
            || (c >= 0x3041 && c <= 0xa4cf)
            || (c >= 0xa960 && c <= 0xa97c)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1f64f)
            || (c >= 0x1f680 && c <= 0x1f6ff)
            || (c >= 0x1f900 && c <= 0x1f9ff)
            || (c >= 0x20000 && c <= 0x3fffd));
  }

  /** The text with control characters written out, so that data can't drive the terminal. */
  public static String printable(@Nullable String text) {
    if (text == null) {
      return "";
    }
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return escaped(text, i);
      }
    }
    return text;
  }

  private static String escaped(String text, int first) {
    var result = new StringBuilder(text.length() + 8).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '\n' -> result.append("\\n");
        case '\r' -> result.append("\\r");
        case '\t' -> result.append("\\t");
        default -> {
          if (isControl(unit)) {
            result.append("\\x").append(Character.forDigit(unit >> 4, 16));
            result.append(Character.forDigit(unit & 15, 16));
          } else {
            result.append(unit);
          }
        }
      }
    }
    return result.toString();
  }

  private static boolean isControl(char unit) {
    return unit < 0x20 || (unit >= 0x7f && unit < 0xa0);
  }

  /** The given place, or one before it where it would cut a surrogate pair in two. */
  static int characterStart(String text, int index) {
    return index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index))
        ? index - 1
        : index;
  }
}
