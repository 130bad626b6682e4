package io.caisson.sql.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.Function1;
import org.jspecify.annotations.Nullable;

/**
 * ASOF JOIN: each left row with one right row of its key, the nearest in time on one side. Of
 * several at the same time it is the first in the order of all columns, as in views. The right rows
 * are kept. Immutable.
 *
 * @param leftWidth how many fields a left row has
 * @param rightWidth how many fields a right row has
 * @param leftKeys positions of the left fields that are compared for being equal
 * @param rightKeys positions of the right ones
 * @param match what is compared otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AsofRows(int leftWidth, int rightWidth, int[] leftKeys, int[] rightKeys, Match match)
    implements RowOperation {
  /**
   * Which right row is found.
   *
   * @param leftTime position of the left row's time
   * @param rightTime position of the right row's time
   * @param later whether it is the first from the left row's time on, or the last up to it
   * @param strict whether the same time does not count
   * @param keepsLeft whether left rows that find none are there
   */
  public record Match(
      int leftTime, int rightTime, boolean later, boolean strict, boolean keepsLeft) {
    /** Nearest first. */
    private int compare(Object one, Object other) {
      int order = ValueOrder.compare(one, other);
      return later ? order : -order;
    }
  }

  @Override
  public Enumerable<@Nullable Object[]> run(
      RunState state, List<Enumerable<@Nullable Object[]>> inputs) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        var memory = new HeldMemory(state.memory());
        Map<List<@Nullable Object>, List<@Nullable Object[]>> byKey = kept(inputs.get(1), memory);
        Function1<@Nullable Object[], @Nullable Object[]> found = row -> joined(row, byKey);
        Enumerable<@Nullable Object[]> rows =
            match.keepsLeft ? inputs.get(0) : inputs.get(0).where(row -> find(row, byKey) != null);
        return memory.releasedWith(rows.select(found).enumerator());
      }
    };
  }

  @Override
  public String text() {
    return "As-of join";
  }

  private Map<List<@Nullable Object>, List<@Nullable Object[]>> kept(
      Enumerable<@Nullable Object[]> input, HeldMemory memory) {
    Map<List<@Nullable Object>, List<@Nullable Object[]>> byKey = new HashMap<>();
    try (Enumerator<@Nullable Object[]> rows = input.enumerator()) {
      while (rows.moveNext()) {
        @Nullable Object[] row = rows.current();
        if (row[match.rightTime] != null && hasKey(row, rightKeys)) {
          memory.take(StatementMemory.size(row));
          byKey.computeIfAbsent(ValueOrder.key(row, rightKeys), key -> new ArrayList<>()).add(row);
        }
      }
    }
    byKey.values().forEach(rows -> rows.sort(this::compare));
    return byKey;
  }

  private static boolean hasKey(@Nullable Object[] row, int[] keys) {
    return Arrays.stream(keys).allMatch(key -> row[key] != null);
  }

  private int compare(@Nullable Object[] one, @Nullable Object[] other) {
    int order = match.compare(time(one), time(other));
    for (int i = 0; order == 0 && i < rightWidth; i++) {
      order =
          one[i] == null || other[i] == null
              ? Boolean.compare(one[i] == null, other[i] == null)
              : compareExactly(one[i], other[i]);
    }
    return order;
  }

  private static int compareExactly(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Double left && other instanceof Double right) {
      return Double.compare(left, right);
    }
    if (one instanceof Float left && other instanceof Float right) {
      return Float.compare(left, right);
    }
    return one == null || other == null ? 0 : ValueOrder.compareForms(one, other);
  }

  private Object time(@Nullable Object[] row) {
    Object time = row[match.rightTime];
    return time == null ? 0L : time;
  }

  private @Nullable Object[] joined(
      @Nullable Object[] row, Map<List<@Nullable Object>, List<@Nullable Object[]>> byKey) {
    @Nullable Object[] found = find(row, byKey);
    @Nullable Object[] both = Arrays.copyOf(row, leftWidth + rightWidth);
    if (found != null) {
      System.arraycopy(found, 0, both, leftWidth, rightWidth);
    }
    return both;
  }

  private @Nullable Object @Nullable [] find(
      @Nullable Object[] row, Map<List<@Nullable Object>, List<@Nullable Object[]>> byKey) {
    Object time = row[match.leftTime];
    if (time == null || !hasKey(row, leftKeys)) {
      return null;
    }
    List<@Nullable Object[]> rows = byKey.getOrDefault(ValueOrder.key(row, leftKeys), List.of());
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = match.compare(time(rows.get(middle)), time);
      if (order < 0 || (order == 0 && match.strict)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == rows.size() ? null : rows.get(low);
  }
}
