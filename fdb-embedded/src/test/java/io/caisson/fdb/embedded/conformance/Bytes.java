package io.caisson.fdb.embedded.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.apple.foundationdb.KeyValue;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short ways to write and read bytes in tests; a character is a byte. Stateless. */
final class Bytes {
  private Bytes() {}

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, ISO_8859_1);
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** A number as atomic operations see it. */
  static byte[] littleEndian(long value, int width) {
    byte[] bytes = new byte[width];
    for (int i = 0; i < width; i++) {
      bytes[i] = (byte) (i < Long.BYTES ? value >>> (8 * i) : 0);
    }
    return bytes;
  }

  static long number(byte[] littleEndian) {
    long value = 0;
    for (int i = littleEndian.length - 1; i >= 0; i--) {
      value = (value << 8) | (littleEndian[i] & 0xff);
    }
    return value;
  }

  static long bigEndian(byte[] bytes, int from) {
    long value = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] joined = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  /** The first key after a key. */
  static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  static List<@Nullable String> values(List<KeyValue> rows) {
    return rows.stream().<@Nullable String>map(row -> text(row.getValue())).toList();
  }
}
