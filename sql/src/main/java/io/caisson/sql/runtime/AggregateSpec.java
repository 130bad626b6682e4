package io.caisson.sql.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One call of an aggregate. Immutable.
 *
 * @param function what it computes
 * @param arguments positions of its arguments
 * @param filter position of the condition that a row must fulfil, or −1
 * @param distinct whether equal arguments count once
 * @param order the order in which it takes the rows; any, where empty
 * @param result makes a result one of the call's type
 */
public record AggregateSpec(
    AggregateFunction function,
    List<Integer> arguments,
    int filter,
    boolean distinct,
    List<SortField> order,
    UnaryOperator<@Nullable Object> result) {
  /** Copies the lists. */
  public AggregateSpec {
    arguments = List.copyOf(arguments);
    order = List.copyOf(order);
  }

  /** Whether the state grows with its rows. */
  boolean keepsRows() {
    return distinct || !order.isEmpty() || function.keepsRows();
  }

  /** Whether the result is the same in whatever order the rows come. */
  boolean anyOrder() {
    return order.isEmpty() && !function.ordered();
  }

  State start() {
    return new State(this);
  }

  /** What one group takes besides what it keeps of its rows, in bytes. */
  long stateBytes() {
    return function.stateBytes();
  }

  /**
   * The state of the call over one group. Rows that must be sorted, or of which equal ones count
   * once, wait until there is a result to give. For one thread.
   */
  static final class State {
    private final AggregateSpec call;
    private final int[] fields;
    private final boolean takesNulls;
    private final Accumulator accumulator;
    private final ArrayList<@Nullable Object[]> waiting = new ArrayList<>();

    /** Of equal rows the one that is written in the least way. */
    private final Map<List<@Nullable Object>, @Nullable Object[]> distinct = new HashMap<>();

    State(AggregateSpec call) {
      this.call = call;
      this.accumulator = call.function.start();
      this.fields = call.arguments.stream().mapToInt(Integer::intValue).toArray();
      this.takesNulls = call.function.takesNulls();
    }

    void add(@Nullable Object[] row) {
      if (!counts(row)) {
        return;
      }
      if (call.distinct) {
        distinct.merge(ValueOrder.key(row, fields), row, (a, b) -> compareForms(a, b) <= 0 ? a : b);
      } else if (call.order.isEmpty()) {
        accumulator.add(arguments(row));
      } else {
        waiting.add(row);
      }
    }

    private boolean counts(@Nullable Object[] row) {
      if (call.filter >= 0 && !Boolean.TRUE.equals(row[call.filter])) {
        return false;
      }
      if (!takesNulls) {
        for (int field : fields) {
          if (row[field] == null) {
            return false;
          }
        }
      }
      return true;
    }

    private @Nullable Object[] arguments(@Nullable Object[] row) {
      @Nullable Object[] arguments = new Object[fields.length];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = row[fields[i]];
      }
      return arguments;
    }

    private int compareForms(@Nullable Object[] a, @Nullable Object[] b) {
      for (int field : fields) {
        int order = SortField.compareForms(a[field], b[field]);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    }

    @Nullable Object result() {
      if (!call.distinct && call.order.isEmpty()) {
        return call.result.apply(accumulator.result());
      }
      List<@Nullable Object[]> rows = call.distinct ? new ArrayList<>(distinct.values()) : waiting;
      if (!call.order.isEmpty()) {
        rows.sort(SortField.order(call.order).thenComparing(this::compareForms));
      }
      Accumulator fresh = call.function.start();
      rows.forEach(row -> fresh.add(arguments(row)));
      return call.result.apply(fresh.result());
    }
  }
}
