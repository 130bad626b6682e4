package io.caisson.sql.runtime;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    Aggregate function,
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
    return distinct
        || !order.isEmpty()
        || switch (function) {
          case TEXT_LIST, LIST, MODE, PERCENTILE_CONTINUOUS, PERCENTILE_DISCRETE -> true;
          case JSON_ARRAY, JSON_OBJECT -> true;
          default -> false;
        };
  }

  /** Whether the result is the same in whatever order the rows come. */
  boolean anyOrder() {
    return order.isEmpty() && !function.ordered();
  }

  State start() {
    return new State(this);
  }

  /** The state of the call over one group. For one thread. */
  static final class State {
    private final AggregateSpec call;
    private final Accumulator accumulator;
    private final int[] fields;
    private final boolean ordered;
    private final boolean takesNulls;
    private final @Nullable Set<List<@Nullable Object>> seen;
    private final java.util.ArrayList<@Nullable Object[]> waiting = new java.util.ArrayList<>();

    State(AggregateSpec call) {
      this.call = call;
      this.accumulator = call.function.start();
      this.fields = call.arguments.stream().mapToInt(Integer::intValue).toArray();
      this.ordered = !call.order.isEmpty();
      this.takesNulls = call.function.takesNulls();
      this.seen = call.distinct ? new HashSet<>() : null;
    }

    void add(@Nullable Object[] row) {
      if (call.filter >= 0 && !Boolean.TRUE.equals(row[call.filter])) {
        return;
      }
      if (ordered) {
        waiting.add(row);
      } else {
        accept(row);
      }
    }

    private void accept(@Nullable Object[] row) {
      @Nullable Object[] arguments = new Object[fields.length];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = row[fields[i]];
        if (arguments[i] == null && !takesNulls) {
          return;
        }
      }
      if (seen == null || seen.add(ValueOrder.key(arguments))) {
        accumulator.add(arguments);
      }
    }

    @Nullable Object result() {
      if (!waiting.isEmpty()) {
        waiting.sort(SortField.order(call.order));
        waiting.forEach(this::accept);
        waiting.clear();
      }
      return call.result.apply(accumulator.result());
    }
  }
}
