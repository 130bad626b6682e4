package io.caisson.dataflow.operator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The naive twin of an aggregation: folds all rows that there are, in plain objects. */
final class NaiveView {
  private NaiveView() {}

  /** The view's rows as text, sorted, after rows with weights. */
  static List<String> aggregate(
      List<@Nullable Object[]> rows,
      List<Long> weights,
      List<Integer> groupColumns,
      List<AggregateSpec> specs) {
    Map<List<@Nullable Object>, List<Integer>> groups = new HashMap<>();
    Map<List<@Nullable Object>, Long> counts = new HashMap<>();
    if (groupColumns.isEmpty()) {
      groups.put(List.of(), new ArrayList<>());
    }
    for (int i = 0; i < rows.size(); i++) {
      @Nullable Object[] row = rows.get(i);
      List<@Nullable Object> key = new ArrayList<>();
      groupColumns.forEach(column -> key.add(canonical(row[column])));
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
      counts.merge(key, weights.get(i), Long::sum);
    }
    var result = new ArrayList<String>();
    groups.forEach(
        (key, members) -> {
          if (counts.getOrDefault(key, 0L) > 0 || groupColumns.isEmpty()) {
            var values = new ArrayList<@Nullable Object>(key);
            for (AggregateSpec spec : specs) {
              values.add(value(spec, rows, weights, members));
            }
            result.add(values.toString());
          }
        });
    result.sort(Comparator.naturalOrder());
    return result;
  }

  /** As a group column: -0 is 0. */
  private static @Nullable Object canonical(@Nullable Object value) {
    return value instanceof Double number ? (Object) (number + 0.0) : value;
  }

  private static @Nullable Object value(
      AggregateSpec spec,
      List<@Nullable Object[]> rows,
      List<Long> weights,
      List<Integer> members) {
    return switch (spec.function()) {
      case COUNT, SUM, AVG, MIN, MAX -> plain(spec, rows, weights, members);
      default -> new NaiveAggregate(spec, rows, weights, members).value();
    };
  }

  private static @Nullable Object plain(
      AggregateSpec spec,
      List<@Nullable Object[]> rows,
      List<Long> weights,
      List<Integer> members) {
    Map<Object, Long> values = new HashMap<>();
    long count = 0;
    for (int member : members) {
      @Nullable Object[] row = rows.get(member);
      boolean counts =
          spec.filter().isEmpty() || Long.valueOf(1).equals(row[spec.filter().getAsInt()]);
      Object value = spec.argument().isEmpty() ? "*" : row[spec.argument().getAsInt()];
      if (counts && value != null) {
        count += weights.get(member);
        values.merge(value, weights.get(member), Long::sum);
      }
    }
    values.values().removeIf(weight -> weight == 0);
    if (spec.distinct()) {
      if (values.containsKey(-0.0)) {
        values.remove(0.0);
      }
      values.replaceAll((value, weight) -> 1L);
      count = values.size();
    }
    return switch (spec.function()) {
      case COUNT -> count;
      case SUM -> values.isEmpty() && count == 0 ? null : sum(values, false);
      case AVG -> count == 0 ? null : average(values, count);
      case MIN -> values.keySet().stream().min(NaiveView::compare).orElse(null);
      default -> values.keySet().stream().max(NaiveView::compare).orElse(null);
    };
  }

  private static Object average(Map<Object, Long> values, long count) {
    Object sum = values.isEmpty() ? (Object) 0.0 : sum(values, true);
    return ((Number) sum).doubleValue() / count;
  }

  private static Object sum(Map<Object, Long> values, boolean wide) {
    if (values.keySet().stream().allMatch(value -> value instanceof Long) && !values.isEmpty()) {
      BigInteger sum = BigInteger.ZERO;
      for (var entry : values.entrySet()) {
        sum =
            sum.add(
                BigInteger.valueOf((Long) entry.getKey())
                    .multiply(BigInteger.valueOf(entry.getValue())));
      }
      return wide ? (Object) sum.doubleValue() : (Object) sum.longValueExact();
    }
    return doubleSum(values);
  }

  static double doubleSum(Map<Object, Long> values) {
    BigDecimal sum = BigDecimal.ZERO;
    boolean nan = false;
    boolean plus = false;
    boolean minus = false;
    for (var entry : values.entrySet()) {
      double value = (Double) entry.getKey();
      nan |= Double.isNaN(value);
      plus |= value == Double.POSITIVE_INFINITY;
      minus |= value == Double.NEGATIVE_INFINITY;
      if (Double.isFinite(value)) {
        sum = sum.add(new BigDecimal(value).multiply(BigDecimal.valueOf(entry.getValue())));
      }
    }
    if (nan || (plus && minus)) {
      return Double.NaN;
    }
    if (plus || minus) {
      return plus ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return sum.round(new MathContext(1000)).doubleValue() + 0.0;
  }

  static int compare(Object left, Object right) {
    if (left instanceof Long number) {
      return Long.compare(number, (Long) right);
    }
    if (left instanceof Double number) {
      return Double.compare(number, (Double) right);
    }
    return Arrays.compareUnsigned(
        ((String) left).getBytes(StandardCharsets.UTF_8),
        ((String) right).getBytes(StandardCharsets.UTF_8));
  }
}
