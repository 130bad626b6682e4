package io.caisson.dataflow.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The naive twins of the operators with two inputs: nested loops over all rows, in plain objects.
 */
final class NaiveJoins {
  /**
   * The values of a row.
   *
   * @param values in the order of the columns
   */
  record Row(List<@Nullable Object> values) {
    @Nullable Object get(int column) {
      return values.get(column);
    }
  }

  /**
   * Rows as often as they are there.
   *
   * @param weights how often each row is there, more than zero times
   */
  record Bag(Map<Row, Long> weights) {
    static Bag of(List<@Nullable Object[]> rows, List<Long> weights) {
      Map<Row, Long> sums = new LinkedHashMap<>();
      for (int i = 0; i < rows.size(); i++) {
        sums.merge(new Row(Arrays.asList(rows.get(i))), weights.get(i), Long::sum);
      }
      sums.values().removeIf(weight -> weight == 0);
      return new Bag(sums);
    }

    List<String> texts() {
      var texts = new ArrayList<String>();
      weights.forEach(
          (row, weight) -> {
            for (long i = 0; i < weight; i++) {
              texts.add(row.values().toString());
            }
          });
      texts.sort(Comparator.naturalOrder());
      return texts;
    }
  }

  /** Whether two rows match. */
  @FunctionalInterface
  interface Condition {
    boolean test(Row left, Row right);
  }

  private NaiveJoins() {}

  /** All pairs whose keys are equal and that fulfil a condition. */
  static Bag join(Bag left, Bag right, Condition condition) {
    Map<Row, Long> pairs = new HashMap<>();
    left.weights()
        .forEach(
            (l, leftWeight) ->
                right
                    .weights()
                    .forEach(
                        (r, rightWeight) -> {
                          if (condition.test(l, r)) {
                            List<@Nullable Object> pair = new ArrayList<>(l.values());
                            pair.addAll(r.values());
                            pairs.merge(new Row(pair), leftWeight * rightWeight, Long::sum);
                          }
                        }));
    return new Bag(pairs);
  }

  /** The left rows for which some right row fulfils a condition, or for which none does. */
  static Bag semiJoin(Bag left, Bag right, Condition condition, boolean matched) {
    Map<Row, Long> passed = new HashMap<>(left.weights());
    passed
        .keySet()
        .removeIf(
            l -> right.weights().keySet().stream().anyMatch(r -> condition.test(l, r)) != matched);
    return new Bag(passed);
  }

  /** The pairs, and the rows without a match filled up with NULLs. */
  static Bag outerJoin(
      Bag left, Bag right, Condition condition, boolean keepsLeft, boolean keepsRight) {
    Bag result = join(left, right, condition);
    if (keepsLeft) {
      semiJoin(left, right, condition, false)
          .weights()
          .forEach((l, weight) -> result.weights().merge(padded(l, true, 4), weight, Long::sum));
    }
    if (keepsRight) {
      semiJoin(right, left, (r, l) -> condition.test(l, r), false)
          .weights()
          .forEach((r, weight) -> result.weights().merge(padded(r, false, 3), weight, Long::sum));
    }
    return result;
  }

  private static Row padded(Row row, boolean behind, int nulls) {
    List<@Nullable Object> values = new ArrayList<>(row.values());
    for (int i = 0; i < nulls; i++) {
      values.add(behind ? values.size() : 0, null);
    }
    return new Row(values);
  }

  /** Each row as often as a function of its numbers says. */
  static Bag combine(Bag left, Bag right, LongBinaryOperator number) {
    Map<Row, Long> combined = new HashMap<>();
    Stream.concat(left.weights().keySet().stream(), right.weights().keySet().stream())
        .forEach(
            row ->
                combined.put(
                    row,
                    number.applyAsLong(
                        left.weights().getOrDefault(row, 0L),
                        right.weights().getOrDefault(row, 0L))));
    combined.values().removeIf(weight -> weight == 0);
    return new Bag(combined);
  }
}
