package io.caisson.cli.load;

import io.caisson.ResultColumn;
import io.caisson.StreamWriter;
import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/** A stream in memory, with the rules of {@link StreamWriter}: the naive twin of the real one. */
final class MemoryWriter implements StreamWriter {
  private static final int MOST_TEXT = 1_000;

  final List<String> rows = new ArrayList<>();
  private final List<ResultColumn> columns;
  private long sequence = -1;
  private String note = "";

  MemoryWriter(List<ResultColumn> columns) {
    this.columns = columns;
  }

  static List<ResultColumn> columns(Object... namesAndKinds) {
    var columns = new ArrayList<ResultColumn>();
    for (int i = 0; i < namesAndKinds.length; i += 2) {
      columns.add(
          new ResultColumn((String) namesAndKinds[i], SqlType.of((TypeKind) namesAndKinds[i + 1])));
    }
    return columns;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public long lastSequence() {
    return sequence;
  }

  @Override
  public String lastNote() {
    return note;
  }

  @Override
  public boolean append(Columns batch, long newSequence, String newNote) {
    if (newSequence <= sequence) {
      return false;
    }
    var texts = new ArrayList<String>();
    for (int row = 0; row < batch.size(); row++) {
      var text = new StringBuilder();
      for (Column column : batch.columns()) {
        text.append(text.length() == 0 ? "" : "|").append(text(column, row));
      }
      texts.add(text.toString());
    }
    rows.addAll(texts);
    sequence = newSequence;
    note = newNote;
    return true;
  }

  private static String text(Column column, int row) {
    if (column.isNull(row)) {
      return "NULL";
    }
    if (column instanceof LongColumn longs) {
      return Long.toString(longs.value(row));
    }
    if (column instanceof DoubleColumn doubles) {
      return Double.toString(doubles.value(row));
    }
    String text = ((BytesColumn) column).text(row);
    if (text.length() > MOST_TEXT) {
      throw new CaissonException(SqlState.ROW_TOO_LARGE, "the row is too large");
    }
    return text;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
