package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
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
 * OVER: appends to each row the results of functions over its partition. At the end of a step the
 * rows around each change that see it ({@link OverReach}) are computed as they were before and as
 * they are now, and the difference put out; where only the first rows are wanted no more than these
 * are read. Its state is all rows, sorted:
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
  private final OverReach reach;
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
    this.reach = OverReach.of(spec);
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
    SortedRows delta = SortedRows.of(changes);
    changes.clear();
    var difference = new Difference(outputTypes, output, out);
    var forgotten = new RowBuffer();
    try (Snapshot before = rows.snapshot()) {
      rows.add(delta);
      try (Snapshot now = rows.snapshot()) {
        var step = new Step(before, now, delta, difference.rows(), forgotten);
        RowBuffer keys = table.keys();
        int from = 0;
        for (int group : RowSorter.order(keys)) {
          byte[] partition = Arrays.copyOfRange(keys.bytes(), keys.start(group), keys.end(group));
          int to = from;
          while (to < delta.size() && begins(delta, to, partition)) {
            to++;
          }
          if (to > from) {
            step.compute(partition, from, to);
            difference.endPartition();
          }
          from = to;
        }
      }
    }
    rows.add(SortedRows.of(forgotten));
    table.clear();
    difference.putOut();
  }

  private static boolean begins(SortedRows rows, int row, byte[] partition) {
    int start = rows.start(row);
    return rows.end(row) - start >= partition.length
        && Arrays.equals(
            rows.bytes(), start, start + partition.length, partition, 0, partition.length);
  }

  /** One step: what changed, and the rows before and after it. */
  private final class Step {
    private final Cursor before;
    private final Cursor now;
    private final OverRegion.Cursors around;
    private final SortedRows delta;
    private final RowBuffer difference;
    private final RowBuffer forgotten;

    Step(
        Snapshot before,
        Snapshot now,
        SortedRows delta,
        RowBuffer difference,
        RowBuffer forgotten) {
      this.before = before.cursor();
      this.now = now.cursor();
      this.around = OverRegion.Cursors.of(now);
      this.delta = delta;
      this.difference = difference;
      this.forgotten = forgotten;
    }

    /** Computes a partition, of which the rows from one number to another have changed. */
    void compute(byte[] partition, int from, int to) {
      if (spec.limit().isPresent()) {
        boolean unused = putOutFirst(before, partition, -1);
        if (putOutFirst(now, partition, 1) && forgets) {
          forgetRest(now, forgotten);
        }
        return;
      }
      List<OverRegion> regions =
          reach.bounded()
              ? OverRegion.of(around, partition, delta, from, to, reach.apart())
              : List.of(OverRegion.whole(partition, delta, from, to));
      for (OverRegion region : regions) {
        putOut(before, region, -1);
        putOut(now, region, 1);
      }
    }

    /** Puts out the results that see the changes of a region. */
    private void putOut(Cursor cursor, OverRegion region, long weight) {
      var sorted = new SortedPartition(types);
      int first = 0;
      int behind = 0;
      boolean more = region.seek(cursor);
      while (more && (!region.isBehind(cursor) || sorted.size() - behind < reach.apart())) {
        for (long copies = cursor.weight(); copies > 0; copies--) {
          add(cursor, region.partition(), sorted);
        }
        first = region.isBefore(cursor) ? sorted.size() : first;
        behind = region.isBehind(cursor) ? behind : sorted.size();
        more = region.next(cursor);
      }
      long from = 0;
      if (reach.seesOnlySoFarAhead()) {
        boolean peers = !reach.bounded() && first > 0;
        from = Math.max(0, (peers ? sorted.firstPeer(first - 1) : first) - reach.ahead());
      }
      long to = reach.bounded() ? Math.min(sorted.size(), behind + reach.back()) : sorted.size();
      append(sorted, (int) from, (int) to, weight);
    }

    /**
     * Puts out the rows of a partition up to the limit.
     *
     * @return whether there are more rows, of which the cursor stands on the first
     */
    private boolean putOutFirst(Cursor cursor, byte[] partition, long weight) {
      var sorted = new SortedPartition(types);
      OverResults limiting = results(spec.calls().get(0), sorted);
      long limit = spec.limit().orElseThrow();
      boolean reached = false;
      boolean more = seek(cursor, partition);
      while (more) {
        for (long copies = cursor.weight(); copies > 0 && !reached; copies--) {
          add(cursor, partition, sorted);
          reached = limiting.rank(sorted.size() - 1) > limit;
        }
        if (reached) {
          break;
        }
        more = cursor.next();
      }
      append(sorted, 0, reached ? sorted.size() - 1 : sorted.size(), weight);
      return reached;
    }

    private void append(SortedPartition sorted, int from, int to, long weight) {
      var results = new ArrayList<OverResults>();
      spec.calls().forEach(call -> results.add(results(call, sorted)));
      for (int row = 0; row < from; row++) {
        for (OverResults result : results) {
          result.pass(row);
        }
      }
      for (int row = from; row < to; row++) {
        difference.appendEncoded(
            sorted.bytes(), sorted.start(row), sorted.end(row) - sorted.start(row));
        for (OverResults result : results) {
          result.append(row, difference);
        }
        difference.endRow(weight);
      }
    }
  }

  private static boolean seek(Cursor cursor, byte[] partition) {
    return partition.length == 0
        ? cursor.first()
        : cursor.seekPrefix(partition, 0, partition.length);
  }

  private static void add(Cursor cursor, byte[] partition, SortedPartition sorted) {
    int place = SortKeys.place(cursor.bytes(), cursor.length());
    sorted.add(cursor.bytes(), partition.length, place, cursor.length() - SortKeys.PLACE_BYTES);
  }

  private OverResults results(OverSpec.Call call, SortedPartition sorted) {
    return new OverResults(spec, call, sorted, types);
  }

  /** Forgets the row at which the wanted ones end, as far as it is not among them, and the rest. */
  private static void forgetRest(Cursor cursor, RowBuffer forgotten) {
    boolean more = cursor.next();
    for (; more; more = cursor.next()) {
      forgotten.appendEncoded(cursor.bytes(), 0, cursor.length());
      forgotten.endRow(-cursor.weight());
    }
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
