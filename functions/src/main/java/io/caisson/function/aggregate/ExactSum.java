package io.caisson.function.aggregate;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A sum of doubles without any rounding: a fixed-point number that is wide enough for every finite
 * double, 2^63 times over. Rounding happens once, in {@link #toDouble}, to the nearest double, ties
 * to even; so the result depends on which doubles were added but not on their order, and taking a
 * double back undoes adding it.
 *
 * <pre>
 *   limb       71 …                   1          0
 *            ┌──────────┬───      ─┬──────────┬──────────┐     each limb has 32 bits; a long holds
 *            │          │    …     │          │          │     it with room for carries, which are
 *            └──────────┴───      ─┴──────────┴──────────┘     passed on by normalise()
 *   bit 0 of limb 0 stands for 2^-1074, the smallest double
 *
 *   as bytes: nothing for zero, else  first limb │ 80 where negative  u8,  limbs  u32…
 * </pre>
 *
 * For one thread; reused.
 */
public final class ExactSum {
  private static final int LIMBS = 72;
  private static final int LIMB_BITS = 32;
  private static final long LIMB_MASK = 0xFFFF_FFFFL;
  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA_MASK = (1L << MANTISSA_BITS) - 1;
  private static final int LARGEST_SHIFT = 2045;
  private static final int SMALLEST_EXPONENT = -1074;
  private static final int MOST_ADDITIONS = 1 << 28;

  private final long[] limbs = new long[LIMBS];

  /** Limbs outside of [low, high) are zero. */
  private int low = LIMBS;

  private int high;

  /** Whether the limbs hold the magnitude of a negative number, normalised. */
  private boolean negative;

  private int additions;

  /** Made when first needed: most sums are not written. */
  private byte[] encoded = new byte[0];

  /** Makes the sum zero. */
  public void clear() {
    if (low < high) {
      Arrays.fill(limbs, low, high, 0);
    }
    low = LIMBS;
    high = 0;
    negative = false;
    additions = 0;
  }

  /** Adds a finite double, weight times. */
  public void add(double value, long weight) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> MANTISSA_BITS) & 0x7FF;
    long mantissa = bits & MANTISSA_MASK;
    if (exponent > 0) {
      mantissa |= 1L << MANTISSA_BITS;
    }
    if (mantissa == 0 || weight == 0) {
      return;
    }
    int position = Math.max(exponent, 1) - 1;
    boolean minus = bits < 0 ^ weight < 0;
    long times = Math.abs(weight); // of Long.MIN_VALUE its bits, which is right when unsigned
    prepareAddition();
    if (times == 1) {
      addShifted(mantissa, position, minus);
      return;
    }
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        addShifted(digit(mantissa, i) * digit(times, j), position + LIMB_BITS * (i + j), minus);
      }
    }
  }

  private static long digit(long number, int index) {
    return (number >>> (LIMB_BITS * index)) & LIMB_MASK;
  }

  private void prepareAddition() {
    if (negative) {
      for (int i = low; i < high; i++) {
        limbs[i] = -limbs[i];
      }
      negative = false;
    }
    if (additions++ >= MOST_ADDITIONS) {
      normalise();
      prepareAddition();
    }
  }

  /** Adds an unsigned number of 64 bits times two to the power of a position. */
  private void addShifted(long number, int position, boolean minus) {
    int limb = position / LIMB_BITS;
    int offset = position % LIMB_BITS;
    long first = (number & (LIMB_MASK >>> offset)) << offset;
    long rest = number >>> (LIMB_BITS - offset);
    long second = rest & LIMB_MASK;
    long third = rest >>> LIMB_BITS;
    limbs[limb] += minus ? -first : first;
    limbs[limb + 1] += minus ? -second : second;
    limbs[limb + 2] += minus ? -third : third;
    low = Math.min(low, limb);
    high = Math.max(high, limb + 3);
  }

  /**
   * Passes carries on; afterwards the limbs are the digits of the magnitude, without zeros around.
   */
  private void normalise() {
    additions = 0;
    if (negative) {
      return;
    }
    long carry = 0;
    int i = low;
    while (i < high || (carry != 0 && carry != -1)) {
      long limb = limbs[i] + carry;
      limbs[i++] = limb & LIMB_MASK;
      carry = limb >> LIMB_BITS;
    }
    high = Math.max(high, i);
    negative = carry < 0;
    if (negative) {
      complement();
    }
    while (high > low && limbs[high - 1] == 0) {
      high--;
    }
    while (low < high && limbs[low] == 0) {
      low++;
    }
    if (low == high) {
      clear();
    }
  }

  private void complement() {
    long carry = 1;
    for (int i = low; i < high; i++) {
      long limb = (~limbs[i] & LIMB_MASK) + carry;
      limbs[i] = limb & LIMB_MASK;
      carry = limb >>> LIMB_BITS;
    }
    if (carry != 0) {
      limbs[high++] = carry;
    }
  }

  /** The nearest double; infinity where the sum is beyond all doubles. */
  public double toDouble() {
    normalise();
    if (high == 0) {
      return 0;
    }
    int length = LIMB_BITS * high - (Long.numberOfLeadingZeros(limbs[high - 1]) - LIMB_BITS);
    double magnitude = Double.longBitsToDouble(roundedBits(length - (MANTISSA_BITS + 1)));
    return negative ? -magnitude : magnitude;
  }

  /**
   * The magnitude as a double's bits, when its last mantissa bit is at a position. The mantissa's
   * leading bit and a carry of rounding both count one up in the exponent, which is what they mean.
   */
  private long roundedBits(int shift) {
    if (shift <= 0) {
      return bitsFrom(0);
    }
    if (shift > LARGEST_SHIFT) {
      return Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
    }
    long bits = ((long) shift << MANTISSA_BITS) + (bitsFrom(shift) & (MANTISSA_MASK << 1 | 1));
    boolean half = (bitsFrom(shift - 1) & 1) != 0;
    return half && ((bits & 1) != 0 || isAnyBitBelow(shift - 1)) ? bits + 1 : bits;
  }

  /** The sum, times two to the power of minus {@link #exponent()}. */
  BigInteger scaled() {
    normalise();
    if (high == 0) {
      return BigInteger.ZERO;
    }
    byte[] magnitude = new byte[4 * (high - low)];
    for (int i = low; i < high; i++) {
      for (int j = 0; j < 4; j++) {
        magnitude[4 * (high - 1 - i) + j] = (byte) (limbs[i] >>> (LIMB_BITS - 8 - 8 * j));
      }
    }
    return new BigInteger(negative ? -1 : 1, magnitude);
  }

  /** The power of two in which {@link #scaled()} counts. */
  int exponent() {
    normalise();
    return high == 0 ? 0 : LIMB_BITS * low + SMALLEST_EXPONENT;
  }

  /** 64 bits of the magnitude from a position up. */
  private long bitsFrom(int position) {
    int limb = position / LIMB_BITS;
    int offset = position % LIMB_BITS;
    long result = (limbAt(limb) | limbAt(limb + 1) << LIMB_BITS) >>> offset;
    return offset == 0 ? result : result | limbAt(limb + 2) << (2 * LIMB_BITS - offset);
  }

  private long limbAt(int index) {
    return index < LIMBS ? limbs[index] : 0;
  }

  private boolean isAnyBitBelow(int position) {
    int limb = position / LIMB_BITS;
    for (int i = low; i < limb; i++) {
      if (limbs[i] != 0) {
        return true;
      }
    }
    return (limbs[limb] & ((1L << position % LIMB_BITS) - 1)) != 0;
  }

  /** Writes the sum to {@link #encoded()} and returns how many bytes it takes. */
  public int encode() {
    normalise();
    if (high == 0) {
      return 0;
    }
    if (encoded.length == 0) {
      encoded = new byte[1 + 4 * LIMBS];
    }
    encoded[0] = (byte) (low | (negative ? 0x80 : 0));
    int at = 1;
    for (int i = low; i < high; i++) {
      for (int shift = LIMB_BITS - 8; shift >= 0; shift -= 8) {
        encoded[at++] = (byte) (limbs[i] >>> shift);
      }
    }
    return at;
  }

  /** Where {@link #encode} writes. */
  public byte[] encoded() {
    return encoded;
  }

  /** Makes the sum what {@link #encode} wrote. */
  public void decode(byte[] bytes, int start, int length) {
    clear();
    if (length == 0) {
      return;
    }
    negative = bytes[start] < 0;
    low = bytes[start] & 0x7F;
    high = low + (length - 1) / 4;
    int at = start + 1;
    for (int i = low; i < high; i++) {
      long limb = 0;
      for (int j = 0; j < 4; j++) {
        limb = limb << 8 | (bytes[at++] & 0xFF);
      }
      limbs[i] = limb;
    }
  }
}
