package io.caisson.sql.run;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexDefinition.IndexKey;
import io.caisson.catalog.TableDefinition;
import io.caisson.plan.Expression;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the way to read a table: the primary key or the index that promises the least work, by
 * PostgreSQL's guesses of what conditions leave over. For one scan.
 */
final class TableAccess {
  /** Plans are kept while a table grows: an empty one is planned for as if it were not. */
  private static final double LEAST_ROWS = 1_000;

  private static final double FETCH_COST = 4;
  private static final double COVERED_COST = 0.9;

  private final TableDefinition table;
  private final Conditions conditions;
  private final Set<Integer> wanted;
  private final List<Order> order;
  private final Map<Integer, List<Expression>> expressions;
  private final double tableRows;
  private final Kind kind;

  /** What kinds of objects there are to read. */
  enum Kind {
    /** Rows by a primary key, and indexes with the columns that they were made for. */
    TABLE,
    /**
     * Rows sorted by all their columns, and once more for each index, whole. They are read forwards
     * only, and the same row may be there several times.
     */
    VIEW
  }

  /**
   * What to order by.
   *
   * @param value a column or another expression over the table's columns
   * @param descending whether great values come first
   * @param nullsFirst whether NULL comes before all values
   */
  record Order(Expression value, boolean descending, boolean nullsFirst) {}

  /**
   * A way and what it brings.
   *
   * @param path the way
   * @param ordered whether rows come in the wanted order
   * @param exact whether the rows are those that fulfil all conditions, no others
   * @param cost how much work it is, in rows of a scan
   */
  record Choice(AccessPath path, boolean ordered, boolean exact, double cost) {}

  /** A column of a key: what it holds, and how it is sorted. */
  private record KeyColumn(
      Expression value, boolean descending, boolean nullsFirst, boolean nullable) {}

  /**
   * A choice to be made.
   *
   * @param wanted positions of the columns that are read
   * @param order the wanted order, or empty
   * @param expressions the expressions of indexes, by the index's number
   * @param tableRows about how many rows the table has
   * @param kind whether it is a view
   */
  TableAccess(
      TableDefinition table,
      Conditions conditions,
      Set<Integer> wanted,
      List<Order> order,
      Map<Integer, List<Expression>> expressions,
      double tableRows,
      Kind kind) {
    this.kind = kind;
    this.table = table;
    this.conditions = conditions;
    this.wanted = wanted;
    this.order = order;
    this.expressions = expressions;
    this.tableRows = Math.max(LEAST_ROWS, tableRows);
  }

  /**
   * The best way.
   *
   * @param limit how many rows are needed at most; 0 for all
   */
  Choice choose(long limit) {
    Choice best = choice(null, primaryKey(), limit);
    for (IndexDefinition index : table.indexes()) {
      if (index.readable()) {
        Choice candidate = choice(index, keys(index), limit);
        best = candidate.cost() < best.cost() ? candidate : best;
      }
    }
    return best;
  }

  private List<KeyColumn> primaryKey() {
    return table.primaryKey().stream()
        .takeWhile(position -> kind == Kind.TABLE || sortsByBytes(position))
        .map(position -> new KeyColumn(column(position), false, false, nullable(position)))
        .toList();
  }

  private boolean nullable(int position) {
    return kind == Kind.VIEW && table.columns().get(position).type().nullable();
  }

  /** Whether the rows of a view, which are sorted by their bytes, are so by the column's values. */
  private boolean sortsByBytes(int position) {
    SqlType type = table.columns().get(position).type();
    return type.physical() == TypeKind.Physical.LONG || type.kind() == TypeKind.TEXT;
  }

  private Expression column(int position) {
    return new Expression.InputColumn(position, table.columns().get(position).type());
  }

  private List<KeyColumn> keys(IndexDefinition index) {
    var keys = new ArrayList<KeyColumn>();
    int next = 0;
    for (IndexKey key : index.keys()) {
      if (key.column().isPresent()) {
        int position = table.positionOf(key.column().getAsInt());
        boolean nullable = table.columns().get(position).type().nullable();
        keys.add(new KeyColumn(column(position), key.descending(), key.nullsFirst(), nullable));
      } else {
        Expression value = expressions.getOrDefault(index.id(), List.of()).get(next++);
        keys.add(new KeyColumn(value, key.descending(), key.nullsFirst(), true));
      }
    }
    return keys;
  }

  private Choice choice(@Nullable IndexDefinition index, List<KeyColumn> keys, long limit) {
    KeyBounds bounds = bounds(index, keys);
    boolean ordered = ordered(index, keys, bounds, false);
    boolean reversed = kind == Kind.TABLE && !ordered && ordered(index, keys, bounds, true);
    boolean covered = index != null && (kind == Kind.VIEW || covered(index));
    boolean exact = conditions.exact() && bounds.used() == conditions.terms().size();
    boolean inOrder = ordered || reversed;
    double rows = Math.min(tableRows, Math.max(1, tableRows * bounds.selectivity()));
    if (bounds.single()) {
      rows = bounds.parts().size();
    }
    if (bounds.parts().isEmpty()) {
      rows = 0;
    }
    double found = rows * rest(bounds.used());
    double read = rows;
    if (limit > 0 && inOrder && found > limit) {
      read = rows * limit / found;
    }
    double each = cost(index, covered);
    double sorting = inOrder ? 0 : found * Math.max(1, Math.log(found + 1));
    boolean limited = limit > 0 && exact && inOrder;
    var path = new AccessPath(index, bounds.parts(), reversed, limited ? limit : 0, covered, read);
    return new Choice(path, inOrder, exact, read * each + sorting + bounds.parts().size() * 0.1);
  }

  /** How much work a row is. An index of a view has nothing to fetch, and longer rows. */
  private double cost(@Nullable IndexDefinition index, boolean covered) {
    if (index == null || kind == Kind.VIEW) {
      return 1;
    }
    return covered ? COVERED_COST : FETCH_COST;
  }

  /** What conditions that no bound expresses leave over. */
  private double rest(int used) {
    return Math.pow(KeyBounds.RANGE, Math.max(0, conditions.terms().size() - used));
  }

  private KeyBounds bounds(@Nullable IndexDefinition index, List<KeyColumn> keys) {
    var bounds = new KeyBounds(conditions.terms());
    for (KeyColumn key : keys) {
      if (!bounds.narrow(key.value(), key.descending(), index != null || key.nullable())) {
        break;
      }
    }
    bounds.finish(keys.size(), kind == Kind.TABLE && (index == null || index.unique()));
    return bounds;
  }

  /** Whether the keys' order, or its reverse, is the wanted one. */
  private boolean ordered(
      @Nullable IndexDefinition index, List<KeyColumn> keys, KeyBounds bounds, boolean reverse) {
    var sequence = new ArrayList<>(keys);
    if (index != null) {
      sequence.addAll(primaryKey());
    }
    int at = 0;
    for (int i = 0; i < sequence.size() && at < order.size(); i++) {
      KeyColumn key = sequence.get(i);
      Order next = order.get(at);
      boolean same = Term.same(key.value(), next.value());
      boolean direction = key.descending() != reverse == next.descending();
      boolean nulls = !key.nullable() || key.nullsFirst() != reverse == next.nullsFirst();
      if (same && direction && nulls) {
        at++;
      } else if (!bounds.fixed(key.value())) {
        return false;
      } else if (same) {
        at++;
      }
    }
    return at == order.size() || fixedOrKey(at);
  }

  /** Whether the rest of the order says nothing: the primary key came before it. */
  private boolean fixedOrKey(int at) {
    var before = new HashSet<Integer>();
    for (Order one : order.subList(0, at)) {
      if (one.value() instanceof Expression.InputColumn column) {
        before.add(column.index());
      }
    }
    return before.containsAll(table.primaryKey());
  }

  /** Some values are not as they were in keys, where all zeros are one, and 1.0 is 1.00. */
  private boolean covered(IndexDefinition index) {
    return wanted.stream()
        .allMatch(
            position -> {
              ColumnDefinition column = table.columns().get(position);
              return table.primaryKey().contains(position)
                  || index.included().contains(column.id())
                  || (index.holds(column.id()) && !changed(column.type()));
            });
  }

  private static boolean changed(SqlType type) {
    return type.kind() == TypeKind.DOUBLE || type.kind() == TypeKind.REAL || type.hasManyForms();
  }

  /** The positions of an array. */
  static Set<Integer> set(int[] positions) {
    var set = new HashSet<Integer>();
    Arrays.stream(positions).forEach(set::add);
    return set;
  }
}
