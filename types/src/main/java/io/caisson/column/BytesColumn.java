package io.caisson.column;

import io.caisson.type.TypeKind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A column of byte strings (text as UTF-8), one after the other in a single array: row r is {@code
 * bytes[offsets[r]]} up to {@code bytes[offsets[r + 1]]}. The arrays are not copied; nobody changes
 * them after construction.
 */
public final class BytesColumn implements Column {
  private final byte[] bytes;
  private final int[] offsets;
  private final long @Nullable [] nulls;
  private final int size;

  /**
   * A column of {@code size} byte strings.
   *
   * @param bytes the strings' bytes
   * @param offsets where each begins, and behind the last its end: at least {@code size + 1}
   *     entries
   * @param nulls null bits as in {@link Nulls}, or null where no row is NULL
   * @param size how many rows
   */
  public BytesColumn(byte[] bytes, int[] offsets, long @Nullable [] nulls, int size) {
    this.bytes = bytes;
    this.offsets = offsets;
    this.nulls = Nulls.fit(nulls, size);
    this.size = size;
  }

  /** All rows' bytes. Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where each row begins; entry {@code size} is the end. Not to be changed. */
  public int[] offsets() {
    return offsets;
  }

  /** The null bits, or null where no row is NULL. Not to be changed. */
  public long @Nullable [] nulls() {
    return nulls;
  }

  /** Where the row's bytes begin in {@link #bytes()}. */
  public int start(int row) {
    return offsets[row];
  }

  /** How many bytes the row has. */
  public int length(int row) {
    return offsets[row + 1] - offsets[row];
  }

  /** The row as text; unspecified where the row is NULL. */
  public String text(int row) {
    return new String(bytes, start(row), length(row), StandardCharsets.UTF_8);
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
    return TypeKind.Physical.BYTES;
  }

  @Override
  public BytesColumn gather(int[] rows, int count) {
    int[] starts = new int[count + 1];
    int total = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = total;
      total = Math.addExact(total, length(rows[i]));
    }
    starts[count] = total;
    byte[] gathered = new byte[total];
    for (int i = 0; i < count; i++) {
      System.arraycopy(bytes, start(rows[i]), gathered, starts[i], starts[i + 1] - starts[i]);
    }
    return new BytesColumn(gathered, starts, Nulls.gather(nulls, rows, count), count);
  }
}
