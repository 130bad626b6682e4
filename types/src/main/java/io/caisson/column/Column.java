package io.caisson.column;

import io.caisson.type.TypeKind;

/**
 * An immutable column of values of one physical form. Null rows hold an unspecified value.
 * Thread-safe.
 */
public sealed interface Column permits LongColumn, DoubleColumn, BytesColumn {
  /** How many rows. */
  int size();

  /** Whether the row is NULL. */
  boolean isNull(int row);

  /** Whether any row may be NULL; false lets loops skip the test. */
  boolean mayHaveNulls();

  /** The physical form. */
  TypeKind.Physical physical();

  /** A column of the rows at the given positions, in their order; {@code count} of them count. */
  Column gather(int[] rows, int count);
}
