package io.caisson.engine.filter;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.json.JsonPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of many found things are wanted, in which order, and how many. Things are tested as they
 * come; with an order and a limit no more of them are held than the limit. For one thread.
 *
 * @param <T> what is found
 */
public final class Selection<T> {
  private final Function<T, Map<String, @Nullable Object>> members;
  private Predicate<T> condition = thing -> true;
  private @Nullable Comparator<T> order;
  private int limit = Integer.MAX_VALUE;

  /**
   * A selection of everything.
   *
   * @param members what a thing consists of
   */
  public Selection(Function<T, Map<String, @Nullable Object>> members) {
    this.members = members;
  }

  /** Wants only what fulfils a condition too. */
  public void where(Predicate<T> also) {
    condition = condition.and(also);
  }

  /** Orders by the value at a path, behind the orders so far. */
  public void orderBy(JsonPath path, boolean descending) {
    Comparator<T> ascending =
        (left, right) ->
            ValueOrder.INSTANCE.compare(
                path.find(members.apply(left)), path.find(members.apply(right)));
    Comparator<T> next = descending ? ascending.reversed() : ascending;
    order = order == null ? next : order.thenComparing(next);
  }

  /** Wants at most so many. */
  public void limit(int most) {
    if (most < 0) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER, "LIMIT must not be negative, it is " + most);
    }
    limit = most;
  }

  /** Whether everything that fulfils the conditions is wanted, however much it is. */
  public boolean isWhole() {
    return limit == Integer.MAX_VALUE;
  }

  /** Whether a thing fulfils the conditions. */
  public boolean test(T thing) {
    return condition.test(thing);
  }

  /** What of the found is wanted. */
  public List<T> of(Iterator<T> found) {
    return order == null ? first(found) : sorted(found, order);
  }

  /** How many of the found are wanted. */
  public long count(Iterator<T> found) {
    long count = 0;
    while (count < limit && found.hasNext()) {
      count += test(found.next()) ? 1 : 0;
    }
    return count;
  }

  private List<T> first(Iterator<T> found) {
    var wanted = new ArrayList<T>();
    while (wanted.size() < limit && found.hasNext()) {
      T thing = found.next();
      if (test(thing)) {
        wanted.add(thing);
      }
    }
    return wanted;
  }

  /** A thing with its place among the found, which decides between equals. */
  private record Placed<T>(T thing, long place) {}

  private List<T> sorted(Iterator<T> found, Comparator<T> by) {
    Comparator<Placed<T>> placed =
        Comparator.<Placed<T>, T>comparing(Placed::thing, by).thenComparingLong(Placed::place);
    var best = new PriorityQueue<Placed<T>>(placed.reversed());
    for (long place = 0; found.hasNext() && limit > 0; place++) {
      T thing = found.next();
      if (test(thing)) {
        best.add(new Placed<>(thing, place));
        if (best.size() > limit) {
          best.remove();
        }
      }
    }
    var wanted = new ArrayList<>(best);
    wanted.sort(placed);
    return wanted.stream().map(Placed::thing).toList();
  }
}
