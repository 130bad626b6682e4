package io.caisson.sql.run;

import io.caisson.function.aggregate.BigintSum;
import io.caisson.function.aggregate.DoubleSum;
import io.caisson.function.aggregate.NumericSum;
import io.caisson.function.operator.Comparison;
import io.caisson.type.Interval;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Aggregates in the form in which the code that Calcite generates calls them: {@code init}, {@code
 * add} for each value that is not null, {@code result}. Public because that code lives elsewhere.
 */
public final class RuntimeAggregates {
  private RuntimeAggregates() {}

  /** SUM of integers. */
  public static final class SumOfBigint {
    private SumOfBigint() {}

    /** A sum of nothing. */
    public static BigintSum init() {
      return new BigintSum();
    }

    /** Adds a value. */
    public static BigintSum add(BigintSum sum, long value) {
      sum.add(value);
      return sum;
    }

    /** The sum. */
    public static long result(BigintSum sum) {
      return sum.sum();
    }
  }

  /** AVG of integers. */
  public static final class AverageOfBigint {
    private AverageOfBigint() {}

    /** An average of nothing. */
    public static BigintSum init() {
      return new BigintSum();
    }

    /** Adds a value. */
    public static BigintSum add(BigintSum sum, long value) {
      sum.add(value);
      return sum;
    }

    /** The average. */
    public static double result(BigintSum sum) {
      return sum.average();
    }
  }

  /** SUM of floating point. */
  public static final class SumOfDouble {
    private SumOfDouble() {}

    /** A sum of nothing. */
    public static DoubleSum init() {
      return new DoubleSum();
    }

    /** Adds a value. */
    public static DoubleSum add(DoubleSum sum, double value) {
      sum.add(value);
      return sum;
    }

    /** The sum. */
    public static double result(DoubleSum sum) {
      return sum.sum();
    }
  }

  /** AVG of floating point. */
  public static final class AverageOfDouble {
    private AverageOfDouble() {}

    /** An average of nothing. */
    public static DoubleSum init() {
      return new DoubleSum();
    }

    /** Adds a value. */
    public static DoubleSum add(DoubleSum sum, double value) {
      sum.add(value);
      return sum;
    }

    /** The average. */
    public static double result(DoubleSum sum) {
      return sum.average();
    }
  }

  /** MIN of floating point. */
  public static final class LeastDouble {
    private LeastDouble() {}

    /** What every value is less than, or equal to. */
    public static double init() {
      return Double.NaN;
    }

    /** The lesser one. */
    public static double add(double least, double value) {
      return Comparison.less(value, least) ? value : least;
    }

    /** The least value. */
    public static double result(double least) {
      return least;
    }
  }

  /** MAX of floating point. */
  public static final class GreatestDouble {
    private GreatestDouble() {}

    /** What no value is less than. */
    public static double init() {
      return Double.NEGATIVE_INFINITY;
    }

    /** The greater one. */
    public static double add(double greatest, double value) {
      return Comparison.less(greatest, value) ? value : greatest;
    }

    /** The greatest value. */
    public static double result(double greatest) {
      return greatest;
    }
  }

  /** SUM of NUMERIC. */
  public static final class SumOfNumeric {
    private SumOfNumeric() {}

    /** A sum of nothing. */
    public static NumericSum init() {
      return new NumericSum();
    }

    /** Adds a value. */
    public static NumericSum add(NumericSum sum, BigDecimal value) {
      sum.add(value);
      return sum;
    }

    /** The sum. */
    public static BigDecimal result(NumericSum sum) {
      return sum.sum();
    }
  }

  /** AVG of NUMERIC. */
  public static final class AverageOfNumeric {
    private AverageOfNumeric() {}

    /** An average of nothing. */
    public static NumericSum init() {
      return new NumericSum();
    }

    /** Adds a value. */
    public static NumericSum add(NumericSum sum, BigDecimal value) {
      sum.add(value);
      return sum;
    }

    /** The average. */
    public static BigDecimal result(NumericSum sum) {
      return sum.average();
    }
  }

  /** Of equal numbers the one with fewer digits behind the point is the lesser one. */
  private static int compare(BigDecimal a, BigDecimal b) {
    int order = a.compareTo(b);
    return order != 0 ? order : Integer.compare(a.scale(), b.scale());
  }

  /** MIN of NUMERIC. */
  @SuppressWarnings("NullAway") // the generated code holds null where there is no value yet
  public static final class LeastNumeric {
    private LeastNumeric() {}

    /** No value. */
    public static BigDecimal init() {
      return null;
    }

    /** The lesser one. */
    public static BigDecimal add(BigDecimal least, BigDecimal value) {
      return least == null || compare(value, least) < 0 ? value : least;
    }

    /** The least value. */
    public static BigDecimal result(BigDecimal least) {
      return least;
    }
  }

  /** MAX of NUMERIC. */
  @SuppressWarnings("NullAway") // the generated code holds null where there is no value yet
  public static final class GreatestNumeric {
    private GreatestNumeric() {}

    /** No value. */
    public static BigDecimal init() {
      return null;
    }

    /** The greater one. */
    public static BigDecimal add(BigDecimal greatest, BigDecimal value) {
      return greatest == null || compare(value, greatest) > 0 ? value : greatest;
    }

    /** The greatest value. */
    public static BigDecimal result(BigDecimal greatest) {
      return greatest;
    }
  }

  /** Of equal intervals the one that is written with fewer months, then days, is the lesser one. */
  private static int order(Interval a, Interval b) {
    return Arrays.compareUnsigned(Interval.encode(a), Interval.encode(b));
  }

  /** MIN of INTERVAL. */
  @SuppressWarnings("NullAway") // the generated code holds null where there is no value yet
  public static final class LeastInterval {
    private LeastInterval() {}

    /** No value. */
    public static Interval init() {
      return null;
    }

    /** The shorter one. */
    public static Interval add(Interval best, Interval value) {
      return best == null || order(value, best) < 0 ? value : best;
    }

    /** The shortest value. */
    public static Interval result(Interval best) {
      return best;
    }
  }

  /** MAX of INTERVAL. */
  @SuppressWarnings("NullAway") // the generated code holds null where there is no value yet
  public static final class GreatestInterval {
    private GreatestInterval() {}

    /** No value. */
    public static Interval init() {
      return null;
    }

    /** The longer one. */
    public static Interval add(Interval best, Interval value) {
      return best == null || order(value, best) > 0 ? value : best;
    }

    /** The longest value. */
    public static Interval result(Interval best) {
      return best;
    }
  }

  /** MIN of text. */
  @SuppressWarnings("NullAway") // the generated code holds null where there is no value yet
  public static final class LeastText {
    private LeastText() {}

    /** No value. */
    public static String init() {
      return null;
    }

    /** The lesser one. */
    public static String add(String least, String value) {
      return least == null || Comparison.compare(value, least) < 0 ? value : least;
    }

    /** The least value. */
    public static String result(String least) {
      return least;
    }
  }

  /** MAX of text. */
  @SuppressWarnings("NullAway") // the generated code holds null where there is no value yet
  public static final class GreatestText {
    private GreatestText() {}

    /** No value. */
    public static String init() {
      return null;
    }

    /** The greater one. */
    public static String add(String greatest, String value) {
      return greatest == null || Comparison.compare(value, greatest) > 0 ? value : greatest;
    }

    /** The greatest value. */
    public static String result(String greatest) {
      return greatest;
    }
  }
}
