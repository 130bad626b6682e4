package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the late rows of one window to where those of all windows of a view lie. For the thread
 * that steps.
 */
final class LateOutput implements Output {
  private final LatePlace place;
  private final List<SqlType> types;
  private final Output out;

  /**
   * An output for one window.
   *
   * @param place where its columns go
   * @param types types of the late rows' columns
   * @param out takes them
   */
  LateOutput(LatePlace place, List<SqlType> types, Output out) {
    this.place = place;
    this.types = List.copyOf(types);
    this.out = out;
  }

  @Override
  public void emit(Batch batch) {
    if (batch.size() == 0) {
      return;
    }
    var columns = new ArrayList<Column>();
    for (int i = 0; i < place.columns().size(); i++) {
      int column = place.columns().get(i);
      columns.add(
          column < 0 ? same(types.get(i), null, batch.size()) : batch.rows().column(column));
    }
    place
        .name()
        .ifPresent(name -> columns.add(same(types.get(columns.size()), name, batch.size())));
    out.emit(new Batch(new Columns(columns, batch.size()), batch.weights(), null));
  }

  private static Column same(SqlType type, @Nullable String text, int rows) {
    var builder = new ColumnBuilder(type.physical());
    for (int row = 0; row < rows; row++) {
      if (text == null) {
        builder.addNull();
      } else {
        builder.addText(text);
      }
    }
    return builder.build();
  }
}
