package io.caisson.format;

import java.util.Arrays;

/** UTF-8 from and in arrays, without a String between. For one thread. */
final class Utf8 {
  /** The most bytes that a {@code char} takes. */
  static final int MOST_BYTES = 3;

  private byte[] bytes = new byte[256];

  byte[] bytes() {
    return bytes;
  }

  /** Encodes into {@link #bytes()} from 0; answers the end. */
  int encode(char[] chars, int start, int length) throws BadRow {
    if (length * MOST_BYTES > bytes.length) {
      bytes = Arrays.copyOf(bytes, length * MOST_BYTES);
    }
    return encode(chars, start, length, bytes, 0);
  }

  /** Encodes into an array with enough room; answers the end. */
  static int encode(char[] chars, int start, int length, byte[] target, int from) throws BadRow {
    int at = from;
    int end = start + length;
    for (int i = start; i < end; i++) {
      char unit = chars[i];
      if (unit < 0x80) {
        target[at++] = (byte) unit;
      } else if (unit < 0x800) {
        target[at++] = (byte) (0xc0 | (unit >> 6));
        target[at++] = (byte) (0x80 | (unit & 0x3f));
      } else if (!Character.isSurrogate(unit)) {
        target[at++] = (byte) (0xe0 | (unit >> 12));
        target[at++] = (byte) (0x80 | ((unit >> 6) & 0x3f));
        target[at++] = (byte) (0x80 | (unit & 0x3f));
      } else {
        if (i + 1 == end || !Character.isSurrogatePair(unit, chars[i + 1])) {
          throw new BadRow("half of a surrogate pair is no text");
        }
        int character = Character.toCodePoint(unit, chars[++i]);
        target[at++] = (byte) (0xf0 | (character >> 18));
        target[at++] = (byte) (0x80 | ((character >> 12) & 0x3f));
        target[at++] = (byte) (0x80 | ((character >> 6) & 0x3f));
        target[at++] = (byte) (0x80 | (character & 0x3f));
      }
    }
    return at;
  }

  /** Where the first byte lies that is not part of well-formed UTF-8, or -1. */
  static int firstInvalid(byte[] bytes, int start, int end) {
    int i = start;
    while (i < end) {
      int length = length(bytes, i, end);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  private static int length(byte[] bytes, int i, int end) {
    int first = bytes[i] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || i + length > end) {
      return 0;
    }
    int second = bytes[i + 1] & 0xff;
    // The second byte's range keeps out overlong forms, surrogates and what lies beyond Unicode.
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int k = 2; k < length; k++) {
      if ((bytes[i + k] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
