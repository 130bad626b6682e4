package io.caisson.sql.run;

import io.caisson.plan.Expression;
import io.caisson.sql.run.AccessPath.Bound;
import io.caisson.sql.run.AccessPath.Part;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a key some conditions leave: found column by column, from the first on. For one
 * key.
 */
final class KeyBounds {
  /** PostgreSQL's guess for an equality. */
  static final double EQUALITY = 0.005;

  /** PostgreSQL's guess for a one-sided range. */
  static final double RANGE = 1.0 / 3;

  private static final int MOST_PARTS = 1_000;

  private final List<Term> terms;
  private final Set<Term> used = new HashSet<>();
  private final List<Expression> fixed = new ArrayList<>();
  private List<List<Object>> prefixes = List.of(List.of());
  private @Nullable Bound lower;
  private @Nullable Bound upper;
  private double selectivity = 1;
  private boolean single;
  private int columns;
  private boolean withNull;

  KeyBounds(List<Term> terms) {
    this.terms = terms;
  }

  /**
   * Narrows by the next column of the key.
   *
   * @param nulls whether the key may hold NULL
   * @return whether the column is given, so that the next one can narrow further
   */
  boolean narrow(Expression column, boolean descending, boolean nulls) {
    List<Term> own = terms.stream().filter(t -> Term.same(t.subject(), column)).toList();
    for (Term term : own) {
      List<Object> values = values(term, nulls);
      if (values != null && (long) prefixes.size() * values.size() <= MOST_PARTS) {
        used.add(term);
        append(sorted(values, descending));
        if (values.size() == 1) {
          fixed.add(column);
        }
        withNull |= term.comparison() == ColumnCondition.Comparison.IS_NULL;
        selectivity *= Math.min(1, EQUALITY * values.size());
        columns++;
        return true;
      }
    }
    own.forEach(this::bound);
    return false;
  }

  private static @Nullable List<Object> values(Term term, boolean nulls) {
    return switch (term.comparison()) {
      case EQUAL, IN -> term.values();
      case IS_NULL -> nulls ? List.of(AccessPath.NULL) : null;
      default -> null;
    };
  }

  private void append(List<Object> values) {
    var longer = new ArrayList<List<Object>>();
    for (List<Object> prefix : prefixes) {
      for (Object value : values) {
        var one = new ArrayList<>(prefix);
        one.add(value);
        longer.add(List.copyOf(one));
      }
    }
    prefixes = longer;
  }

  private static List<Object> sorted(List<Object> values, boolean descending) {
    // Zeros are one key, whatever their sign.
    var sorted =
        new ArrayList<>(
            values.stream()
                .map(v -> v instanceof Double d ? (Object) (d + 0.0) : v)
                .distinct()
                .toList());
    sorted.sort((a, b) -> descending ? compare(b, a) : compare(a, b));
    return sorted;
  }

  private static int compare(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    if (a instanceof Double x && b instanceof Double y) {
      return Double.compare(x, y);
    }
    if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
      return x.compareTo(y);
    }
    return a instanceof String x && b instanceof String y
        ? Arrays.compareUnsigned(
            x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8))
        : 0;
  }

  /** Takes a bound, the first of each side; a second one is left to the filter. */
  private void bound(Term term) {
    boolean low =
        term.comparison() == ColumnCondition.Comparison.GREATER
            || term.comparison() == ColumnCondition.Comparison.GREATER_OR_EQUAL;
    boolean high =
        term.comparison() == ColumnCondition.Comparison.LESS
            || term.comparison() == ColumnCondition.Comparison.LESS_OR_EQUAL;
    boolean inclusive =
        term.comparison() == ColumnCondition.Comparison.GREATER_OR_EQUAL
            || term.comparison() == ColumnCondition.Comparison.LESS_OR_EQUAL;
    if (low && lower == null) {
      lower = new Bound(term.values().get(0), inclusive);
    } else if (high && upper == null) {
      upper = new Bound(term.values().get(0), inclusive);
    } else {
      return;
    }
    used.add(term);
    selectivity *= lower != null && upper != null ? EQUALITY / RANGE : RANGE;
  }

  /** Says how many columns the key has, and whether at most one row has all of them. */
  void finish(int keyColumns, boolean unique) {
    single = unique && columns == keyColumns && !withNull;
  }

  /** The parts in the key's order. */
  List<Part> parts() {
    return prefixes.stream().map(prefix -> new Part(prefix, lower, upper)).toList();
  }

  /** How many of the conditions the parts express. */
  int used() {
    return used.size();
  }

  /** About which share of the rows is in the parts. */
  double selectivity() {
    return selectivity;
  }

  /** Whether each part has at most one row. */
  boolean single() {
    return single;
  }

  /** Whether a column has one value in all parts. */
  boolean fixed(Expression column) {
    return fixed.stream().anyMatch(one -> Term.same(one, column));
  }
}
