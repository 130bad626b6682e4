package io.caisson.sql.runtime;

import io.caisson.function.aggregate.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates that look at their values in an order. The value is the last argument, and the
 * rows come in its order; of a percentile the first argument is the fraction. Stateless.
 */
final class Percentiles {
  private Percentiles() {}

  /** Keeps all values. */
  private abstract static class Ordered implements Accumulator {
    final List<Object> values = new ArrayList<>();
    double fraction;

    @Override
    public void add(@Nullable Object[] arguments) {
      Object value = arguments[arguments.length - 1];
      if (values.isEmpty() && arguments.length > 1 && arguments[0] instanceof Number number) {
        fraction = Percentile.checked(number.doubleValue());
      }
      if (value != null) {
        values.add(value);
      }
    }

    @Override
    public @Nullable Object result() {
      return values.isEmpty() ? null : ofValues();
    }

    abstract Object ofValues();
  }

  /** MODE. */
  static final class Mode extends Ordered {
    @Override
    Object ofValues() {
      Object best = values.get(0);
      int most = 0;
      int run = 0;
      for (int i = 0; i < values.size(); i++) {
        boolean same = i > 0 && ValueOrder.compare(values.get(i), values.get(i - 1)) == 0;
        run = same ? run + 1 : 1;
        if (run > most) {
          most = run;
          best = values.get(i);
        }
      }
      return best;
    }
  }

  /** PERCENTILE_CONT. */
  static final class Continuous extends Ordered {
    @Override
    Object ofValues() {
      double place = Percentile.place(fraction, values.size());
      double below = ((Number) values.get((int) Math.floor(place))).doubleValue();
      double above = ((Number) values.get((int) Math.ceil(place))).doubleValue();
      return Percentile.between(below, above, place);
    }
  }

  /** PERCENTILE_DISC. */
  static final class Discrete extends Ordered {
    @Override
    Object ofValues() {
      return values.get((int) Percentile.discretePlace(fraction, values.size()));
    }
  }

  /**
   * APPROX_PERCENTILE: the values are few different ones, of which it is counted how many there
   * are.
   */
  static final class Rough implements Accumulator {
    private final TreeMap<Double, Long> counts = new TreeMap<>();
    private long count;
    private double fraction;

    @Override
    public void add(@Nullable Object[] arguments) {
      if (count == 0 && arguments[0] instanceof Number number) {
        fraction = Percentile.checked(number.doubleValue());
      }
      if (arguments[1] instanceof Number number) {
        counts.merge(number.doubleValue(), 1L, Long::sum);
        count++;
      }
    }

    @Override
    public @Nullable Object result() {
      long place = Percentile.discretePlace(fraction, count);
      for (Map.Entry<Double, Long> value : counts.entrySet()) {
        place -= value.getValue();
        if (place < 0) {
          return value.getKey();
        }
      }
      return null;
    }
  }
}
