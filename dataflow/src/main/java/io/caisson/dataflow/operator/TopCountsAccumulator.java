package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.function.aggregate.TopCounts;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * APPROX_TOP_K: the values of a group that are there most often. All values are kept, with how
 * often they are there as their weight; and a second time sorted by that, so that the best are the
 * first rows of their group, and a step costs what it changes:
 *
 * <pre>
 *   counts   group │ key of the value │ the value as JSON
 *   ranked   group │ less its count │ key of the value │ the value as JSON
 * </pre>
 *
 * Of values that are there equally often the least come first. For the thread that steps.
 */
final class TopCountsAccumulator implements Accumulator {
  private static final int VALUE = 1;
  private static final int JSON = 2;

  private final AggregateSpec spec;
  private final SortKeys order;
  private final RowCodec json;
  private final RowCodec key;
  private final Arrangement counts;
  private final Arrangement ranked;
  private final KeptValue current = new KeptValue(TypeKind.Physical.BYTES);
  private final TopCounts top = new TopCounts();
  private final RowBuffer changes = new RowBuffer();
  private final RowReader reader = new RowReader();

  /** How many values are asked for: the same number for all rows, 0 before the first. */
  private int most;

  private int currentMost;
  private @Nullable Snapshot snapshot;
  private @Nullable Cursor cursor;

  TopCountsAccumulator(
      AggregateSpec spec, List<SqlType> input, Arrangement counts, Arrangement ranked) {
    int value = spec.arguments().get(VALUE);
    this.spec = spec;
    this.order = new SortKeys(input, List.of(new OverSpec.SortColumn(value, false, false)));
    this.key = RowCodec.ofGroups(input, List.of(value));
    this.json = RowCodec.ofColumns(input, List.of(spec.arguments().get(JSON)));
    this.counts = counts;
    this.ranked = ranked;
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    RowBuffer keys = table.keys();
    List<Column[]> values = order.columnsOf(batch.rows());
    Column[] written = json.columnsOf(batch.rows());
    var numbers = (LongColumn) batch.rows().column(spec.arguments().get(0));
    var counting = new CountingRows(spec, batch.rows());
    for (int row = 0; row < batch.size(); row++) {
      if (counting.counts(row)) {
        most = TopCounts.checked(numbers.value(row));
        int start = keys.start(groups[row]);
        changes.appendEncoded(keys.bytes(), start, keys.end(groups[row]) - start);
        order.append(values, row, changes);
        json.encode(written, row, changes);
        changes.endRow(batch.weight(row));
      }
    }
  }

  @Override
  public void prepare(GroupTable table) {
    SortedRows change = SortedRows.of(changes);
    changes.clear();
    var moved = new RowBuffer();
    try (Snapshot before = counts.snapshot()) {
      Cursor found = before.cursor();
      for (int row = 0; row < change.size(); row++) {
        byte[] bytes = change.bytes();
        int start = change.start(row);
        int end = change.end(row);
        long old = found.seekPrefix(bytes, start, end) ? found.weight() : 0;
        int groupEnd = table.keyEnd(bytes, start);
        rank(bytes, start, groupEnd, end, old, -1, moved);
        rank(bytes, start, groupEnd, end, old + change.weight(row), 1, moved);
      }
    }
    counts.add(change);
    ranked.add(SortedRows.of(moved));
    snapshot = ranked.snapshot();
    cursor = snapshot.cursor();
  }

  /** Where a value stands among those of its group. */
  private static void rank(
      byte[] row, int start, int groupEnd, int end, long count, long weight, RowBuffer out) {
    if (count > 0) {
      out.appendEncoded(row, start, groupEnd - start);
      out.appendLong(-count);
      out.appendEncoded(row, groupEnd, end - groupEnd);
      out.endRow(weight);
    }
  }

  @Override
  public void clear() {
    currentMost = 0;
    current.clear();
  }

  @Override
  public void read(RowReader state) {
    currentMost = (int) state.takeLong();
    current.read(state);
  }

  @Override
  public void add(int group, GroupTable table) {
    Cursor found = cursor;
    if (found == null) {
      throw new IllegalStateException("the step is not prepared");
    }
    currentMost = Math.max(currentMost, most);
    RowBuffer keys = table.keys();
    int start = keys.start(group);
    int end = keys.end(group);
    top.clear();
    current.clear();
    boolean more = currentMost > 0 && found.seekPrefix(keys.bytes(), start, end);
    boolean any = more;
    for (int i = 0; more; i++) {
      reader.reset(found.bytes(), end - start);
      long count = -reader.takeLong();
      reader.takeLong(); // where NULLs would stand
      key.pass(reader);
      reader.takeBytes();
      top.add(text(reader), count);
      more = i + 1 < currentMost && found.next();
    }
    if (any) {
      byte[] answer = top.write().getBytes(StandardCharsets.UTF_8);
      current.setBytes(answer, 0, answer.length);
    }
  }

  private static String text(RowReader reader) {
    return new String(
        reader.value(), reader.valueStart(), reader.valueLength(), StandardCharsets.UTF_8);
  }

  @Override
  public void write(RowBuffer state) {
    state.appendLong(currentMost);
    current.write(state);
  }

  @Override
  public void emit(ColumnBuilder out) {
    current.emit(out);
  }

  @Override
  public void endStep() {
    if (snapshot != null) {
      snapshot.close();
      snapshot = null;
      cursor = null;
    }
  }

  @Override
  public List<Arrangement> state() {
    return List.of(counts, ranked);
  }
}
