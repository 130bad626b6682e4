package io.caisson.dataflow.operator;

import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowSorter;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.watermark.WatermarkTracker;
import io.caisson.function.match.MatchScan;
import io.caisson.function.match.PatternProgram;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MATCH_RECOGNIZE: at the end of a step each partition that was touched is searched as it was
 * before and as it is now, and the difference put out. Its state is all rows, sorted as {@link
 * SortedKeys} says. Where matches are bounded in time and rows stand once the watermark has passed
 * them, the search begins behind what no further row can change, {@link MatchBegins} remembers
 * where, and the rows before are given up but for those that conditions look back at. For the
 * thread that steps.
 */
public final class MatchOperator implements UnaryOperator {
  private final List<SqlType> types;
  private final MatchSpec spec;
  private final PatternProgram program;
  private final SortedKeys keys;
  private final List<SqlType> outputTypes;
  private final RowCodec output;
  private final Arrangement rows;
  private final MatchBegins begins;
  private final @Nullable Expiry expiry;
  private final boolean byPartition;
  private final ExpiredRows expired;
  private final RowBuffer changes = new RowBuffer();
  private final RowBuffer freed = new RowBuffer();
  private final GroupTable table;
  private int[] groups = new int[0];
  private long through = WatermarkTracker.NONE;

  /**
   * Matches of a row pattern.
   *
   * @param types types of the input's columns
   * @param spec the pattern
   * @param outputTypes types of the output's columns
   * @param expiry when rows stand, by the first partition column or by the first key of the order;
   *     null for never
   * @param opener gives the state's arrangements
   */
  public MatchOperator(
      List<SqlType> types,
      MatchSpec spec,
      List<SqlType> outputTypes,
      @Nullable Expiry expiry,
      ArrangementOpener opener) {
    this.types = List.copyOf(types);
    this.spec = spec;
    this.program = PatternProgram.of(spec.pattern().pattern());
    this.keys = new SortedKeys(types, spec.order());
    this.table = new GroupTable(RowCodec.ofGroups(types, spec.partition()));
    this.outputTypes = List.copyOf(outputTypes);
    this.output = RowCodec.ofRows(outputTypes);
    this.rows = opener.open("rows");
    this.begins = new MatchBegins(opener);
    this.expiry = expiry;
    this.byPartition =
        expiry != null && !spec.partition().isEmpty() && spec.partition().get(0) == expiry.column();
    this.expired = new ExpiredRows(rows);
  }

  @Override
  public void process(Batch input, Output out) {
    int size = input.size();
    groups = StepArrays.grown(groups, size);
    if (spec.partition().isEmpty()) {
      table.touchOnlyGroup();
      Arrays.fill(groups, 0, size, 0);
    } else {
      table.assign(input.rows(), groups);
    }
    SortedKeys.Input columns = keys.inputOf(input.rows());
    for (int row = 0; row < size; row++) {
      if (input.weight(row) != 0) {
        keys.append(columns, row, table.keys(), groups[row], input.weight(row), changes);
      }
    }
  }

  @Override
  public void advance(long[] watermarks) {
    if (expiry != null && !byPartition) {
      through = expiry.through(watermarks);
    }
  }

  @Override
  public void endStep(Output out) {
    if (table.size() == 0) {
      return;
    }
    var difference = new Difference(outputTypes, output, out);
    try (Snapshot before = rows.snapshot()) {
      rows.add(SortedRows.of(changes));
      changes.clear();
      try (Snapshot after = rows.snapshot()) {
        Cursor was = before.cursor();
        Cursor is = after.cursor();
        RowBuffer touched = table.keys();
        for (int group : RowSorter.order(touched)) {
          byte[] partition =
              Arrays.copyOfRange(touched.bytes(), touched.start(group), touched.end(group));
          MatchBegins.Begin begin = begins.of(partition);
          search(partition, was, begin).putOut(-1, difference.rows());
          Search now = search(partition, is, begin);
          now.putOut(1, difference.rows());
          difference.endPartition();
          give(partition, now, is);
        }
      }
    }
    applyFreed();
    table.clear();
    difference.putOut();
  }

  private Search search(byte[] partition, Cursor cursor, MatchBegins.Begin begin) {
    var builder = new ColumnsBuilder(types);
    boolean more = seek(partition, cursor);
    for (; more; more = cursor.next()) {
      for (long copies = cursor.weight(); copies > 0; copies--) {
        keys.decode(cursor, builder);
      }
    }
    return new Search(builder.build(), begin);
  }

  private static boolean seek(byte[] partition, Cursor cursor) {
    return partition.length == 0
        ? cursor.first()
        : cursor.seekPrefix(partition, 0, partition.length);
  }

  /** Gives up the rows of a partition that nothing can change any more. */
  private void give(byte[] partition, Search search, Cursor cursor) {
    if (expiry == null || byPartition) {
      return;
    }
    int gone = Math.max(0, search.standing - spec.lookBehind());
    long left = gone;
    boolean more = left > 0 && seek(partition, cursor);
    for (; more && left > 0; more = cursor.next()) {
      long copies = Math.min(left, cursor.weight());
      freed.appendEncoded(cursor.bytes(), 0, cursor.length());
      freed.endRow(-copies);
      left -= copies;
    }
    begins.change(
        partition,
        search.begin,
        new MatchBegins.Begin(
            search.standing - gone,
            spec.numbered() ? search.matchesBefore : 0,
            search.allStandAt()));
  }

  private void applyFreed() {
    rows.add(SortedRows.of(freed));
    freed.clear();
    begins.apply();
  }

  @Override
  public int free(long[] watermarks, int most) {
    if (expiry == null) {
      return 0;
    }
    if (byPartition) {
      return expired.remove(expiry.through(watermarks), most);
    }
    through = expiry.through(watermarks);
    List<byte[]> standing = begins.standing(through, most);
    int removed = 0;
    try (Snapshot snapshot = rows.snapshot()) {
      for (byte[] partition : standing) {
        if (removed >= most) {
          break;
        }
        Cursor cursor = snapshot.cursor();
        Search search = search(partition, cursor, begins.of(partition));
        search.putOut(0, new RowBuffer());
        give(partition, search, cursor);
        removed += Math.max(1, search.standing);
      }
    }
    applyFreed();
    return removed;
  }

  @Override
  public List<Arrangement> state() {
    var all = new ArrayList<>(begins.state());
    all.add(rows);
    return all;
  }

  @Override
  public long memoryBytes() {
    return table.memoryBytes() + changes.memoryBytes() + 4L * groups.length;
  }

  /** The search of one partition. */
  private final class Search {
    private final Columns loaded;
    private final MatchBegins.Begin begin;

    /** Before which row all stand, and how many matches begin before it. */
    private int standing;

    private long matchesBefore;

    Search(Columns loaded, MatchBegins.Begin begin) {
      this.loaded = loaded;
      this.begin = begin;
      this.standing = begin.lookedBack();
      this.matchesBefore = begin.matches();
    }

    /** Searches, and puts out the matches with a weight, where that is not 0. */
    void putOut(long weight, RowBuffer difference) {
      var tests = new MatchedPartition(spec, loaded);
      var scan = new MatchScan(spec.pattern(), program, tests, spec.local());
      var writer = new MatchWriter(spec, loaded, outputTypes, difference);
      scan.start(begin.lookedBack(), begin.matches());
      boolean stands = expiry != null && !byPartition;
      while (scan.more()) {
        int from = scan.position();
        tests.lookFrom(from);
        if (scan.step() && weight != 0) {
          writer.write(scan.match(), scan.number(), weight);
        }
        stands = stands && stands(from, Math.max(tests.farthest(), writer.farthest()));
        if (stands) {
          standing = scan.position();
          matchesBefore = scan.number();
        }
      }
      writer.flush(weight);
    }

    /** Whether no further row can change what was found at a row. */
    private boolean stands(int row, int farthest) {
      return isPast(farthest, 0)
          || (spec.lookAhead() == 0
              && spec.pattern().within().isPresent()
              && isPast(row, spec.pattern().within().getAsLong() - 1));
    }

    private boolean isPast(int row, long micros) {
      var times = (LongColumn) loaded.column(spec.order().get(0).column());
      return row < loaded.size() && !times.isNull(row) && times.value(row) <= through - micros;
    }

    /** When all rows stand that are there, where that can be known. */
    private long allStandAt() {
      var times = (LongColumn) loaded.column(spec.order().get(0).column());
      int last = loaded.size() - 1;
      boolean known =
          spec.lookAhead() == 0
              && spec.pattern().within().isPresent()
              && standing <= last
              && !times.isNull(last);
      if (!known) {
        return MatchBegins.Begin.NEVER;
      }
      return times.value(last) + spec.pattern().within().getAsLong() - 1;
    }
  }
}
