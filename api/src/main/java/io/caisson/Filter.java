package io.caisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on documents and records, put together of the factories below. Paths lead from the
 * outside in: {@code customer.city}, {@code items[0].sku}; a name with dots or brackets stands
 * between double quotes. Numbers compare by value whatever their class; a comparison of different
 * kinds of values, or with what is missing, does not hold. Immutable.
 */
public sealed interface Filter {
  /** How a value compares with a constant. */
  enum Operator {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /**
   * A comparison with a constant.
   *
   * @param path where the value is
   * @param operator how it compares
   * @param value the constant; null equals null and what is missing
   */
  record Comparison(String path, Operator operator, @Nullable Object value) implements Filter {}

  /**
   * Equality with one of several constants.
   *
   * @param path where the value is
   * @param values the constants
   */
  record OneOf(String path, List<@Nullable Object> values) implements Filter {
    /** Copies the list. */
    public OneOf {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }

  /**
   * A text that matches a pattern of SQL's LIKE.
   *
   * @param path where the text is
   * @param pattern the pattern: {@code %} is any text, {@code _} any character
   */
  record Like(String path, String pattern) implements Filter {}

  /**
   * Whether there is a value other than null.
   *
   * @param path where
   */
  record Exists(String path) implements Filter {}

  /**
   * All of several conditions.
   *
   * @param parts the conditions; none always hold
   */
  record All(List<Filter> parts) implements Filter {
    /** Copies the list. */
    public All {
      parts = List.copyOf(parts);
    }
  }

  /**
   * One of several conditions at least.
   *
   * @param parts the conditions; none never hold
   */
  record Any(List<Filter> parts) implements Filter {
    /** Copies the list. */
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /**
   * The opposite of a condition.
   *
   * @param part the condition
   */
  record Not(Filter part) implements Filter {}

  /** The value equals a constant; null also equals what is missing. */
  static Filter eq(String path, @Nullable Object value) {
    return new Comparison(path, Operator.EQUAL, value);
  }

  /** The value does not equal a constant; so also where it is missing. */
  static Filter ne(String path, @Nullable Object value) {
    return new Not(eq(path, value));
  }

  /** The value is less than a constant. */
  static Filter lt(String path, Object value) {
    return new Comparison(path, Operator.LESS, value);
  }

  /** The value is at most a constant. */
  static Filter le(String path, Object value) {
    return new Comparison(path, Operator.LESS_OR_EQUAL, value);
  }

  /** The value is greater than a constant. */
  static Filter gt(String path, Object value) {
    return new Comparison(path, Operator.GREATER, value);
  }

  /** The value is at least a constant. */
  static Filter ge(String path, Object value) {
    return new Comparison(path, Operator.GREATER_OR_EQUAL, value);
  }

  /** The value equals one of some constants. */
  static Filter in(String path, List<? extends @Nullable Object> values) {
    return new OneOf(path, new ArrayList<>(values));
  }

  /** The value is a text that matches a pattern of SQL's LIKE. */
  static Filter like(String path, String pattern) {
    return new Like(path, pattern);
  }

  /** There is a value other than null. */
  static Filter exists(String path) {
    return new Exists(path);
  }

  /** All conditions hold. */
  static Filter and(Filter... parts) {
    return new All(Arrays.asList(parts));
  }

  /** At least one condition holds. */
  static Filter or(Filter... parts) {
    return new Any(Arrays.asList(parts));
  }

  /** The condition does not hold. */
  static Filter not(Filter part) {
    return new Not(part);
  }
}
