package io.caisson.column;

import io.caisson.type.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * A column of {@code double}s. The arrays are not copied; nobody changes them after construction.
 */
public final class DoubleColumn implements Column {
  private final double[] values;
  private final long @Nullable [] nulls;
  private final int size;

  /**
   * A column over the first {@code size} values.
   *
   * @param values the values, at least {@code size} of them
   * @param nulls null bits as in {@link Nulls}, or null where no row is NULL
   * @param size how many rows
   */
  public DoubleColumn(double[] values, long @Nullable [] nulls, int size) {
    this.values = values;
    this.nulls = Nulls.fit(nulls, size);
    this.size = size;
  }

  /** The values; only the first {@link #size()} count. Not to be changed. */
  public double[] values() {
    return values;
  }

  /** The null bits, or null where no row is NULL. Not to be changed. */
  public long @Nullable [] nulls() {
    return nulls;
  }

  /** The value of a row; unspecified where the row is NULL. */
  public double value(int row) {
    return values[row];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isNull(int row) {
    return Nulls.isNull(nulls, row);
  }

  @Override
  public boolean mayHaveNulls() {
    return nulls != null;
  }

  @Override
  public TypeKind.Physical physical() {
    return TypeKind.Physical.DOUBLE;
  }

  @Override
  public DoubleColumn gather(int[] rows, int count) {
    double[] gathered = new double[count];
    for (int i = 0; i < count; i++) {
      gathered[i] = values[rows[i]];
    }
    return new DoubleColumn(gathered, Nulls.gather(nulls, rows, count), count);
  }
}
