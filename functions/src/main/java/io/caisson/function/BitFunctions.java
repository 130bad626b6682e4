package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.BYTEA;
import static io.caisson.type.TypeKind.INTEGER;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Arrays;

/** Bits of numbers, and bytes of byte strings by their position. Thread-safe. */
public final class BitFunctions {
  private BitFunctions() {}

  /** The bits that either number has. */
  @SqlFunction(
      name = "|",
      arguments = {INTEGER, INTEGER},
      result = INTEGER,
      description = "The bits that one of the numbers has",
      example = "5 | 3 = 7")
  public static long orInteger(long left, long right) {
    return left | right;
  }

  /** The bits that either number has. */
  @SqlFunction(
      name = "|",
      arguments = {BIGINT, BIGINT},
      result = BIGINT,
      description = "The bits that one of the numbers has",
      example = "5 | 4294967296 = 4294967301")
  public static long or(long left, long right) {
    return left | right;
  }

  /** The bits that one number has and the other has not. */
  @SqlFunction(
      name = "#",
      arguments = {INTEGER, INTEGER},
      result = INTEGER,
      description = "The bits that only one of the numbers has",
      example = "5 # 3 = 6")
  public static long exclusiveOrInteger(long left, long right) {
    return left ^ right;
  }

  /** The bits that one number has and the other has not. */
  @SqlFunction(
      name = "#",
      arguments = {BIGINT, BIGINT},
      result = BIGINT,
      description = "The bits that only one of the numbers has",
      example = "4294967297 # 1 = 4294967296")
  public static long exclusiveOr(long left, long right) {
    return left ^ right;
  }

  /** All bits of a number turned. */
  @SqlFunction(
      name = "~ x",
      arguments = INTEGER,
      result = INTEGER,
      description = "The number with every bit turned: ~ x",
      example = "~ 1 = -2")
  public static long turnedInteger(long value) {
    return ~value;
  }

  /** All bits of a number turned. */
  @SqlFunction(
      name = "~ x",
      arguments = BIGINT,
      result = BIGINT,
      description = "The number with every bit turned: ~ x",
      example = "~ 4294967296 = -4294967297")
  public static long turned(long value) {
    return ~value;
  }

  /** The bits of a number shifted to the right, its sign kept. */
  @SqlFunction(
      name = ">>",
      arguments = {INTEGER, INTEGER},
      result = INTEGER,
      description = "The first number shifted to the right by so many bits",
      example = "256 >> 2 = 64")
  public static long shiftRightInteger(long value, long bits) {
    return (int) value >> (int) bits;
  }

  /** The bits of a number shifted to the right, its sign kept. */
  @SqlFunction(
      name = ">>",
      arguments = {BIGINT, INTEGER},
      result = BIGINT,
      description = "The first number shifted to the right by so many bits",
      example = "4294967296 >> 32 = 1")
  public static long shiftRight(long value, long bits) {
    return value >> (int) bits;
  }

  /** A byte. */
  @SqlFunction(
      name = "get_byte",
      arguments = {BYTEA, INTEGER},
      result = INTEGER,
      description = "The byte at a position, counted from 0",
      example = "get_byte(X'0123ff', 2) = 255")
  public static long getByte(byte[] bytes, long position) {
    if (position < 0 || position >= bytes.length) {
      throw new CaissonException(
          SqlState.ARRAY_SUBSCRIPT_ERROR,
          "index " + position + " out of valid range, 0.." + (bytes.length - 1));
    }
    return bytes[(int) position] & 0xFF;
  }

  /** The bytes from a position on. */
  @SqlFunction(
      name = "substr",
      aliases = "substring",
      arguments = {BYTEA, BIGINT},
      result = BYTEA,
      description = "The bytes from a position on, counted from 1",
      example = "encode(substr(X'0123ff', 2), 'hex') = '23ff'")
  public static byte[] substring(byte[] bytes, long start) {
    return part(bytes, start - 1, bytes.length);
  }

  /** A number of bytes from a position on. */
  @SqlFunction(
      name = "substr",
      aliases = "substring",
      arguments = {BYTEA, BIGINT, BIGINT},
      result = BYTEA,
      description = "So many bytes from a position on, counted from 1",
      example = "encode(substr(X'0123ff', 2, 1), 'hex') = '23'")
  public static byte[] substring(byte[] bytes, long start, long count) {
    if (count < 0) {
      throw new CaissonException(
          SqlState.SUBSTRING_ERROR, "negative substring length not allowed: " + count);
    }
    long from = start - 1;
    return part(bytes, from, count >= bytes.length - from ? bytes.length : from + count);
  }

  private static byte[] part(byte[] bytes, long from, long to) {
    int begin = (int) Math.max(0, Math.min(from, bytes.length));
    int end = (int) Math.max(begin, Math.min(to, bytes.length));
    return Arrays.copyOfRange(bytes, begin, end);
  }
}
