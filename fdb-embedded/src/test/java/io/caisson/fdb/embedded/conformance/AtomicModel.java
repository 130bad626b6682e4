package io.caisson.fdb.embedded.conformance;

import com.apple.foundationdb.MutationType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The atomic operations by their documentation, as plainly as they can be said: numbers are
 * arbitrarily long, and a value is cut or padded to the length of the operand. Stateless.
 */
final class AtomicModel {
  /** The operations that need no versionstamp. */
  static final MutationType[] TYPES = {
    MutationType.ADD,
    MutationType.BIT_AND,
    MutationType.BIT_OR,
    MutationType.BIT_XOR,
    MutationType.MAX,
    MutationType.MIN,
    MutationType.BYTE_MIN,
    MutationType.BYTE_MAX,
    MutationType.APPEND_IF_FITS,
    MutationType.COMPARE_AND_CLEAR
  };

  private static final int LARGEST = 100_000;

  private AtomicModel() {}

  /** Few different operands, so that they are often equal. */
  static byte[] operand(SplittableRandom random) {
    byte[] operand = new byte[random.nextInt(4)];
    for (int i = 0; i < operand.length; i++) {
      operand[i] = (byte) (random.nextInt(3) == 0 ? 0xff : random.nextInt(2));
    }
    return operand;
  }

  static byte @Nullable [] apply(MutationType type, byte @Nullable [] there, byte[] operand) {
    byte[] value = there == null ? new byte[0] : there;
    int length = operand.length;
    byte[] fitted = Arrays.copyOf(value, length);
    return switch (type) {
      case ADD -> littleEndian(unsigned(fitted).add(unsigned(operand)), length);
      case BIT_AND ->
          there == null ? operand : littleEndian(unsigned(fitted).and(unsigned(operand)), length);
      case BIT_OR -> littleEndian(unsigned(fitted).or(unsigned(operand)), length);
      case BIT_XOR -> littleEndian(unsigned(fitted).xor(unsigned(operand)), length);
      case MAX -> littleEndian(unsigned(fitted).max(unsigned(operand)), length);
      case MIN ->
          there == null ? operand : littleEndian(unsigned(fitted).min(unsigned(operand)), length);
      case BYTE_MIN ->
          there == null || Arrays.compareUnsigned(operand, there) < 0 ? operand : there;
      case BYTE_MAX ->
          there == null || Arrays.compareUnsigned(operand, there) > 0 ? operand : there;
      case APPEND_IF_FITS -> value.length + length > LARGEST ? value : Bytes.join(value, operand);
      case COMPARE_AND_CLEAR -> Arrays.equals(there, operand) ? null : there;
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static BigInteger unsigned(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  private static byte[] littleEndian(BigInteger number, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }
}
