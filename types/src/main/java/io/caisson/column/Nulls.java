package io.caisson.column;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Null bits of a column: bit {@code row & 63} of word {@code row >> 6} is set where the row is
 * NULL.
 */
public final class Nulls {
  private Nulls() {}

  /** Whether the bit of a row is set; no words means no nulls. */
  public static boolean isNull(long @Nullable [] words, int row) {
    return words != null && (words[row >> 6] & (1L << row)) != 0;
  }

  /** Sets the bit of a row and returns the words, made or grown where needed. */
  public static long[] set(long @Nullable [] words, int row) {
    int word = row >> 6;
    long[] result = words;
    if (result == null) {
      result = new long[Math.max(4, word + 1)];
    } else if (word >= result.length) {
      result = Arrays.copyOf(result, Math.max(word + 1, result.length * 2));
    }
    result[word] |= 1L << row;
    return result;
  }

  /** Words that hold at least {@code rows} bits, or null where there are no nulls. */
  static long @Nullable [] fit(long @Nullable [] words, int rows) {
    int needed = (rows + 63) >> 6;
    return words == null || words.length >= needed ? words : Arrays.copyOf(words, needed);
  }

  static long @Nullable [] gather(long @Nullable [] words, int[] rows, int count) {
    if (words == null) {
      return null;
    }
    long[] result = null;
    for (int i = 0; i < count; i++) {
      if (isNull(words, rows[i])) {
        result = set(result, i);
      }
    }
    return fit(result, count);
  }
}
