package io.caisson.dataflow.operator;

import io.caisson.dataflow.operator.AggregateSpec.Function;
import io.caisson.function.aggregate.DistinctEstimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The naive twin of the aggregates that are more than counts, sums and extremes: lists all rows
 * that there are, in order, and looks at them. For one group.
 */
final class NaiveAggregate {
  private final AggregateSpec spec;

  /** The rows that count, as often as they are there, in the order of the aggregate. */
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  NaiveAggregate(
      AggregateSpec spec, List<@Nullable Object[]> all, List<Long> weights, List<Integer> members) {
    this.spec = spec;
    Map<List<@Nullable Object>, Long> counts = new HashMap<>();
    for (int member : members) {
      @Nullable Object[] row = all.get(member);
      boolean counting =
          spec.filter().isEmpty() || Long.valueOf(1).equals(row[spec.filter().getAsInt()]);
      boolean complete =
          spec.function().takesNulls() || spec.arguments().stream().allMatch(a -> row[a] != null);
      if (counting && complete) {
        counts.merge(java.util.Arrays.asList(row), weights.get(member), Long::sum);
      }
    }
    counts.forEach(
        (row, count) -> {
          for (long i = 0; i < count; i++) {
            rows.add(row.toArray());
          }
        });
    rows.sort(order());
    if (spec.distinct()) {
      makeDistinct();
    }
  }

  private Comparator<@Nullable Object[]> order() {
    Comparator<@Nullable Object[]> order = Comparator.comparing(row -> 0);
    for (OverSpec.SortColumn key : spec.order()) {
      order = order.thenComparing((a, b) -> compare(a[key.column()], b[key.column()], key, true));
    }
    for (int argument : spec.arguments()) {
      var ascending = new OverSpec.SortColumn(argument, false, false);
      order = order.thenComparing((a, b) -> compare(a[argument], b[argument], ascending, true));
    }
    for (int argument : spec.arguments()) {
      var ascending = new OverSpec.SortColumn(argument, false, false);
      order = order.thenComparing((a, b) -> compare(a[argument], b[argument], ascending, false));
    }
    return order;
  }

  private static int compare(
      @Nullable Object a, @Nullable Object b, OverSpec.SortColumn key, boolean zerosEqual) {
    if (a == null || b == null) {
      return a == b ? 0 : (a == null) == key.nullsFirst() ? -1 : 1;
    }
    int order = NaiveView.compare(canonical(a, zerosEqual), canonical(b, zerosEqual));
    return key.descending() ? -order : order;
  }

  private static Object canonical(Object value, boolean zerosEqual) {
    return zerosEqual && value instanceof Double number ? (Object) (number + 0.0) : value;
  }

  /** Of equal arguments the one that comes first in the order of how they are written. */
  private void makeDistinct() {
    Map<List<@Nullable Object>, @Nullable Object[]> least = new HashMap<>();
    for (@Nullable Object[] row : rows) {
      List<@Nullable Object> key = new ArrayList<>();
      for (int argument : spec.arguments()) {
        Object value = row[argument];
        key.add(value == null ? null : canonical(value, true));
      }
      least.merge(key, row, (a, b) -> written(a, b) <= 0 ? a : b);
    }
    rows.clear();
    rows.addAll(least.values());
    rows.sort(order());
  }

  private int written(@Nullable Object[] a, @Nullable Object[] b) {
    for (int argument : spec.arguments()) {
      var ascending = new OverSpec.SortColumn(argument, false, false);
      int order = compare(a[argument], b[argument], ascending, false);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @Nullable Object value() {
    return switch (spec.function()) {
      case STRING_AGG -> texts();
      case FIRST_VALUE -> rows.isEmpty() ? null : argument(rows.get(0), 0);
      case LAST_VALUE -> rows.isEmpty() ? null : argument(rows.get(rows.size() - 1), 0);
      case MODE -> mode();
      case PERCENTILE_CONT -> rows.isEmpty() ? null : (Object) percentile();
      case APPROX_COUNT_DISTINCT -> estimate();
      case PERCENTILE_DISC, APPROX_PERCENTILE ->
          rows.isEmpty()
              ? null
              : argument(rows.get(Math.max(0, (int) Math.ceil(fraction() * rows.size()) - 1)), 1);
      case BIT_AND, BIT_OR, BIT_XOR -> bits();
      case APPROX_TOP_K -> mostFrequent();
      default -> moment();
    };
  }

  private @Nullable Object argument(@Nullable Object[] row, int index) {
    return row[spec.arguments().get(index)];
  }

  private @Nullable String texts() {
    String text = null;
    for (@Nullable Object[] row : rows) {
      Object value = argument(row, 0);
      Object separator = spec.arguments().size() > 1 ? argument(row, 1) : null;
      if (value != null) {
        text = text == null ? "" + value : text + (separator == null ? "" : separator) + value;
      }
    }
    return text;
  }

  private @Nullable Object mode() {
    Object best = null;
    int most = 0;
    int run = 0;
    Object last = null;
    for (@Nullable Object[] row : rows) {
      Object value = java.util.Objects.requireNonNull(argument(row, 0));
      run = last != null && canonical(last, true).equals(canonical(value, true)) ? run + 1 : 1;
      last = value;
      if (run > most) {
        most = run;
        best = value;
      }
    }
    return best;
  }

  private long estimate() {
    var estimate = new DistinctEstimate();
    rows.forEach(row -> estimate.add((Long) java.util.Objects.requireNonNull(argument(row, 0))));
    return estimate.count();
  }

  private @Nullable String mostFrequent() {
    Map<String, Long> counts = new java.util.LinkedHashMap<>(); // in the order of the values
    rows.forEach(row -> counts.merge("" + argument(row, 2), 1L, Long::sum));
    List<String> items =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(counts.isEmpty() ? 0 : (Long) argument(rows.get(0), 0))
            .map(e -> "{\"item\": " + e.getKey() + ", \"count\": " + e.getValue() + "}")
            .toList();
    return items.isEmpty() ? null : "[" + String.join(", ", items) + "]";
  }

  private double fraction() {
    return ((Number) java.util.Objects.requireNonNull(argument(rows.get(0), 0))).doubleValue();
  }

  private double percentile() {
    double place = fraction() * (rows.size() - 1);
    double below = number(rows.get((int) Math.floor(place)), 1);
    double above = number(rows.get((int) Math.ceil(place)), 1);
    return below + (above - below) * (place - Math.floor(place));
  }

  private @Nullable Long bits() {
    Long result = null;
    for (@Nullable Object[] row : rows) {
      long value = (Long) java.util.Objects.requireNonNull(argument(row, 0));
      result =
          result == null
              ? (Long) value
              : switch (spec.function()) {
                case BIT_AND -> (Long) (result & value);
                case BIT_OR -> (Long) (result | value);
                default -> (Long) (result ^ value);
              };
    }
    return result;
  }

  private double number(@Nullable Object[] row, int index) {
    return ((Number) java.util.Objects.requireNonNull(argument(row, index))).doubleValue();
  }

  private @Nullable Object moment() {
    int n = rows.size();
    Function function = spec.function();
    if (function == Function.REGR_COUNT) {
      return (long) n;
    }
    int x = function.takesPairs() ? 1 : 0;
    boolean sample = function.name().endsWith("SAMP");
    if (n == 0 || (sample && n < 2)) {
      return null;
    }
    double divisor = sample ? n - 1 : n;
    return switch (function) {
      case VAR_POP, VAR_SAMP -> about(x, x, divisor);
      case STDDEV_POP, STDDEV_SAMP -> Math.sqrt(about(x, x, divisor));
      case COVAR_POP, COVAR_SAMP -> about(x, 0, divisor);
      case REGR_AVGX -> sum(x) / n;
      case REGR_AVGY -> sum(0) / n;
      case REGR_SXX -> about(x, x, 1);
      case REGR_SYY -> about(0, 0, 1);
      case REGR_SXY -> about(x, 0, 1);
      default -> regression(about(x, x, 1), about(0, 0, 1), about(x, 0, 1));
    };
  }

  private @Nullable Object regression(double sxx, double syy, double sxy) {
    return switch (spec.function()) {
      case CORR -> sxx == 0 || syy == 0 ? null : sxy / (Math.sqrt(sxx) * Math.sqrt(syy));
      case REGR_SLOPE -> sxx == 0 ? null : sxy / sxx;
      case REGR_INTERCEPT -> sxx == 0 ? null : (sum(0) - sum(1) * (sxy / sxx)) / rows.size();
      default -> sxx == 0 ? null : syy == 0 ? (Double) 1.0 : (Double) (sxy * sxy / (sxx * syy));
    };
  }

  private boolean allFinite() {
    return rows.stream()
        .allMatch(
            row ->
                spec.arguments().stream()
                    .allMatch(a -> Double.isFinite(((Number) row[a]).doubleValue())));
  }

  private double sum(int argument) {
    Map<Object, Long> values = new HashMap<>();
    rows.forEach(row -> values.merge(number(row, argument), 1L, Long::sum));
    return NaiveView.doubleSum(values);
  }

  /** The sum of the products of distances from the averages, divided by something. */
  private double about(int a, int b, double divisor) {
    if (!allFinite()) {
      return Double.NaN;
    }
    BigDecimal sumA = BigDecimal.ZERO;
    BigDecimal sumB = BigDecimal.ZERO;
    BigDecimal products = BigDecimal.ZERO;
    for (@Nullable Object[] row : rows) {
      var valueA = new BigDecimal(number(row, a));
      var valueB = new BigDecimal(number(row, b));
      sumA = sumA.add(valueA);
      sumB = sumB.add(valueB);
      products = products.add(product(valueA, valueB));
    }
    var n = new BigDecimal(rows.size());
    BigDecimal distance = products.multiply(n).subtract(sumA.multiply(sumB));
    double result =
        distance.divide(n.multiply(new BigDecimal(divisor)), new MathContext(60)).doubleValue();
    return a == b ? Math.max(0.0, result) : result + 0.0;
  }

  /** Exact but for what lies below the smallest double, which counts as nothing. */
  private static BigDecimal product(BigDecimal a, BigDecimal b) {
    double rounded = a.doubleValue() * b.doubleValue();
    return Math.abs(rounded) < 0x1p-900
        ? new BigDecimal(rounded)
            .add(new BigDecimal(Math.fma(a.doubleValue(), b.doubleValue(), -rounded)))
        : a.multiply(b);
  }
}
