package io.caisson.sql.runtime;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.aggregate.BigintSum;
import io.caisson.function.aggregate.DistinctEstimate;
import io.caisson.function.aggregate.DoubleSum;
import io.caisson.function.aggregate.ExactMoments;
import io.caisson.function.aggregate.NumericTotal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The aggregate functions of ad-hoc queries. A row in which an argument is NULL is passed over,
 * unless the function says otherwise.
 */
public enum Aggregate implements AggregateFunction {
  /** The number of rows. */
  COUNT(Counting::new),
  /** The sum of integers. */
  SUM_OF_INTEGERS(IntegerSum::new),
  /** The sum of integers, 0 where there are none. */
  SUM_OR_ZERO(() -> new IntegerSum(0L)),
  /** The sum of floating point. */
  SUM_OF_DOUBLES(() -> new FloatingSum(false)),
  /** The sum of numerics. */
  SUM_OF_NUMERICS(() -> new Numerics(false, NumericTotal::sum)),
  /** The average of integers. */
  AVERAGE_OF_INTEGERS(IntegerAverage::new),
  /** The average of floating point. */
  AVERAGE_OF_DOUBLES(() -> new FloatingSum(true)),
  /** The average of numerics. */
  AVERAGE_OF_NUMERICS(() -> new Numerics(false, NumericTotal::average)),
  /** The least value; of booleans, whether all are true. */
  LEAST(() -> new Extreme(-1)),
  /** The greatest value; of booleans, whether any is true. */
  GREATEST(() -> new Extreme(1)),
  /** Any value: the least, as in a view. */
  ANY(() -> new Extreme(-1)),
  /** The first row's value, NULL or not. */
  FIRST(() -> new Picked(true)),
  /** The last row's value, NULL or not. */
  LAST(() -> new Picked(false)),
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
  JSON_ARRAY(() -> new JsonAggregates.Elements(false)),
  /** The JSON array of all values but NULL. */
  JSON_ARRAY_STRICT(() -> new JsonAggregates.Elements(true)),
  /** The JSON object of names and values, NULL among these. */
  JSON_OBJECT(() -> new JsonAggregates.Members(false)),
  /** The JSON object of names and values but NULL. */
  JSON_OBJECT_STRICT(() -> new JsonAggregates.Members(true)),
  /** The value that is there most often, the least of several. */
  MODE(Percentiles.Mode::new),
  /** The interpolated value at a fraction of the order. */
  PERCENTILE_CONTINUOUS(Percentiles.Continuous::new),
  /** The first value at or behind a fraction of the order. */
  PERCENTILE_DISCRETE(Percentiles.Discrete::new),
  /** About how many different values, of the places that their hashes say. */
  DISTINCT_ESTIMATE(DistinctPlaces::new),
  /** About the value at a fraction, of numbers near the values. */
  PERCENTILE_ESTIMATE(Percentiles.Rough::new),
  /** The values that are there most often, with their counts. */
  TOP_COUNTS(MostFrequent::new),
  VARIANCE_OF_ALL(() -> new Moments(false, ExactMoments::varianceOfAll)),
  VARIANCE_OF_SAMPLE(() -> new Moments(false, ExactMoments::varianceOfSample)),
  DEVIATION_OF_ALL(() -> new Moments(false, ExactMoments::deviationOfAll)),
  DEVIATION_OF_SAMPLE(() -> new Moments(false, ExactMoments::deviationOfSample)),
  NUMERIC_VARIANCE_OF_ALL(() -> new Numerics(true, NumericTotal::varianceOfAll)),
  NUMERIC_VARIANCE_OF_SAMPLE(() -> new Numerics(true, NumericTotal::varianceOfSample)),
  NUMERIC_DEVIATION_OF_ALL(() -> new Numerics(true, NumericTotal::deviationOfAll)),
  NUMERIC_DEVIATION_OF_SAMPLE(() -> new Numerics(true, NumericTotal::deviationOfSample)),
  COVARIANCE_OF_ALL(() -> new Moments(true, ExactMoments::covarianceOfAll)),
  COVARIANCE_OF_SAMPLE(() -> new Moments(true, ExactMoments::covarianceOfSample)),
  CORRELATION(() -> new Moments(true, ExactMoments::correlation)),
  REGRESSION_COUNT(() -> new Moments(true, ExactMoments::count)),
  REGRESSION_AVERAGE_X(() -> new Moments(true, ExactMoments::averageX)),
  REGRESSION_AVERAGE_Y(() -> new Moments(true, ExactMoments::averageY)),
  REGRESSION_SXX(() -> new Moments(true, ExactMoments::sxx)),
  REGRESSION_SYY(() -> new Moments(true, ExactMoments::syy)),
  REGRESSION_SXY(() -> new Moments(true, ExactMoments::sxy)),
  REGRESSION_SLOPE(() -> new Moments(true, ExactMoments::slope)),
  REGRESSION_INTERCEPT(() -> new Moments(true, ExactMoments::intercept)),
  REGRESSION_R2(() -> new Moments(true, ExactMoments::determination));

  private static final long STATE_BYTES = 64;
  private static final long EXACT_SUM_BYTES = 700;
  private static final long SKETCH_BYTES = 4_000;

  @SuppressWarnings("ImmutableEnumChecker") // a constructor, which has no state
  private final Supplier<Accumulator> start;

  Aggregate(Supplier<Accumulator> start) {
    this.start = start;
  }

  @Override
  public Accumulator start() {
    return start.get();
  }

  @Override
  public boolean takesNulls() {
    return this == ONLY || ordered();
  }

  @Override
  public boolean ordered() {
    return switch (this) {
      case LIST, TEXT_LIST, FIRST, LAST -> true;
      case JSON_ARRAY, JSON_ARRAY_STRICT, JSON_OBJECT, JSON_OBJECT_STRICT -> true;
      default -> false;
    };
  }

  @Override
  public boolean keepsRows() {
    return switch (this) {
      case TEXT_LIST, LIST, MODE, PERCENTILE_CONTINUOUS, PERCENTILE_DISCRETE -> true;
      case JSON_ARRAY, JSON_ARRAY_STRICT, JSON_OBJECT, JSON_OBJECT_STRICT, TOP_COUNTS -> true;
      default -> false;
    };
  }

  @Override
  public long stateBytes() {
    return switch (this) {
      case SUM_OF_DOUBLES, AVERAGE_OF_DOUBLES -> EXACT_SUM_BYTES;
      case VARIANCE_OF_ALL, VARIANCE_OF_SAMPLE, DEVIATION_OF_ALL, DEVIATION_OF_SAMPLE ->
          3 * EXACT_SUM_BYTES;
      case COVARIANCE_OF_ALL,
          COVARIANCE_OF_SAMPLE,
          CORRELATION,
          REGRESSION_COUNT,
          REGRESSION_AVERAGE_X,
          REGRESSION_AVERAGE_Y,
          REGRESSION_SXX,
          REGRESSION_SYY,
          REGRESSION_SXY,
          REGRESSION_SLOPE,
          REGRESSION_INTERCEPT,
          REGRESSION_R2 ->
          8 * EXACT_SUM_BYTES;
      case DISTINCT_ESTIMATE, PERCENTILE_ESTIMATE -> SKETCH_BYTES;
      default -> STATE_BYTES;
    };
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

  /** SUM, AVG and variances of numerics. */
  private static final class Numerics implements Accumulator {
    private final NumericTotal total;
    private final Function<NumericTotal, @Nullable BigDecimal> question;

    Numerics(boolean squares, Function<NumericTotal, @Nullable BigDecimal> question) {
      this.total = new NumericTotal(squares);
      this.question = question;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
      total.add(decimal(number(arguments)), 1);
    }

    @Override
    public @Nullable Object result() {
      return total.count() == 0 ? null : question.apply(total);
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

  /** FIRST_VALUE and LAST_VALUE. */
  private static final class Picked implements Accumulator {
    private final boolean first;
    private boolean any;
    private @Nullable Object value;

    Picked(boolean first) {
      this.first = first;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
      if (!first || !any) {
        value = arguments[0];
        any = true;
      }
    }

    @Override
    public @Nullable Object result() {
      return value;
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

  /** APPROX_COUNT_DISTINCT. */
  private static final class DistinctPlaces implements Accumulator {
    private final DistinctEstimate estimate = new DistinctEstimate();

    @Override
    public void add(@Nullable Object[] arguments) {
      estimate.add(number(arguments).longValue());
    }

    @Override
    public Object result() {
      return estimate.count();
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
