package io.caisson.sql.runtime;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.math.BigDecimal;
import java.util.Collection;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The account of the memory that the rows held by one statement take: estimated when a row is kept,
 * not measured. A statement that would take more than its share is refused before the heap is full.
 * For one thread.
 */
public final class StatementMemory {
  private static final long OBJECT = 16;
  private static final long REFERENCE = 8;
  private static final long NUMBER = 24;
  private static final long TEXT = 56;
  private static final long MEGABYTE = 1L << 20;

  private final long limit;
  private long used;

  /** An account of at most {@code limit} bytes. */
  public StatementMemory(long limit) {
    this.limit = limit;
  }

  /**
   * Takes bytes.
   *
   * @throws CaissonException OUT_OF_MEMORY where they are more than is left
   */
  public void take(long bytes) {
    used += bytes;
    if (used > limit) {
      throw new CaissonException(
              SqlState.OUT_OF_MEMORY,
              "the rows that this statement must hold at once take more than "
                  + limit / MEGABYTE
                  + " MB of memory")
          .withHint(
              "Ask for fewer rows or columns, aggregate what is joined, or raise statement_memory.");
    }
  }

  /** Gives bytes back. */
  public void give(long bytes) {
    used -= bytes;
  }

  /** About how many bytes a row takes. */
  static long size(@Nullable Object[] row) {
    long bytes = OBJECT;
    for (Object value : row) {
      bytes += REFERENCE + size(value);
    }
    return bytes;
  }

  private static long size(@Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      return 0;
    }
    if (value instanceof String text) {
      return TEXT + text.length();
    }
    if (value instanceof ByteString bytes) {
      return TEXT + bytes.length();
    }
    if (value instanceof BigDecimal) {
      return 2 * NUMBER;
    }
    if (value instanceof Object[] row) {
      return size(row);
    }
    if (value instanceof Collection<?> many) {
      return OBJECT + many.stream().mapToLong(one -> REFERENCE + size(one)).sum();
    }
    return NUMBER;
  }
}
