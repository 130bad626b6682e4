package io.caisson.sql.runtime;

import io.caisson.function.aggregate.TopCounts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * APPROX_TOP_K: the arguments are how many values, the value, and the value as JSON, which tells
 * values apart. For one thread.
 */
final class MostFrequent implements Accumulator {
  private final Map<String, Counted> counts = new HashMap<>();
  private int most;

  /** A value and how often it is there. */
  private record Counted(Object value, String json, long count) {
    static final Comparator<Counted> ORDER =
        Comparator.comparingLong(Counted::count)
            .reversed()
            .thenComparing(Counted::value, ValueOrder::compare)
            .thenComparing(Counted::json, ValueOrder::compare);

    Counted with(Counted other) {
      return new Counted(value, json, count + other.count);
    }
  }

  @Override
  public void add(@Nullable Object[] arguments) {
    most = TopCounts.checked(((Number) given(arguments, 0)).longValue());
    var one = new Counted(given(arguments, 1), given(arguments, 2).toString(), 1);
    counts.merge(one.json, one, Counted::with);
  }

  private static Object given(@Nullable Object[] arguments, int index) {
    return Objects.requireNonNull(arguments[index], "rows with NULL are passed over");
  }

  @Override
  public @Nullable Object result() {
    if (counts.isEmpty()) {
      return null;
    }
    var top = new TopCounts();
    counts.values().stream()
        .sorted(Counted.ORDER)
        .limit(most)
        .forEach(counted -> top.add(counted.json, counted.count));
    return top.write();
  }
}
