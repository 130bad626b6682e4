package io.caisson.sql.runtime;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.ArrayList;
import java.util.List;
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
      if (value != null) {
        values.add(value);
      }
      if (arguments.length > 1 && arguments[0] instanceof Number number) {
        fraction = number.doubleValue();
        if (!(fraction >= 0 && fraction <= 1)) {
          throw new CaissonException(
              SqlState.NUMERIC_OUT_OF_RANGE,
              "percentile value " + number + " is not between 0 and 1");
        }
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
      double place = fraction * (values.size() - 1);
      double below = ((Number) values.get((int) Math.floor(place))).doubleValue();
      double above = ((Number) values.get((int) Math.ceil(place))).doubleValue();
      return below + (above - below) * (place - Math.floor(place));
    }
  }

  /** PERCENTILE_DISC. */
  static final class Discrete extends Ordered {
    @Override
    Object ofValues() {
      int place = (int) Math.ceil(fraction * values.size());
      return values.get(Math.max(0, place - 1));
    }
  }
}
