package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.BOOLEAN;
import static io.caisson.type.TypeKind.INTEGER;
import static io.caisson.type.TypeKind.INTERVAL;
import static io.caisson.type.TypeKind.NUMERIC;
import static io.caisson.type.TypeKind.TEXT;
import static io.caisson.type.TypeKind.TIMESTAMP;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.array.ArrayCasts;
import io.caisson.type.Interval;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What functions in FROM make rows of, as an array with an element for each row: matches, numbers
 * and times. A match, which is an array itself, is the text of one. Thread-safe.
 */
public final class RowsOfValues {
  /** More rows at once would not fit where arrays are kept. */
  private static final int MOST = 1_000_000;

  private RowsOfValues() {}

  /** The functions that give the matches of a regular expression. */
  public static ScalarFunction[] matchesOf(String name) {
    return new ScalarFunction[] {
      function(name, "firstMatch", TEXT, TEXT, TEXT),
      function(name, "allMatches", TEXT, TEXT, TEXT, TEXT)
    };
  }

  /** The function that gives the subscripts of an array of a size. */
  public static ScalarFunction[] subscriptsOf(String name) {
    return new ScalarFunction[] {function(name, "subscripts", INTEGER, BIGINT, BIGINT, BOOLEAN)};
  }

  /** The functions that give the values from one to another. */
  public static ScalarFunction[] seriesOf(String name) {
    var functions = new ArrayList<ScalarFunction>();
    for (TypeKind kind : new TypeKind[] {INTEGER, BIGINT, NUMERIC}) {
      String method = kind == NUMERIC ? "numerics" : kind == BIGINT ? "longs" : "integers";
      functions.add(function(name, method, kind, kind, kind));
      functions.add(function(name, method + "By", kind, kind, kind, kind));
    }
    functions.add(function(name, "times", TIMESTAMP, TIMESTAMP, TIMESTAMP, INTERVAL));
    return functions.toArray(ScalarFunction[]::new);
  }

  private static ScalarFunction function(
      String name, String method, TypeKind element, TypeKind... arguments) {
    Method found =
        Arrays.stream(RowsOfValues.class.getMethods())
            .filter(candidate -> candidate.getName().equals(method))
            .findFirst()
            .orElseThrow();
    return new ScalarFunction(
        name,
        Arrays.stream(arguments).map(SqlType::of).toList(),
        SqlType.arrayOf(SqlType.of(element)),
        found,
        "The rows that the function makes, as an array",
        "");
  }

  /** The first match of a regular expression, as the text of the array that it is. */
  public static SqlArray firstMatch(String text, String pattern) {
    return allMatches(text, pattern, "");
  }

  /** The first match of a regular expression, or with the flag g all of them. */
  public static SqlArray allMatches(String text, String pattern, String flags) {
    return SqlArray.of(
        TEXT, ArrayParts.matches(text, pattern, flags).stream().map(ArrayCasts::text).toList());
  }

  /** The subscripts of an array of a size, which has one dimension; nothing has none. */
  public static SqlArray subscripts(long size, long dimension, boolean reverse) {
    var values = new ArrayList<Long>();
    for (long i = 1; dimension == 1 && i <= size; i++) {
      values.add(reverse ? size + 1 - i : i);
    }
    return SqlArray.of(INTEGER, values);
  }

  /** The integers from one to another. */
  public static SqlArray integers(long from, long to) {
    return integersBy(from, to, 1);
  }

  /** The integers from one to another by steps. */
  public static SqlArray integersBy(long from, long to, long step) {
    return SqlArray.of(INTEGER, steps(from, to, step));
  }

  /** The integers from one to another. */
  public static SqlArray longs(long from, long to) {
    return longsBy(from, to, 1);
  }

  /** The integers from one to another by steps. */
  public static SqlArray longsBy(long from, long to, long step) {
    return SqlArray.of(BIGINT, steps(from, to, step));
  }

  private static List<Long> steps(long from, long to, long step) {
    return numbers(BigDecimal.valueOf(from), BigDecimal.valueOf(to), BigDecimal.valueOf(step))
        .stream()
        .map(BigDecimal::longValue)
        .toList();
  }

  /** The numbers from one to another. */
  public static SqlArray numerics(BigDecimal from, BigDecimal to) {
    return numericsBy(from, to, BigDecimal.ONE);
  }

  /** The numbers from one to another by steps. */
  public static SqlArray numericsBy(BigDecimal from, BigDecimal to, BigDecimal step) {
    return SqlArray.of(NUMERIC, numbers(from, to, step));
  }

  private static List<BigDecimal> numbers(BigDecimal from, BigDecimal to, BigDecimal step) {
    return collected(SeriesValues.numbers(from, to, step));
  }

  private static <T> List<T> collected(Iterator<T> values) {
    var all = new ArrayList<T>();
    while (values.hasNext()) {
      all.add(values.next());
      checkSize(all.size());
    }
    return all;
  }

  /** The times from one to another by steps. */
  public static SqlArray times(long from, long to, Interval step) {
    return SqlArray.of(TIMESTAMP, collected(SeriesValues.times(from, to, step)));
  }

  private static void checkSize(int size) {
    if (size > MOST) {
      throw new CaissonException(
              SqlState.TRANSACTION_TOO_LARGE,
              "a series that depends on a row has more than " + MOST + " values")
          .withHint(
              "Call generate_series in FROM, before all else: there it makes rows one by one.");
    }
  }
}
