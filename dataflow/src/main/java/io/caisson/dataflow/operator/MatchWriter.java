package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.function.match.RowMapping;
import io.caisson.type.SqlType;
import java.util.List;

/** Writes the matches of one partition as rows of the output. For the thread that steps. */
final class MatchWriter {
  private static final int BATCH_ROWS = 4_096;

  private final MatchSpec spec;
  private final Columns rows;
  private final RowCodec output;
  private final RowBuffer out;
  private final ColumnsBuilder builder;
  private final List<Integer> passed;
  private final MatchReader reader;
  private int pending;

  MatchWriter(MatchSpec spec, Columns rows, List<SqlType> outputTypes, RowBuffer out) {
    this.spec = spec;
    this.rows = rows;
    this.output = RowCodec.ofRows(outputTypes);
    this.out = out;
    this.builder = new ColumnsBuilder(outputTypes);
    this.passed = spec.passed();
    this.reader = new MatchReader(spec.outputs(), spec.pattern().variables(), rows);
  }

  /** The last row that was looked at, whether it is there or not. */
  int farthest() {
    return reader.farthest();
  }

  /** Writes a match; of one without rows, where all are wanted, the row before which it lies. */
  void write(RowMapping match, long number, long weight) {
    boolean empty = match.end() == match.begin();
    if (!spec.pattern().allRows() || empty) {
      append(match.begin(), match, match, number, weight);
      return;
    }
    var running = new RowMapping(spec.pattern().variables().size());
    running.start(match.begin());
    for (int row = match.begin(); row < match.end(); row++) {
      running.add(match.variable(row), match.excluded(row));
      if (!match.excluded(row)) {
        append(row, running, match, number, weight);
      }
    }
  }

  private void append(int row, RowMapping running, RowMapping match, long number, long weight) {
    for (int i = 0; i < passed.size(); i++) {
      builder.column(i).addFrom(rows.column(passed.get(i)), row);
    }
    reader.append(running, match, number, builder, passed.size());
    if (++pending == BATCH_ROWS) {
      flush(weight);
    }
  }

  /** Writes what has been collected. */
  void flush(long weight) {
    if (pending == 0) {
      return;
    }
    Columns built = builder.build();
    Column[] columns = output.columnsOf(built);
    for (int row = 0; row < pending; row++) {
      output.encode(columns, row, out);
      out.endRow(weight);
    }
    pending = 0;
  }
}
