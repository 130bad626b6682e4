package io.caisson.format;

import org.jspecify.annotations.Nullable;

/** Writes rows as lines. For one thread. */
public interface RowWriter {
  /** Adds what stands before the first row, with its line end; nothing where there is no header. */
  void header(StringBuilder text);

  /**
   * Adds a row with its line end.
   *
   * @param values a value for each column, of {@link io.caisson.type.TypeKind#javaClass()} or null
   */
  void row(@Nullable Object[] values, StringBuilder text);
}
