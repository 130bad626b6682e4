package io.caisson.dataflow.arrangement;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Encodes whole rows with their key in front, so that in an arrangement the rows of a key are
 * neighbours:
 *
 * <pre>
 *   key columns │ all other columns, and those that a key for grouping changes (-0)
 * </pre>
 *
 * For one thread, because it reads through a reader of its own.
 */
public final class KeyedRowCodec {
  private final List<SqlType> types;
  private final RowCodec key;
  private final RowCodec rest;
  private final int[] keyTargets;
  private final int[] restTargets;
  private final RowReader reader = new RowReader();

  /**
   * A codec.
   *
   * @param types types of the rows' columns
   * @param keyColumns positions of the key's columns, in key order; none puts all rows together
   * @param grouping whether values that SQL takes for equal are one key, or only identical ones
   */
  public KeyedRowCodec(List<SqlType> types, List<Integer> keyColumns, boolean grouping) {
    this.types = List.copyOf(types);
    key = grouping ? RowCodec.ofGroups(types, keyColumns) : RowCodec.ofColumns(types, keyColumns);
    keyTargets =
        keyColumns.stream()
            .mapToInt(column -> !grouping || isExactInKey(types.get(column)) ? column : -1)
            .toArray();
    restTargets =
        IntStream.range(0, types.size())
            .filter(column -> IntStream.of(keyTargets).noneMatch(target -> target == column))
            .toArray();
    rest = RowCodec.ofColumns(types, IntStream.of(restTargets).boxed().toList());
  }

  private static boolean isExactInKey(SqlType type) {
    return type.physical() != TypeKind.Physical.DOUBLE && !type.hasManyForms();
  }

  /** The types of the rows' columns. */
  public List<SqlType> types() {
    return types;
  }

  /** The codec of the key alone. */
  public RowCodec key() {
    return key;
  }

  /** The columns of rows as {@link #encode} takes them. */
  public Input inputOf(Columns rows) {
    return new Input(key.columnsOf(rows), rest.columnsOf(rows));
  }

  /** Writes a row, without completing it. */
  public void encode(Input input, int row, RowBuffer out) {
    key.encode(input.key, row, out);
    rest.encode(input.rest, row, out);
  }

  /** Where the key of an encoded row ends. */
  public int keyEnd(byte[] bytes, int start) {
    reader.reset(bytes, start);
    key.pass(reader);
    return reader.position();
  }

  /**
   * Adds an encoded row to neighbouring columns of a builder.
   *
   * @param firstColumn position in the builder of the row's first column
   */
  public void decode(byte[] bytes, int start, ColumnsBuilder out, int firstColumn) {
    reader.reset(bytes, start);
    key.decode(reader, out, keyTargets, firstColumn);
    rest.decode(reader, out, restTargets, firstColumn);
  }

  /** The columns of a batch, sorted out once for all its rows. */
  public static final class Input {
    private final Column[] key;
    private final Column[] rest;

    private Input(Column[] key, Column[] rest) {
      this.key = key;
      this.rest = rest;
    }

    /** Whether any column of a row's key is NULL. */
    public boolean hasNullKey(int row) {
      for (Column column : key) {
        if (column.isNull(row)) {
          return true;
        }
      }
      return false;
    }
  }
}
