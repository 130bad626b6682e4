package io.caisson.type;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The physical form of NUMERIC values: bytes that sort as the numbers do, followed by the number of
 * digits behind the point that the value is written with. Two values that SQL calls equal differ in
 * those last bytes at most. Stateless.
 *
 * <pre>
 *   zero      80                                   scale
 *   positive  82  exponent  pairs…  00             scale
 *   negative  7E  the same, all bits turned around  scale
 *
 *   value = 0.p1p2p3… · 100^exponent, p1 not 00; exponent 2 bytes, biased by 4000; a pair p is the
 *   byte p + 1, so that 00 ends them; scale 2 bytes, as it is
 * </pre>
 */
public final class DecimalForm {
  private static final int ZERO = 0x80;
  private static final int POSITIVE = 0x82;
  private static final int NEGATIVE = 0x7E;
  private static final int BIAS = 0x4000;

  /** How many bytes behind the key say how a number is written. */
  static final int SCALE_BYTES = 2;

  private static final int HEAD_BYTES = 3;
  private static final int PAIR = 100;

  private DecimalForm() {}

  /** The physical form of a number. */
  public static byte[] encode(BigDecimal value) {
    BigDecimal number = value.scale() < 0 ? value.setScale(0) : value;
    byte[] bytes = number.signum() == 0 ? new byte[1 + SCALE_BYTES] : pairs(number);
    if (number.signum() == 0) {
      bytes[0] = (byte) ZERO;
    }
    bytes[bytes.length - 2] = (byte) (number.scale() >> 8);
    bytes[bytes.length - 1] = (byte) number.scale();
    return bytes;
  }

  private static byte[] pairs(BigDecimal number) {
    boolean negative = number.signum() < 0;
    String digits = number.unscaledValue().abs().toString();
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    int point = digits.length() - number.scale(); // digits in front of the point
    int exponent = Math.floorDiv(point + 1, 2);
    int lead = 2 * exponent - point; // 1 where the first pair begins with a zero
    int count = (lead + end + 1) / 2;
    byte[] bytes = new byte[HEAD_BYTES + count + 1 + SCALE_BYTES];
    bytes[1] = (byte) ((exponent + BIAS) >> 8);
    bytes[2] = (byte) (exponent + BIAS);
    for (int i = 0; i < count; i++) {
      int first = 2 * i - lead;
      int pair = 10 * digit(digits, first, end) + digit(digits, first + 1, end);
      bytes[HEAD_BYTES + i] = (byte) (pair + 1);
    }
    if (negative) {
      for (int i = 1; i < HEAD_BYTES + count + 1; i++) {
        bytes[i] = (byte) ~bytes[i];
      }
    }
    bytes[0] = (byte) (negative ? NEGATIVE : POSITIVE);
    return bytes;
  }

  private static int digit(String digits, int index, int end) {
    return index < 0 || index >= end ? 0 : digits.charAt(index) - '0';
  }

  /** How many of the bytes say what the number is, without how it is written. */
  public static int keyLength(byte[] bytes, int start) {
    int head = bytes[start] & 0xFF;
    if (head == ZERO) {
      return 1;
    }
    byte last = (byte) (head == NEGATIVE ? 0xFF : 0);
    int at = start + HEAD_BYTES;
    while (bytes[at] != last) {
      at++;
    }
    return at + 1 - start;
  }

  /**
   * The number of a physical form. Where the form has only its key, the number is written with as
   * few digits as it needs.
   */
  public static BigDecimal decode(byte[] bytes, int start, int length) {
    int key = keyLength(bytes, start);
    BigDecimal number = number(bytes, start, key);
    if (length < key + SCALE_BYTES) {
      BigDecimal shortest = number.stripTrailingZeros();
      return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
    int scale = (bytes[start + key] & 0xFF) << 8 | (bytes[start + key + 1] & 0xFF);
    return number.setScale(scale);
  }

  /** The physical form of a key, written with so many digits behind the point. */
  static byte[] withScale(byte[] key, int scale) {
    byte[] bytes = java.util.Arrays.copyOf(key, key.length + SCALE_BYTES);
    bytes[key.length] = (byte) (scale >> 8);
    bytes[key.length + 1] = (byte) scale;
    return bytes;
  }

  private static BigDecimal number(byte[] bytes, int start, int key) {
    int head = bytes[start] & 0xFF;
    if (head == ZERO) {
      return BigDecimal.ZERO;
    }
    if (head != POSITIVE && head != NEGATIVE) {
      throw new IllegalArgumentException("no NUMERIC begins with " + head);
    }
    int turn = head == NEGATIVE ? 0xFF : 0;
    int exponent =
        (((bytes[start + 1] & 0xFF) ^ turn) << 8 | ((bytes[start + 2] & 0xFF) ^ turn)) - BIAS;
    int count = key - HEAD_BYTES - 1;
    BigInteger unscaled = unscaled(bytes, start + HEAD_BYTES, count, turn);
    return new BigDecimal(turn == 0 ? unscaled : unscaled.negate(), 2 * (count - exponent));
  }

  private static BigInteger unscaled(byte[] bytes, int start, int count, int turn) {
    if (count <= Long.BYTES) {
      long value = 0;
      for (int i = 0; i < count; i++) {
        value = value * PAIR + ((bytes[start + i] & 0xFF) ^ turn) - 1;
      }
      return BigInteger.valueOf(value);
    }
    var digits = new StringBuilder(2 * count);
    for (int i = 0; i < count; i++) {
      int pair = ((bytes[start + i] & 0xFF) ^ turn) - 1;
      digits.append((char) ('0' + pair / 10)).append((char) ('0' + pair % 10));
    }
    return new BigInteger(digits.toString());
  }
}
