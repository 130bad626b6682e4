package io.caisson.type;

import java.util.HexFormat;

/** The physical form of UUID values: their 16 bytes, which sort as their text does. Stateless. */
public final class UuidForm {
  /** How many bytes a UUID has. */
  public static final int BYTES = 16;

  private static final HexFormat HEX = HexFormat.of();
  private static final int[] GROUPS = {0, 4, 6, 8, 10, BYTES};

  private UuidForm() {}

  /** The text of a physical form: 32 digits in groups of 8, 4, 4, 4 and 12. */
  public static String decode(byte[] bytes, int start, int length) {
    if (length != BYTES) {
      throw new IllegalArgumentException("a UUID of " + length + " bytes");
    }
    var text = new StringBuilder(36);
    for (int group = 1; group < GROUPS.length; group++) {
      text.append(group == 1 ? "" : "-");
      text.append(HEX.formatHex(bytes, start + GROUPS[group - 1], start + GROUPS[group]));
    }
    return text.toString();
  }

  /** The physical form of a text as {@link #decode} writes it. */
  public static byte[] encode(String text) {
    return HEX.parseHex(text.replace("-", ""));
  }
}
