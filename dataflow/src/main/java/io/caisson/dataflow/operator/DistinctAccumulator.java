package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.KeyedRowCodec;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An aggregate with DISTINCT: another one that sees each value once. All values of a group are
 * kept, in an arrangement; what comes and goes among them goes on to the other one. Of values that
 * are equal and written in several ways (1.0 and 1.00) it is the least way that counts.
 *
 * <pre>
 *   group │ key of the arguments │ how they are written
 * </pre>
 *
 * For the thread that steps.
 */
final class DistinctAccumulator implements Accumulator {
  private final AggregateSpec spec;
  private final List<SqlType> types;
  private final Accumulator inner;
  private final KeyedRowCodec codec;
  private final Arrangement values;
  private final RowBuffer changes = new RowBuffer();

  DistinctAccumulator(
      AggregateSpec spec, List<SqlType> types, Accumulator inner, Arrangement values) {
    this.spec = spec;
    this.types = types;
    this.inner = inner;
    this.codec = new KeyedRowCodec(types, IntStream.range(0, types.size()).boxed().toList(), true);
    this.values = values;
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    RowBuffer keys = table.keys();
    List<Column> arguments = spec.arguments().stream().map(batch.rows()::column).toList();
    KeyedRowCodec.Input input = codec.inputOf(new Columns(arguments, batch.size()));
    var counting = new CountingRows(spec, batch.rows());
    for (int row = 0; row < batch.size(); row++) {
      if (counting.counts(row)) {
        int group = groups[row];
        int start = keys.start(group);
        changes.appendEncoded(keys.bytes(), start, keys.end(group) - start);
        codec.encode(input, row, changes);
        changes.endRow(batch.weight(row));
      }
    }
  }

  @Override
  public void prepare(GroupTable table) {
    SortedRows change = SortedRows.of(changes);
    changes.clear();
    var difference = new Difference();
    RowBuffer before = representatives(change, table);
    values.add(change);
    RowBuffer after = representatives(change, table);
    for (int i = 0; i < before.size(); i++) {
      boolean same =
          Arrays.equals(
              before.bytes(),
              before.start(i),
              before.end(i),
              after.bytes(),
              after.start(i),
              after.end(i));
      if (!same) {
        difference.add(before, i, -1, table);
        difference.add(after, i, 1, table);
      }
    }
    difference.send(table);
    inner.prepare(table);
  }

  /** For each value that a change touches the row that counts; an empty one where there is none. */
  private RowBuffer representatives(SortedRows change, GroupTable table) {
    var found = new RowBuffer();
    int lastStart = 0;
    int lastEnd = -1;
    try (Snapshot snapshot = values.snapshot()) {
      Cursor cursor = snapshot.cursor();
      for (int row = 0; row < change.size(); row++) {
        byte[] bytes = change.bytes();
        int start = change.start(row);
        int end = codec.keyEnd(bytes, table.keyEnd(bytes, start));
        if (lastEnd >= 0 && Arrays.equals(bytes, lastStart, lastEnd, bytes, start, end)) {
          continue;
        }
        lastStart = start;
        lastEnd = end;
        if (cursor.seekPrefix(bytes, start, end)) {
          found.appendEncoded(cursor.bytes(), 0, cursor.length());
        }
        found.endRow(1);
      }
    }
    return found;
  }

  @Override
  public void clear() {
    inner.clear();
  }

  @Override
  public void read(RowReader state) {
    inner.read(state);
  }

  @Override
  public void add(int group, GroupTable table) {
    inner.add(group, table);
  }

  @Override
  public void write(RowBuffer state) {
    inner.write(state);
  }

  @Override
  public void emit(ColumnBuilder out) {
    inner.emit(out);
  }

  @Override
  public void endStep() {
    inner.endStep();
  }

  @Override
  public List<Arrangement> state() {
    return Stream.concat(Stream.of(values), inner.state().stream()).toList();
  }

  /** The values that came and went, as rows of the arguments. */
  private final class Difference {
    private final ColumnsBuilder rows = new ColumnsBuilder(types);
    private long[] weights = new long[0];
    private int[] groups = new int[0];
    private int size;

    void add(RowBuffer source, int row, long weight, GroupTable table) {
      int start = source.start(row);
      if (start == source.end(row)) {
        return;
      }
      int groupEnd = table.keyEnd(source.bytes(), start);
      codec.decode(source.bytes(), groupEnd, rows, 0);
      weights = StepArrays.grown(weights, size + 1);
      groups = StepArrays.grown(groups, size + 1);
      weights[size] = weight;
      groups[size++] = table.find(source.bytes(), start, groupEnd);
    }

    void send(GroupTable table) {
      if (size > 0) {
        inner.accumulate(
            new Batch(rows.build(), Arrays.copyOf(weights, size), null), groups, table);
      }
    }
  }
}
