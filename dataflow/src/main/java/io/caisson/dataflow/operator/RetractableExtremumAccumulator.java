package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MIN and MAX of rows that may be taken back: when the best value goes, the next best must be
 * known. So all values are kept, in an arrangement of (group, value), sorted; the best one is the
 * first row of its group. For MAX the value's bytes are inverted, so that its order is too.
 */
final class RetractableExtremumAccumulator implements Accumulator {
  private final AggregateSpec spec;
  private final boolean largest;
  private final RowCodec codec;
  private final Arrangement values;
  private final Extremum current;
  private final RowBuffer changes = new RowBuffer();
  private final RowBuffer scratch = new RowBuffer();
  private final RowReader reader = new RowReader();
  private byte[] inverted = new byte[0];
  private @Nullable Snapshot snapshot;
  private @Nullable Cursor cursor;

  RetractableExtremumAccumulator(AggregateSpec spec, List<SqlType> input, Arrangement values) {
    int argument = spec.argument().orElseThrow();
    TypeKind.Physical kind = input.get(argument).physical();
    this.spec = spec;
    this.largest = spec.function() == AggregateSpec.Function.MAX;
    this.codec = RowCodec.ofColumns(input, List.of(argument));
    this.values = values;
    this.current = new Extremum(kind, largest);
  }

  @Override
  public List<Arrangement> state() {
    return List.of(values);
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    RowBuffer keys = table.keys();
    Column[] columns = codec.columnsOf(batch.rows());
    var counting = new CountingRows(spec, batch.rows());
    for (int row = 0; row < batch.size(); row++) {
      if (counting.counts(row)) {
        int group = groups[row];
        int start = keys.start(group);
        changes.appendEncoded(keys.bytes(), start, keys.end(group) - start);
        scratch.clear();
        codec.encode(columns, row, scratch);
        byte[] value = largest ? inverted(scratch.bytes(), 0, scratch.end()) : scratch.bytes();
        changes.appendEncoded(value, 0, scratch.end());
        changes.endRow(batch.weight(row));
      }
    }
  }

  private byte[] inverted(byte[] source, int start, int length) {
    if (inverted.length < length) {
      inverted = new byte[length * 2];
    }
    for (int i = 0; i < length; i++) {
      inverted[i] = (byte) ~source[start + i];
    }
    return inverted;
  }

  @Override
  public void prepare(GroupTable table) {
    values.add(SortedRows.of(changes));
    changes.clear();
    snapshot = values.snapshot();
    cursor = snapshot.cursor();
  }

  @Override
  public void clear() {
    current.value().clear();
  }

  @Override
  public void read(RowReader state) {
    current.value().read(state);
  }

  @Override
  public void add(int group, GroupTable table) {
    Cursor found = cursor;
    if (found == null) {
      throw new IllegalStateException("the step is not prepared");
    }
    RowBuffer keys = table.keys();
    int start = keys.start(group);
    int end = keys.end(group);
    if (!found.seekPrefix(keys.bytes(), start, end)) {
      current.value().clear();
      return;
    }
    int prefix = end - start;
    int length = found.length() - prefix;
    if (largest) {
      reader.reset(inverted(found.bytes(), prefix, length), 0);
    } else {
      reader.reset(found.bytes(), prefix);
    }
    current.value().read(reader);
  }

  @Override
  public void write(RowBuffer state) {
    current.value().write(state);
  }

  @Override
  public void emit(ColumnBuilder out) {
    current.value().emit(out);
  }

  @Override
  public void endStep() {
    if (snapshot != null) {
      snapshot.close();
      snapshot = null;
      cursor = null;
    }
  }
}
