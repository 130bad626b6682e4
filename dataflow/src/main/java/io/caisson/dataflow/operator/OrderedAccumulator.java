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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates that take the rows of a group one after the other, in an order: STRING_AGG, MODE, the
 * percentiles, FIRST_VALUE and LAST_VALUE, and what users have made; and those whose arguments are
 * few different ones, of which each is kept once, the approximate ones. All arguments are kept,
 * sorted, in an arrangement; a group that a step touches is walked over anew, as far as its result
 * needs:
 *
 * <pre>
 *   group │ keys of the order │ arguments │ where the arguments begin
 * </pre>
 *
 * For LAST_VALUE everything is sorted the other way round, so that the last comes first. Of input
 * that only grows FIRST_VALUE and LAST_VALUE keep the first row alone. For the thread that steps.
 */
final class OrderedAccumulator implements Accumulator {
  private final AggregateSpec spec;
  private final boolean reversed;
  private final boolean forgets;
  private final SortKeys order;
  private final RowCodec arguments;
  private final Arrangement rows;
  private final OrderedFold fold;
  private final KeptValue current;

  /** The result where there are no rows. */
  private final KeptValue ofNothing;

  private long currentCount;
  private long[] counts = new long[0];

  /** For each group 1 where the step has changed its rows. */
  private int[] touched = new int[0];

  private final RowBuffer changes = new RowBuffer();
  private final RowBuffer forgotten = new RowBuffer();
  private final RowBuffer scratch = new RowBuffer();
  private final RowReader reader = new RowReader();
  private byte[] lastOrder = new byte[64];
  private @Nullable Snapshot snapshot;
  private @Nullable Cursor cursor;

  OrderedAccumulator(
      AggregateSpec spec, List<SqlType> input, boolean appendOnly, Arrangement rows) {
    boolean picksFirst =
        spec.function() == AggregateSpec.Function.FIRST_VALUE
            || spec.function() == AggregateSpec.Function.LAST_VALUE;
    this.spec = spec;
    this.reversed = spec.function() == AggregateSpec.Function.LAST_VALUE;
    this.forgets = appendOnly && picksFirst;
    this.order = new SortKeys(input, keys(spec));
    this.arguments = RowCodec.ofColumns(input, spec.arguments());
    this.rows = rows;
    this.fold = OrderedFold.of(spec, arguments.types());
    TypeKind.Physical kept = fold.kept(Accumulators.resultType(spec, input));
    this.current = new KeptValue(kept);
    this.ofNothing = new KeptValue(kept);
    fold.begin(0);
    fold.finish(ofNothing);
  }

  /** The order that was asked for, and that of the arguments behind it. */
  private static List<OverSpec.SortColumn> keys(AggregateSpec spec) {
    boolean reversed = spec.function() == AggregateSpec.Function.LAST_VALUE;
    return java.util.stream.Stream.concat(
            spec.order().stream(),
            spec.arguments().stream().map(c -> new OverSpec.SortColumn(c, false, false)))
        .map(
            key ->
                reversed
                    ? new OverSpec.SortColumn(key.column(), !key.descending(), !key.nullsFirst())
                    : key)
        .toList();
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    counts = StepArrays.grown(counts, table.size());
    touched = StepArrays.grown(touched, table.size());
    List<Column[]> keys = order.columnsOf(batch.rows());
    Column[] values = arguments.columnsOf(batch.rows());
    var counting = new CountingRows(spec, batch.rows());
    for (int row = 0; row < batch.size(); row++) {
      if (counting.counts(row)) {
        int group = groups[row];
        counts[group] += batch.weight(row);
        touched[group] = 1;
        int start = changes.end();
        RowBuffer groupKeys = table.keys();
        changes.appendEncoded(
            groupKeys.bytes(),
            groupKeys.start(group),
            groupKeys.end(group) - groupKeys.start(group));
        order.append(keys, row, changes);
        int place = changes.end() - start;
        appendArguments(values, row);
        SortKeys.appendPlace(place, changes);
        changes.endRow(batch.weight(row));
      }
    }
  }

  private void appendArguments(Column[] values, int row) {
    if (!reversed) {
      arguments.encode(values, row, changes);
      return;
    }
    scratch.clear();
    arguments.encode(values, row, scratch);
    SortKeys.appendInverted(scratch, changes);
  }

  @Override
  public void prepare(GroupTable table) {
    rows.add(SortedRows.of(changes));
    changes.clear();
    snapshot = rows.snapshot();
    cursor = snapshot.cursor();
  }

  @Override
  public void clear() {
    currentCount = 0;
    current.clear();
  }

  @Override
  public void read(RowReader state) {
    currentCount = state.takeLong();
    current.read(state);
  }

  @Override
  public void add(int group, GroupTable table) {
    if (group >= touched.length || touched[group] == 0) {
      return;
    }
    currentCount += counts[group];
    Cursor found = cursor;
    if (found == null) {
      throw new IllegalStateException("the step is not prepared");
    }
    RowBuffer keys = table.keys();
    int start = keys.start(group);
    int end = keys.end(group);
    fold.begin(currentCount);
    boolean more = found.seekPrefix(keys.bytes(), start, end);
    boolean first = true;
    int lastLength = 0;
    boolean wanted = true;
    while (more && wanted) {
      int place = SortKeys.place(found.bytes(), found.length());
      int from = end - start;
      boolean peer = !first && Arrays.equals(found.bytes(), from, place, lastOrder, 0, lastLength);
      if (!peer) {
        lastLength = place - from;
        remember(found.bytes(), from, lastLength);
      }
      first = false;
      wanted = fold.next(arguments(found, place), peer, found.weight());
      more = wanted && found.next();
    }
    current.clear();
    fold.finish(current);
    if (forgets && !wanted) {
      forgetRest(found);
    }
  }

  private void remember(byte[] bytes, int from, int length) {
    if (lastOrder.length < length) {
      lastOrder = new byte[length * 2];
    }
    System.arraycopy(bytes, from, lastOrder, 0, length);
  }

  private RowReader arguments(Cursor found, int place) {
    if (reversed) {
      int length = found.length() - SortKeys.PLACE_BYTES - place;
      reader.reset(SortKeys.inverted(found.bytes(), place, length), 0);
    } else {
      reader.reset(found.bytes(), place);
    }
    return reader;
  }

  private void forgetRest(Cursor found) {
    while (found.next()) {
      forgotten.appendEncoded(found.bytes(), 0, found.length());
      forgotten.endRow(-found.weight());
    }
  }

  @Override
  public void write(RowBuffer state) {
    state.appendLong(currentCount);
    current.write(state);
  }

  @Override
  public void emit(ColumnBuilder out) {
    fold.emit(currentCount == 0 ? ofNothing : current, out);
  }

  @Override
  public void endStep() {
    if (snapshot != null) {
      snapshot.close();
      snapshot = null;
      cursor = null;
    }
    rows.add(SortedRows.of(forgotten));
    forgotten.clear();
    counts = StepArrays.cleared(counts);
    touched = StepArrays.cleared(touched);
  }

  @Override
  public List<Arrangement> state() {
    return List.of(rows);
  }
}
