package io.caisson.sql.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.linq4j.Enumerable;
import org.jspecify.annotations.Nullable;

/**
 * SESSION: each row with the session it belongs to behind its own fields. A row belongs to the
 * session of the row before it, in its partition and in the order of time, if it is less than the
 * gap behind it; a row without a time belongs to none. All rows are kept. Immutable.
 *
 * @param width how many fields the input has
 * @param timeField position of the time, in milliseconds
 * @param partition positions of the fields that tell whose session it is
 * @param gapMillis the gap
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SessionRows(int width, int timeField, int[] partition, long gapMillis)
    implements RowOperation {
  @Override
  public Enumerable<@Nullable Object[]> run(
      RunState state, List<Enumerable<@Nullable Object[]>> inputs) {
    return HeldMemory.rows(state, memory -> rows(state, inputs.get(0), memory));
  }

  @Override
  public String text() {
    return "Window SESSION";
  }

  private List<@Nullable Object[]> rows(
      RunState state, Enumerable<@Nullable Object[]> input, HeldMemory memory) {
    Collection<List<@Nullable Object[]>> partitions =
        new Partitions(partition, 2).read(input, row -> row[timeField] != null, memory);
    var result = new ArrayList<@Nullable Object[]>();
    for (List<@Nullable Object[]> rows : partitions) {
      state.check();
      rows.sort(Comparator.comparingLong(this::time));
      int first = 0;
      for (int i = 1; i <= rows.size(); i++) {
        if (i == rows.size() || time(rows.get(i)) >= end(rows.get(i - 1))) {
          long start = time(rows.get(first));
          long end = end(rows.get(i - 1));
          for (@Nullable Object[] row : rows.subList(first, i)) {
            result.add(WindowedRows.withWindow(row, width, start, end));
          }
          first = i;
        }
      }
    }
    return result;
  }

  private long time(@Nullable Object[] row) {
    return row[timeField] instanceof Long time ? time : 0;
  }

  private long end(@Nullable Object[] row) {
    long time = time(row);
    long end = time + gapMillis;
    return end < time ? Long.MAX_VALUE : end;
  }
}
