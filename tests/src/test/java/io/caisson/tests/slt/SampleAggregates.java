package io.caisson.tests.slt;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Classes that files of statements make aggregates of. */
public final class SampleAggregates {
  private SampleAggregates() {}

  /** The root of the product of so many numbers; 0 and less are an error. */
  public static final class GeometricMean {
    private double logarithms;
    private long count;

    /** The mean of nothing. */
    public GeometricMean() {}

    /** Adds a number. */
    public void accumulate(double value) {
      if (value <= 0) {
        throw new ArithmeticException("no logarithm of " + value);
      }
      logarithms += Math.log(value);
      count++;
    }

    /** The mean, or null of nothing. */
    public @Nullable Double result() {
      return count == 0 ? null : (Double) Math.exp(logarithms / count);
    }
  }

  /** Texts one behind the other, as often as is said. */
  public static final class Chain {
    private final StringBuilder chain = new StringBuilder();

    /** The empty chain. */
    public Chain() {}

    /** Adds a text so many times. */
    public void accumulate(String text, int times) {
      chain.append(text.repeat(times));
    }

    /** Adds a text. */
    public void accumulate(String text) {
      chain.append(text).append('.');
    }

    /** All texts. */
    public String result() {
      return chain.toString();
    }
  }

  /** The longest time between two that follow one another. */
  public static final class LongestGap {
    private @Nullable LocalDateTime last;
    private long millis;

    /** No time yet. */
    public LongestGap() {}

    /** Adds a time. */
    public void accumulate(LocalDateTime time) {
      if (last != null) {
        millis = Math.max(millis, Duration.between(last, time).toMillis());
      }
      last = time;
    }

    /** The gap in milliseconds. */
    public long result() {
      return millis;
    }
  }

  /** What is left of amounts when each is spent on the next. */
  public static final class Balance {
    private BigDecimal balance = BigDecimal.ZERO;

    /** Nothing yet. */
    public Balance() {}

    /** Adds an amount. */
    public void accumulate(BigDecimal amount) {
      balance = amount.subtract(balance);
    }

    /** What is left. */
    public BigDecimal result() {
      return balance;
    }
  }

  /** Of each type the last value. */
  public static final class LatestDay {
    private @Nullable LocalDate last;

    /** No day yet. */
    public LatestDay() {}

    /** Takes a day. */
    public void accumulate(boolean counts, LocalDate day, UUID unused, byte[] alsoUnused) {
      last = counts ? day : last;
    }

    /** The day, or null. */
    public @Nullable LocalDate result() {
      return last;
    }
  }

  /** A number that depends on all rows, on how often they are there, and on their order. */
  public static final class Mixed {
    private long mixed = 1;

    /** Of no rows. */
    public Mixed() {}

    /** Mixes a text and a number in. */
    public void accumulate(String text, double number) {
      mixed = 31 * (31 * mixed + text.hashCode()) + Double.hashCode(number);
    }

    /** The number. */
    public long result() {
      return mixed;
    }
  }

  /** What can't be made. */
  public static final class Closed {
    private Closed() {}

    /** Takes a number. */
    public void accumulate(long value) {}

    /** Nothing. */
    public long result() {
      return 0;
    }
  }

  /** What says that it may fail. */
  public static final class Checked {
    /** Nothing yet. */
    public Checked() {}

    /** Takes a number. */
    public void accumulate(long value) throws IOException {}

    /** Nothing. */
    public long result() {
      return 0;
    }
  }

  /** What fails where nothing was taken. */
  public static final class FailsOfNothing {
    private boolean any;

    /** Nothing yet. */
    public FailsOfNothing() {}

    /** Takes a number. */
    public void accumulate(long value) {
      any = true;
    }

    /** 1. */
    public short result() {
      if (!any) {
        throw new IllegalStateException("nothing was taken");
      }
      return 1;
    }
  }
}
