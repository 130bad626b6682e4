package io.caisson.dataflow.operator;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.ArrayCursor;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * Puts out each row once for each element of the array in its last column, with the element in the
 * array's place. Linear: needs no state.
 */
public final class UnnestOperator implements UnaryOperator {
  /** How many rows are put out at once, about: a few arrays may make very many. */
  private static final int BATCH = 8_192;

  private final boolean numbered;
  private final boolean keepsEmpty;
  private final ColumnBuilder elements;
  private final ColumnBuilder numbers = new ColumnBuilder(TypeKind.Physical.LONG);
  private final TypeKind.Physical physical;
  private final ArrayCursor cursor = new ArrayCursor();
  private int[] rows = new int[64];
  private int count;

  /**
   * An operator.
   *
   * @param physical how elements lie in a column
   * @param numbered whether the elements' numbers follow them
   * @param keepsEmpty whether rows without an element are put out with NULLs
   */
  public UnnestOperator(TypeKind.Physical physical, boolean numbered, boolean keepsEmpty) {
    this.physical = physical;
    this.numbered = numbered;
    this.keepsEmpty = keepsEmpty;
    elements = new ColumnBuilder(physical);
  }

  @Override
  public void process(Batch input, Output out) {
    int last = input.rows().columns().size() - 1;
    var arrays = (BytesColumn) input.rows().column(last);
    for (int row = 0; row < input.size(); row++) {
      int before = count;
      if (!arrays.isNull(row)) {
        cursor.begin(arrays.bytes(), arrays.start(row), arrays.length(row));
        while (cursor.next()) {
          addElement(row);
        }
      }
      if (count == before && keepsEmpty) {
        addRow(row);
        elements.addNull();
        numbers.addNull();
      }
      if (count >= BATCH) {
        emit(input, out);
      }
    }
    if (count > 0) {
      emit(input, out);
    }
  }

  private void addElement(int row) {
    addRow(row);
    numbers.addLong(cursor.number());
    if (cursor.isNull()) {
      elements.addNull();
      return;
    }
    switch (physical) {
      case LONG -> elements.addLong(cursor.longValue());
      case DOUBLE -> elements.addDouble(cursor.doubleValue());
      case BYTES -> elements.addBytes(cursor.bytes(), 0, cursor.length());
    }
  }

  private void addRow(int row) {
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, 2 * count);
    }
    rows[count++] = row;
  }

  private void emit(Batch input, Output out) {
    var kept =
        new Columns(
            input.rows().columns().subList(0, input.rows().columns().size() - 1), input.size());
    Batch gathered = Batches.gather(input, kept, rows, count);
    var columns = new ArrayList<Column>(gathered.rows().columns());
    columns.add(elements.build());
    Column ordinality = numbers.build();
    if (numbered) {
      columns.add(ordinality);
    }
    out.emit(new Batch(new Columns(columns, count), gathered.weights(), gathered.watermarks()));
    count = 0;
  }
}
