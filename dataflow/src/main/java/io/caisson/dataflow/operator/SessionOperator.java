package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.KeyedRowCodec;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.RowSorter;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.watermark.WatermarkTracker;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends to each row the begin and the end of its session. Which rows are too late {@link
 * SessionIntervals} decides, row by row; they go to another output with the session that they would
 * have been alone. At the end of a step each session that has changed is looked up once: its rows
 * of before are taken back with the window that they had, and put out again with the one that they
 * have now, together with the new ones.
 *
 * <p>Its state, per partition (P), is the rows by time, the sessions, and the sessions by their
 * end:
 *
 * <pre>
 *   rows       P │ time │ other columns
 *   sessions   P │ start │ end
 *   ends       end │ P │ start
 * </pre>
 *
 * The rows of a session are given up once no row can come to it any more, and the session once none
 * can touch it without being too late in any case: when the watermark is the gap past its end. For
 * the thread that steps.
 */
public final class SessionOperator implements UnaryOperator {
  private final int timeColumn;
  private final long gapMicros;
  private final boolean isPartitioned;
  private final RowCodec partition;
  private final KeyedRowCodec codec;
  private final List<SqlType> outputTypes;
  private final @Nullable Output late;
  private final @Nullable Expiry expiry;
  private final Arrangement rows;
  private final Arrangement sessions;
  private final Arrangement ends;
  private final GroupTable table;
  private final List<SessionIntervals> touched = new ArrayList<>();
  private final RowBuffer changes = new RowBuffer();
  private final RowReader reader = new RowReader();
  private int[] groups = new int[0];
  private byte[] freedThrough = new byte[0];

  /**
   * Sessions.
   *
   * @param types types of the input's columns; it never takes rows back
   * @param timeColumn position of the column of microseconds
   * @param partitionColumns positions of the columns that tell whose session it is
   * @param gapMicros how long a session goes on after its last row
   * @param late takes the rows that are too late or have no time; null where nobody wants them
   * @param expiry when no row can come to a session any more, by its end; null for never
   * @param opener gives the state's arrangements
   */
  public SessionOperator(
      List<SqlType> types,
      int timeColumn,
      List<Integer> partitionColumns,
      long gapMicros,
      @Nullable Output late,
      @Nullable Expiry expiry,
      ArrangementOpener opener) {
    this.timeColumn = timeColumn;
    this.gapMicros = gapMicros;
    this.isPartitioned = !partitionColumns.isEmpty();
    this.partition = RowCodec.ofGroups(types, partitionColumns);
    this.table = new GroupTable(partition);
    var key = new ArrayList<>(partitionColumns);
    key.add(timeColumn);
    this.codec = new KeyedRowCodec(types, key, true);
    this.outputTypes = outputTypes(types);
    this.late = late;
    this.expiry = expiry;
    this.rows = opener.open("rows");
    this.sessions = opener.open("sessions");
    this.ends = opener.open("ends");
  }

  /** The types of the output's columns: the row's, then begin and end. */
  static List<SqlType> outputTypes(List<SqlType> types) {
    var withWindow = new ArrayList<>(types);
    withWindow.add(SqlType.of(TypeKind.TIMESTAMP));
    withWindow.add(SqlType.of(TypeKind.TIMESTAMP));
    return List.copyOf(withWindow);
  }

  @Override
  public void process(Batch input, Output out) {
    int size = input.size();
    if (groups.length < size) {
      groups = new int[size];
    }
    if (isPartitioned) {
      table.assign(input.rows(), groups);
    } else {
      table.touchOnlyGroup();
      Arrays.fill(groups, 0, size, 0);
    }
    load();
    var times = (LongColumn) input.rows().column(timeColumn);
    long[] watermarks = input.watermarks();
    KeyedRowCodec.Input columns = codec.inputOf(input.rows());
    int[] tooLate = new int[size];
    int lateCount = 0;
    for (int row = 0; row < size; row++) {
      long watermark = watermarks == null ? WatermarkTracker.NONE : watermarks[row];
      if (!times.isNull(row)
          && touched.get(groups[row]).add(times.value(row), endOf(times.value(row)), watermark)) {
        codec.encode(columns, row, changes);
        changes.endRow(input.weight(row));
      } else {
        tooLate[lateCount++] = row;
      }
    }
    if (lateCount > 0 && late != null) {
      late.emit(Batches.gather(input, alone(input.rows(), times), tooLate, lateCount));
    }
  }

  private long endOf(long time) {
    long end = time + gapMicros;
    return end < time ? Long.MAX_VALUE : end;
  }

  /** Rows with the sessions that each would be alone. */
  private Columns alone(Columns input, LongColumn times) {
    long[] starts = new long[input.size()];
    long[] endings = new long[input.size()];
    for (int row = 0; row < starts.length; row++) {
      starts[row] = times.isNull(row) ? 0 : times.value(row);
      endings[row] = endOf(starts[row]);
    }
    var columns = new ArrayList<Column>(input.columns());
    columns.add(new LongColumn(starts, times.nulls(), input.size()));
    columns.add(new LongColumn(endings, times.nulls(), input.size()));
    return new Columns(columns, input.size());
  }

  /** Reads the sessions of the partitions that were touched for the first time in this step. */
  private void load() {
    if (touched.size() == table.size()) {
      return;
    }
    RowBuffer keys = table.keys();
    try (Snapshot snapshot = sessions.snapshot()) {
      Cursor cursor = snapshot.cursor();
      for (int group = touched.size(); group < table.size(); group++) {
        var intervals = new SessionIntervals();
        int start = keys.start(group);
        int end = keys.end(group);
        boolean more = start == end ? cursor.first() : cursor.seekPrefix(keys.bytes(), start, end);
        for (; more; more = cursor.next()) {
          reader.reset(cursor.bytes(), end - start);
          long from = reader.takeLong();
          intervals.load(from, reader.takeLong());
        }
        intervals.loaded();
        touched.add(intervals);
      }
    }
  }

  @Override
  public void endStep(Output out) {
    if (table.size() == 0) {
      return;
    }
    SortedRows added = SortedRows.of(changes);
    changes.clear();
    new Step(added, new RowEmitter(outputTypes, null, out)).run();
    table.clear();
    touched.clear();
  }

  /** The end of one step: new rows and changed sessions are walked in the order of partitions. */
  private final class Step {
    private final SortedRows added;
    private final RowEmitter emitter;
    private final RowBuffer sessionChanges = new RowBuffer();
    private final RowBuffer endChanges = new RowBuffer();
    private byte[] key = new byte[0];
    private int next;

    Step(SortedRows added, RowEmitter emitter) {
      this.added = added;
      this.emitter = emitter;
    }

    void run() {
      RowBuffer keys = table.keys();
      try (Snapshot snapshot = rows.snapshot()) {
        Cursor cursor = snapshot.cursor();
        for (int group : RowSorter.order(keys)) {
          key = Arrays.copyOfRange(keys.bytes(), keys.start(group), keys.end(group));
          SessionIntervals intervals = touched.get(group);
          replaceOld(intervals, cursor);
          emitAdded(intervals);
        }
      }
      rows.add(added);
      sessions.add(SortedRows.of(sessionChanges));
      ends.add(SortedRows.of(endChanges));
      emitter.flush();
    }

    private void replaceOld(SessionIntervals intervals, Cursor cursor) {
      for (int i = 0; i < intervals.sizeBefore(); i++) {
        if (!intervals.stands(i)) {
          long start = intervals.startBefore(i);
          long end = intervals.endBefore(i);
          int now = intervals.find(start);
          note(start, end, -1);
          boolean more = cursor.seekRange(place(key, start), place(key, end));
          for (; more; more = cursor.next()) {
            emit(cursor.bytes(), 0, start, end, -cursor.weight());
            emit(cursor.bytes(), 0, intervals.start(now), intervals.end(now), cursor.weight());
          }
        }
      }
      for (int i = 0; i < intervals.size(); i++) {
        if (!intervals.stood(i)) {
          note(intervals.start(i), intervals.end(i), 1);
        }
      }
    }

    private void emitAdded(SessionIntervals intervals) {
      for (; next < added.size() && belongs(next); next++) {
        reader.reset(added.bytes(), added.start(next) + key.length);
        int session = intervals.find(reader.takeLong());
        emit(
            added.bytes(),
            added.start(next),
            intervals.start(session),
            intervals.end(session),
            added.weight(next));
      }
    }

    private boolean belongs(int row) {
      int start = added.start(row);
      return added.end(row) - start >= key.length
          && Arrays.equals(added.bytes(), start, start + key.length, key, 0, key.length);
    }

    private void emit(byte[] bytes, int start, long from, long to, long weight) {
      ColumnsBuilder row = emitter.row();
      codec.decode(bytes, start, row, 0);
      row.column(outputTypes.size() - 2).addLong(from);
      row.column(outputTypes.size() - 1).addLong(to);
      emitter.endRow(weight);
    }

    private void note(long start, long end, long weight) {
      noteSession(sessionChanges, endChanges, key, start, end, weight);
    }
  }

  private static void noteSession(
      RowBuffer sessions, RowBuffer ends, byte[] key, long start, long end, long weight) {
    sessions.appendEncoded(key, 0, key.length);
    sessions.appendLong(start);
    sessions.appendLong(end);
    sessions.endRow(weight);
    ends.appendLong(end);
    ends.appendEncoded(key, 0, key.length);
    ends.appendLong(start);
    ends.endRow(weight);
  }

  private static byte[] place(byte[] key, long time) {
    var place = new RowBuffer();
    place.appendEncoded(key, 0, key.length);
    place.appendLong(time);
    return Arrays.copyOf(place.bytes(), place.end());
  }

  @Override
  public int free(long[] watermarks, int most) {
    if (expiry == null) {
      return 0;
    }
    long through = expiry.through(watermarks);
    byte[] to = place(new byte[0], through == Long.MAX_VALUE ? through : through + 1);
    if (through == WatermarkTracker.NONE || Arrays.compareUnsigned(freedThrough, to) >= 0) {
      return 0;
    }
    var removal = new Removal(most);
    try (Snapshot byEnd = ends.snapshot();
        Snapshot byTime = rows.snapshot()) {
      Cursor cursor = byEnd.cursor();
      Cursor ofSession = byTime.cursor();
      boolean more = cursor.seekRange(freedThrough, to);
      while (more && removal.session(cursor, ofSession)) {
        more = cursor.next();
      }
      freedThrough = more ? Arrays.copyOf(cursor.bytes(), cursor.length()) : to;
    }
    rows.add(SortedRows.of(removal.rowChanges));
    sessions.add(SortedRows.of(removal.sessionChanges));
    ends.add(SortedRows.of(removal.endChanges));
    return removal.count();
  }

  /** One page of what is given up. */
  private final class Removal {
    private final int most;
    private final RowBuffer rowChanges = new RowBuffer();
    private final RowBuffer sessionChanges = new RowBuffer();
    private final RowBuffer endChanges = new RowBuffer();

    Removal(int most) {
      this.most = most;
    }

    int count() {
      return rowChanges.size() + sessionChanges.size();
    }

    /** Removes a session with its rows; false where that would be too many. */
    boolean session(Cursor byEnd, Cursor byTime) {
      reader.reset(byEnd.bytes(), 0);
      long end = reader.takeLong();
      int keyStart = reader.position();
      partition.pass(reader);
      byte[] key = Arrays.copyOfRange(byEnd.bytes(), keyStart, reader.position());
      long start = reader.takeLong();
      boolean more = byTime.seekRange(place(key, start), place(key, end));
      for (; more && count() < most; more = byTime.next()) {
        rowChanges.appendEncoded(byTime.bytes(), 0, byTime.length());
        rowChanges.endRow(-byTime.weight());
      }
      if (more || count() >= most) {
        return false;
      }
      noteSession(sessionChanges, endChanges, key, start, end, -1);
      return true;
    }
  }

  @Override
  public List<Arrangement> state() {
    return List.of(rows, sessions, ends);
  }

  @Override
  public long memoryBytes() {
    return table.memoryBytes() + changes.memoryBytes() + 4L * groups.length + 128L * touched.size();
  }
}
