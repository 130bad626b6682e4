package io.caisson.sql.run;

import io.caisson.function.aggregate.BigintSum;
import io.caisson.function.aggregate.DoubleSum;
import io.caisson.function.operator.Comparison;

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
