package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.BYTEA;
import static io.caisson.type.TypeKind.INTEGER;
import static io.caisson.type.TypeKind.TEXT;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.ByteCasts;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Functions of bytes, checksums and encodings. Thread-safe. */
public final class EncodingFunctions {
  private EncodingFunctions() {}

  /** The SHA-256 of the bytes. */
  @SqlFunction(
      name = "sha256",
      arguments = BYTEA,
      result = BYTEA,
      description = "The SHA-256 of the bytes",
      example =
          "encode(sha256(X'616263'), 'hex')"
              + " = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'")
  public static byte[] sha256(byte[] bytes) {
    return digest("SHA-256", bytes);
  }

  /** The SHA-512 of the bytes. */
  @SqlFunction(
      name = "sha512",
      arguments = BYTEA,
      result = BYTEA,
      description = "The SHA-512 of the bytes",
      example = "octet_length(sha512(X'616263')) = 64")
  public static byte[] sha512(byte[] bytes) {
    return digest("SHA-512", bytes);
  }

  /** The MD5 of the bytes in hexadecimal digits. */
  @SqlFunction(
      name = "md5",
      arguments = BYTEA,
      result = TEXT,
      description = "The MD5 of the bytes in hexadecimal digits",
      example = "md5(X'616263') = '900150983cd24fb0d6963f7d28e17f72'")
  public static String md5(byte[] bytes) {
    return HexFormat.of().formatHex(digest("MD5", bytes));
  }

  /** The bytes as text in the format hex. */
  @SqlFunction(
      name = "encode",
      arguments = {BYTEA, TEXT},
      result = TEXT,
      description = "The bytes as text in the format hex, base64 or escape",
      example = "encode(X'0123ff', 'hex') = '0123ff'")
  public static String encode(byte[] bytes, String format) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "hex" -> HexFormat.of().formatHex(bytes);
      case "base64" -> Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes);
      case "escape" -> escaped(bytes);
      default -> throw unknown(format);
    };
  }

  /** The bytes that a text in the format hex. */
  @SqlFunction(
      name = "decode",
      arguments = {TEXT, TEXT},
      result = BYTEA,
      description = "The bytes that a text in the format hex, base64 or escape stands for",
      example = "encode(decode('aGVsbG8=', 'base64'), 'escape') = 'hello'")
  public static byte[] decode(String text, String format) {
    try {
      return switch (format.toLowerCase(Locale.ROOT)) {
        case "hex" -> HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        case "base64" -> Base64.getMimeDecoder().decode(text);
        case "escape" -> ByteCasts.unescaped(text);
        default -> throw unknown(format);
      };
    } catch (IllegalArgumentException e) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER, "invalid " + format + " data: \"" + text + "\"", e);
    }
  }

  /** How many bytes there are. */
  @SqlFunction(
      name = "octet_length",
      arguments = BYTEA,
      result = BIGINT,
      description = "How many bytes there are",
      example = "octet_length(X'0123ff') = 3")
  public static long octetLength(byte[] bytes) {
    return bytes.length;
  }

  /** How many bytes there are. */
  @SqlFunction(
      name = "length",
      arguments = BYTEA,
      result = BIGINT,
      description = "How many bytes there are",
      example = "length(X'0123ff') = 3")
  public static long length(byte[] bytes) {
    return bytes.length;
  }

  /** The number in hexadecimal digits. */
  @SqlFunction(
      name = "to_hex",
      arguments = BIGINT,
      result = TEXT,
      description = "The number in hexadecimal digits",
      example = "to_hex(255) = 'ff'")
  public static String toHex(long number) {
    return Long.toHexString(number);
  }

  /** The number in hexadecimal digits. */
  @SqlFunction(
      name = "to_hex",
      arguments = INTEGER,
      result = TEXT,
      description = "The number in hexadecimal digits, of four bytes where it is negative",
      example = "to_hex(-1) = 'ffffffff'")
  public static String integerToHex(long number) {
    return Integer.toHexString((int) number);
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  private static String escaped(byte[] bytes) {
    var text = new StringBuilder();
    for (byte one : bytes) {
      if (one == '\\') {
        text.append("\\\\");
      } else if (one == 0 || one < 0) {
        text.append(String.format(Locale.ROOT, "\\%03o", one & 0xFF));
      } else {
        text.append((char) one);
      }
    }
    return text.toString();
  }

  private static CaissonException unknown(String format) {
    return new CaissonException(
            SqlState.INVALID_PARAMETER, "unrecognized encoding: \"" + format + "\"")
        .withHint("There are hex, base64 and escape.");
  }
}
