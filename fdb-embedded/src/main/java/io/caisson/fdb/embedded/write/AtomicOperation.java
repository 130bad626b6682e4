package io.caisson.fdb.embedded.write;

import com.apple.foundationdb.MutationType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What FoundationDB's atomic operations make of a value. Numbers are little-endian and as wide as
 * the operand; an absent value is null. Stateless.
 */
public final class AtomicOperation {
  /** Longest value that {@link MutationType#APPEND_IF_FITS} builds. */
  private static final int VALUE_LIMIT = 100_000;

  private AtomicOperation() {}

  /**
   * Applies one operation.
   *
   * @return the new value, or null if the key is to be cleared
   */
  @SuppressWarnings(
      "deprecation") // AND, OR and XOR are the old names of the BIT_ operations and still in use
  public static byte @Nullable [] apply(
      MutationType type, byte @Nullable [] existing, byte[] operand) {
    return switch (type) {
      case ADD -> add(existing, operand);
      case BIT_AND, AND -> existing == null ? operand : and(existing, operand);
      case BIT_OR, OR -> or(existing, operand);
      case BIT_XOR, XOR -> xor(existing, operand);
      case MAX -> max(existing, operand);
      case MIN -> existing == null ? operand : min(existing, operand);
      case BYTE_MIN ->
          existing != null && Arrays.compareUnsigned(existing, operand) < 0 ? existing : operand;
      case BYTE_MAX ->
          existing != null && Arrays.compareUnsigned(existing, operand) > 0 ? existing : operand;
      case APPEND_IF_FITS -> append(existing, operand);
      case COMPARE_AND_CLEAR ->
          existing != null && Arrays.equals(existing, operand) ? null : existing;
      case SET_VERSIONSTAMPED_KEY, SET_VERSIONSTAMPED_VALUE ->
          throw new IllegalArgumentException(type + " needs the commit version");
    };
  }

  private static byte[] add(byte @Nullable [] existing, byte[] operand) {
    if (existing == null || existing.length == 0 || operand.length == 0) {
      return operand;
    }
    byte[] sum = new byte[operand.length];
    int carry = 0;
    for (int i = 0; i < sum.length; i++) {
      carry += (operand[i] & 0xff) + (i < existing.length ? existing[i] & 0xff : 0);
      sum[i] = (byte) carry;
      carry >>>= 8;
    }
    return sum;
  }

  private static byte[] and(byte[] existing, byte[] operand) {
    byte[] result = new byte[operand.length];
    for (int i = 0; i < Math.min(existing.length, operand.length); i++) {
      result[i] = (byte) (existing[i] & operand[i]);
    }
    return result;
  }

  private static byte[] or(byte @Nullable [] existing, byte[] operand) {
    if (existing == null) {
      return operand;
    }
    byte[] result = operand.clone();
    for (int i = 0; i < Math.min(existing.length, operand.length); i++) {
      result[i] |= existing[i];
    }
    return result;
  }

  private static byte[] xor(byte @Nullable [] existing, byte[] operand) {
    if (existing == null) {
      return operand;
    }
    byte[] result = operand.clone();
    for (int i = 0; i < Math.min(existing.length, operand.length); i++) {
      result[i] ^= existing[i];
    }
    return result;
  }

  private static byte[] max(byte @Nullable [] existing, byte[] operand) {
    if (existing == null || existing.length == 0 || operand.length == 0) {
      return operand;
    }
    byte[] fitted = Arrays.copyOf(existing, operand.length);
    return compareNumbers(fitted, operand) > 0 ? fitted : operand;
  }

  private static byte[] min(byte[] existing, byte[] operand) {
    byte[] fitted = Arrays.copyOf(existing, operand.length);
    return compareNumbers(fitted, operand) < 0 ? fitted : operand;
  }

  private static int compareNumbers(byte[] left, byte[] right) {
    for (int i = left.length - 1; i >= 0; i--) {
      int order = Integer.compare(left[i] & 0xff, right[i] & 0xff);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static byte[] append(byte @Nullable [] existing, byte[] operand) {
    if (existing == null || existing.length == 0) {
      return operand;
    }
    if (operand.length == 0 || existing.length + operand.length > VALUE_LIMIT) {
      return existing;
    }
    byte[] result = Arrays.copyOf(existing, existing.length + operand.length);
    System.arraycopy(operand, 0, result, existing.length, operand.length);
    return result;
  }
}
