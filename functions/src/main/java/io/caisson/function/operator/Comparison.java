package io.caisson.function.operator;

import java.util.Arrays;

/**
 * Comparison as PostgreSQL orders values. Floating point: NaN equals itself and is greater than
 * everything else, and the two zeros are equal. Text: by the bytes of its UTF-8, which is the order
 * of code points and the collation "C". Thread-safe.
 */
public final class Comparison {
  private static final char SURROGATES = Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1;

  private Comparison() {}

  /** Whether the two are equal. */
  public static boolean equal(double a, double b) {
    return a == b || (Double.isNaN(a) && Double.isNaN(b));
  }

  /** Whether the first is less than the second. */
  public static boolean less(double a, double b) {
    return a < b || (Double.isNaN(b) && !Double.isNaN(a));
  }

  /** Whether the first is less than the second or equal to it. */
  public static boolean lessOrEqual(double a, double b) {
    return a <= b || Double.isNaN(b);
  }

  /** Whether two slices of byte arrays hold the same bytes. */
  public static boolean equal(byte[] a, int aBegin, int aEnd, byte[] b, int bBegin, int bEnd) {
    return aEnd - aBegin == bEnd - bBegin && Arrays.equals(a, aBegin, aEnd, b, bBegin, bEnd);
  }

  /** Less than, equal to or greater than zero as the first slice is before the second. */
  public static int compare(byte[] a, int aBegin, int aEnd, byte[] b, int bBegin, int bEnd) {
    return Arrays.compareUnsigned(a, aBegin, aEnd, b, bBegin, bEnd);
  }

  /** As {@link #compare(byte[], int, int, byte[], int, int)} compares their UTF-8. */
  public static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Only surrogates stand in UTF-16 before characters that are less than theirs.
        boolean bothOrNone = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothOrNone ? x - y : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  /** A number that is ordered among such numbers as the given one is among doubles. */
  public static long sortKey(double value) {
    long bits = Double.doubleToLongBits(value + 0.0); // there is but one zero, and one NaN
    return bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
  }

  /** Text whose UTF-16 is ordered as the UTF-8 of the given text; itself where the two agree. */
  public static String sortKey(String text) {
    int first = 0;
    while (first < text.length() && text.charAt(first) < Character.MIN_SURROGATE) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    char[] key = text.toCharArray();
    for (int i = first; i < key.length; i++) {
      if (key[i] > Character.MAX_SURROGATE) {
        key[i] -= SURROGATES;
      } else if (key[i] >= Character.MIN_SURROGATE) {
        key[i] += (char) (Character.MAX_VALUE - Character.MAX_SURROGATE);
      }
    }
    return new String(key);
  }
}
