package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.RowSorter;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OVER: appends to each row the results of functions over its partition. At the end of a step each
 * partition that was touched is computed as it was before and as it is now, and the difference put
 * out; where only the first rows are wanted no more than these are read. Its state is all rows,
 * sorted:
 *
 * <pre>
 *   partition │ keys of the order │ row │ where the row begins
 * </pre>
 *
 * {@link SortKeys} draws the keys. Of input that only grows, of which only the first rows are
 * wanted, all others are forgotten: no row can come before them by being taken back. For the thread
 * that steps.
 */
public final class OverOperator implements UnaryOperator {
  private final List<SqlType> types;
  private final OverSpec spec;
  private final boolean forgets;
  private final RowCodec partition;
  private final SortKeys order;
  private final RowCodec whole;
  private final List<SqlType> outputTypes;
  private final RowCodec output;
  private final Arrangement rows;
  private final @Nullable Expiry expiry;
  private final ExpiredRows expired;
  private final RowBuffer changes = new RowBuffer();
  private final GroupTable table;
  private int[] groups = new int[0];

  /**
   * Functions over partitions.
   *
   * @param types types of the input's columns
   * @param spec the window and the functions
   * @param outputTypes types of the input's columns and of the results
   * @param appendOnly whether the input never takes rows back
   * @param expiry when partitions stand, by the first partition column; null for never
   * @param opener gives the state's arrangement
   */
  public OverOperator(
      List<SqlType> types,
      OverSpec spec,
      List<SqlType> outputTypes,
      boolean appendOnly,
      @Nullable Expiry expiry,
      ArrangementOpener opener) {
    this.types = List.copyOf(types);
    this.spec = spec;
    this.forgets = appendOnly && spec.limit().isPresent();
    this.partition = RowCodec.ofGroups(types, spec.partition());
    this.table = new GroupTable(partition);
    this.order = new SortKeys(types, spec.order());
    this.whole = RowCodec.ofRows(types);
    this.outputTypes = List.copyOf(outputTypes);
    this.output = RowCodec.ofRows(outputTypes);
    this.rows = opener.open("rows");
    this.expiry = expiry;
    this.expired = new ExpiredRows(rows);
  }

  @Override
  public void process(Batch input, Output out) {
    int size = input.size();
    if (groups.length < size) {
      groups = new int[size];
    }
    if (spec.partition().isEmpty()) {
      table.touchOnlyGroup();
      Arrays.fill(groups, 0, size, 0);
    } else {
      table.assign(input.rows(), groups);
    }
    Column[] all = whole.columnsOf(input.rows());
    List<Column[]> keys = order.columnsOf(input.rows());
    for (int row = 0; row < size; row++) {
      if (input.weight(row) == 0) {
        continue;
      }
      int start = changes.end();
      int group = groups[row];
      changes.appendEncoded(
          table.keys().bytes(),
          table.keys().start(group),
          table.keys().end(group) - table.keys().start(group));
      order.append(keys, row, changes);
      int place = changes.end() - start;
      whole.encode(all, row, changes);
      SortKeys.appendPlace(place, changes);
      changes.endRow(input.weight(row));
    }
  }

  @Override
  public void endStep(Output out) {
    if (table.size() == 0) {
      return;
    }
    var difference = new RowBuffer();
    var forgotten = new RowBuffer();
    RowBuffer keys = table.keys();
    int[] sorted = RowSorter.order(keys);
    try (Snapshot snapshot = rows.snapshot()) {
      Cursor cursor = snapshot.cursor();
      for (int group : sorted) {
        compute(cursor, keys, group, -1, difference);
      }
    }
    rows.add(SortedRows.of(changes));
    changes.clear();
    try (Snapshot snapshot = rows.snapshot()) {
      Cursor cursor = snapshot.cursor();
      for (int group : sorted) {
        if (compute(cursor, keys, group, 1, difference) && forgets) {
          forgetRest(cursor, forgotten);
        }
      }
    }
    rows.add(SortedRows.of(forgotten));
    table.clear();
    emit(SortedRows.of(difference), out);
  }

  /**
   * Adds the rows of a partition with their results.
   *
   * @return whether there are more rows, of which the cursor stands on the first
   */
  private boolean compute(
      Cursor cursor, RowBuffer keys, int group, long weight, RowBuffer difference) {
    int start = keys.start(group);
    int end = keys.end(group);
    var sorted = new SortedPartition(types);
    boolean more = start == end ? cursor.first() : cursor.seekPrefix(keys.bytes(), start, end);
    OverResults limiting = spec.limit().isPresent() ? results(spec.calls().get(0), sorted) : null;
    boolean reached = false;
    while (more) {
      int from = SortKeys.place(cursor.bytes(), cursor.length());
      for (long copies = cursor.weight(); copies > 0 && !reached; copies--) {
        sorted.add(cursor.bytes(), end - start, from, cursor.length() - SortKeys.PLACE_BYTES);
        reached = limiting != null && limiting.rank(sorted.size() - 1) > spec.limit().getAsLong();
      }
      if (reached) {
        break;
      }
      more = cursor.next();
    }
    append(sorted, reached ? sorted.size() - 1 : sorted.size(), weight, difference);
    return reached;
  }

  private OverResults results(OverSpec.Call call, SortedPartition sorted) {
    return new OverResults(spec, call, sorted, types);
  }

  private void append(SortedPartition sorted, int count, long weight, RowBuffer difference) {
    var results = new ArrayList<OverResults>();
    spec.calls().forEach(call -> results.add(results(call, sorted)));
    for (int row = 0; row < count; row++) {
      difference.appendEncoded(
          sorted.bytes(), sorted.start(row), sorted.end(row) - sorted.start(row));
      for (OverResults result : results) {
        result.append(row, difference);
      }
      difference.endRow(weight);
    }
  }

  /** Forgets the row at which the wanted ones end, as far as it is not among them, and the rest. */
  private static void forgetRest(Cursor cursor, RowBuffer forgotten) {
    boolean more = cursor.next();
    for (; more; more = cursor.next()) {
      forgotten.appendEncoded(cursor.bytes(), 0, cursor.length());
      forgotten.endRow(-cursor.weight());
    }
  }

  private void emit(SortedRows difference, Output out) {
    var emitter = new RowEmitter(outputTypes, null, out);
    var reader = new RowReader();
    for (int row = 0; row < difference.size(); row++) {
      reader.reset(difference.bytes(), difference.start(row));
      output.decode(reader, emitter.row());
      emitter.endRow(difference.weight(row));
    }
    emitter.flush();
  }

  @Override
  public int free(long[] watermarks, int most) {
    return expiry == null ? 0 : expired.remove(expiry.through(watermarks), most);
  }

  @Override
  public List<Arrangement> state() {
    return List.of(rows);
  }

  @Override
  public long memoryBytes() {
    return table.memoryBytes() + changes.memoryBytes() + 4L * groups.length;
  }
}
