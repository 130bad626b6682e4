package io.caisson.sql.runtime;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.aggregate.BigintSum;
import io.caisson.function.aggregate.DoubleSum;
import io.caisson.function.operator.DecimalArithmetic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The aggregate functions of ad-hoc queries. A row in which an argument is NULL is passed over,
 * unless the function says otherwise.
 */
public enum Aggregate {
  /** The number of rows. */
  COUNT(Counting::new),
  /** The sum of integers. */
  SUM_OF_INTEGERS(IntegerSum::new),
  /** The sum of integers, 0 where there are none. */
  SUM_OR_ZERO(() -> new IntegerSum(0L)),
  /** The sum of floating point. */
  SUM_OF_DOUBLES(() -> new FloatingSum(false)),
  /** The sum of numerics. */
  SUM_OF_NUMERICS(() -> new NumericSum(false)),
  /** The average of integers. */
  AVERAGE_OF_INTEGERS(IntegerAverage::new),
  /** The average of floating point. */
  AVERAGE_OF_DOUBLES(() -> new FloatingSum(true)),
  /** The average of numerics. */
  AVERAGE_OF_NUMERICS(() -> new NumericSum(true)),
  /** The least value; of booleans, whether all are true. */
  LEAST(() -> new Extreme(-1)),
  /** The greatest value; of booleans, whether any is true. */
  GREATEST(() -> new Extreme(1)),
  /** Any value: the first. */
  ANY(First::new),
  /** The value of the only row, NULL or not. */
  ONLY(Only::new),
  /** The bits that all have. */
  BITS_AND(() -> new Bits((a, b) -> a & b)),
  /** The bits that any has. */
  BITS_OR(() -> new Bits((a, b) -> a | b)),
  /** The bits that an odd number has. */
  BITS_XOR(() -> new Bits((a, b) -> a ^ b)),
  /** Texts with a separator before each but the first. */
  TEXT_LIST(TextList::new),
  /** All values, NULL among them. */
  LIST(ValueList::new),
  /** The JSON array of all values, NULL among them. */
  JSON_ARRAY(JsonAggregates.Elements::new),
  /** The JSON object of names and values, NULL among these. */
  JSON_OBJECT(JsonAggregates.Members::new),
  /** The value that is there most often, the least of several. */
  MODE(Percentiles.Mode::new),
  /** The interpolated value at a fraction of the order. */
  PERCENTILE_CONTINUOUS(Percentiles.Continuous::new),
  /** The first value at or behind a fraction of the order. */
  PERCENTILE_DISCRETE(Percentiles.Discrete::new),
  VARIANCE_OF_ALL(() -> new Moments(Moments::varianceOfAll)),
  VARIANCE_OF_SAMPLE(() -> new Moments(Moments::varianceOfSample)),
  DEVIATION_OF_ALL(() -> new Moments(m -> root(m.varianceOfAll()))),
  DEVIATION_OF_SAMPLE(() -> new Moments(m -> root(m.varianceOfSample()))),
  COVARIANCE_OF_ALL(() -> new Moments(Moments::covarianceOfAll)),
  COVARIANCE_OF_SAMPLE(() -> new Moments(Moments::covarianceOfSample)),
  CORRELATION(() -> new Moments(Moments::correlation)),
  REGRESSION_COUNT(() -> new Moments(Moments::count)),
  REGRESSION_AVERAGE_X(() -> new Moments(Moments::averageX)),
  REGRESSION_AVERAGE_Y(() -> new Moments(Moments::averageY)),
  REGRESSION_SXX(() -> new Moments(Moments::sxx)),
  REGRESSION_SYY(() -> new Moments(Moments::syy)),
  REGRESSION_SXY(() -> new Moments(Moments::sxy)),
  REGRESSION_SLOPE(() -> new Moments(Moments::slope)),
  REGRESSION_INTERCEPT(() -> new Moments(Moments::intercept)),
  REGRESSION_R2(() -> new Moments(Moments::determination));

  @SuppressWarnings("ImmutableEnumChecker") // a constructor, which has no state
  private final Supplier<Accumulator> start;

  Aggregate(Supplier<Accumulator> start) {
    this.start = start;
  }

  /** The aggregate of nothing yet. */
  Accumulator start() {
    return start.get();
  }

  /** Whether rows in which an argument is NULL count too. */
  boolean takesNulls() {
    return this == ONLY || this == TEXT_LIST || collects();
  }

  /** Whether the order of rows matters. */
  boolean ordered() {
    return this == TEXT_LIST || this == ANY || collects();
  }

  /** Whether the result has all values, NULL among them. */
  private boolean collects() {
    return this == LIST || this == JSON_ARRAY || this == JSON_OBJECT;
  }

  private static @Nullable Double root(@Nullable Double value) {
    return value == null ? null : Math.sqrt(value);
  }

  /** COUNT. */
  private static final class Counting implements Accumulator {
    private long count;

    @Override
    public void add(@Nullable Object[] arguments) {
      count++;
    }

    @Override
    public Object result() {
      return count;
    }
  }

  /** SUM of integers: an overflow is an error only if the sum itself is too large. */
  private static final class IntegerSum implements Accumulator {
    private final BigintSum sum = new BigintSum();
    private final @Nullable Long ofNothing;
    private boolean any;

    IntegerSum() {
      this(null);
    }

    IntegerSum(@Nullable Long ofNothing) {
      this.ofNothing = ofNothing;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
      sum.add(number(arguments).longValue());
      any = true;
    }

    @Override
    public @Nullable Object result() {
      return any ? (Long) sum.sum() : ofNothing;
    }
  }

  /** AVG of integers. */
  private static final class IntegerAverage implements Accumulator {
    private final BigintSum sum = new BigintSum();
    private boolean any;

    @Override
    public void add(@Nullable Object[] arguments) {
      sum.add(number(arguments).longValue());
      any = true;
    }

    @Override
    public @Nullable Object result() {
      return any ? sum.average() : null;
    }
  }

  /** SUM and AVG of floating point. */
  private static final class FloatingSum implements Accumulator {
    private final DoubleSum sum = new DoubleSum();
    private final boolean average;
    private boolean any;

    FloatingSum(boolean average) {
      this.average = average;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
      sum.add(number(arguments).doubleValue());
      any = true;
    }

    @Override
    public @Nullable Object result() {
      if (!any) {
        return null;
      }
      return average ? sum.average() : sum.sum();
    }
  }

  /** SUM and AVG of numerics. */
  private static final class NumericSum implements Accumulator {
    private final boolean average;
    private BigDecimal sum = BigDecimal.ZERO;
    private long count;

    NumericSum(boolean average) {
      this.average = average;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
      sum = sum.add(decimal(number(arguments)));
      count++;
    }

    @Override
    public @Nullable Object result() {
      if (count == 0) {
        return null;
      }
      return average ? DecimalArithmetic.divide(sum, BigDecimal.valueOf(count)) : sum;
    }
  }

  /** MIN and MAX. */
  private static final class Extreme implements Accumulator {
    private final int sign;
    private @Nullable Object extreme;

    Extreme(int sign) {
      this.sign = sign;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
      Object value = value(arguments);
      if (extreme == null || ValueOrder.compareForms(value, extreme) * sign > 0) {
        extreme = value;
      }
    }

    @Override
    public @Nullable Object result() {
      return extreme;
    }
  }

  /** The first value. */
  private static final class First implements Accumulator {
    private @Nullable Object first;

    @Override
    public void add(@Nullable Object[] arguments) {
      if (first == null) {
        first = arguments[0];
      }
    }

    @Override
    public @Nullable Object result() {
      return first;
    }
  }

  /** What a query in the place of a value answers. */
  private static final class Only implements Accumulator {
    private @Nullable Object only;
    private boolean any;

    @Override
    public void add(@Nullable Object[] arguments) {
      if (any) {
        throw new CaissonException(
            SqlState.CARDINALITY_VIOLATION,
            "more than one row returned by a subquery used as an expression");
      }
      only = arguments[0];
      any = true;
    }

    @Override
    public @Nullable Object result() {
      return only;
    }
  }

  /** BIT_AND and its like. */
  private static final class Bits implements Accumulator {
    private final java.util.function.LongBinaryOperator combine;
    private @Nullable Long bits;

    Bits(java.util.function.LongBinaryOperator combine) {
      this.combine = combine;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
      long value = number(arguments).longValue();
      bits = bits == null ? value : combine.applyAsLong(bits, value);
    }

    @Override
    public @Nullable Object result() {
      return bits;
    }
  }

  /** STRING_AGG. */
  private static final class TextList implements Accumulator {
    private final StringBuilder text = new StringBuilder();
    private boolean any;

    @Override
    public void add(@Nullable Object[] arguments) {
      if (arguments[0] == null) {
        return;
      }
      if (any && arguments.length > 1 && arguments[1] != null) {
        text.append(arguments[1]);
      }
      text.append(arguments[0]);
      any = true;
    }

    @Override
    public @Nullable Object result() {
      return any ? text.toString() : null;
    }
  }

  /** ARRAY_AGG. */
  private static final class ValueList implements Accumulator {
    private final ArrayList<@Nullable Object> values = new ArrayList<>();

    @Override
    public void add(@Nullable Object[] arguments) {
      values.add(arguments[0]);
    }

    @Override
    public @Nullable Object result() {
      return values.isEmpty() ? null : new ArrayList<>(values);
    }
  }

  private static Object value(@Nullable Object[] arguments) {
    return java.util.Objects.requireNonNull(arguments[0], "rows with NULL are passed over");
  }

  /** A NUMERIC; Calcite has constants that are integers in another form. */
  private static BigDecimal decimal(Number number) {
    return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
  }

  private static Number number(@Nullable Object[] arguments) {
    return (Number) value(arguments);
  }
}
