package io.caisson.plan;

import io.caisson.catalog.KeyedObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * By which columns the rows of a plan's output can be told apart, at any moment. Stateless.
 *
 * <pre>
 *   GROUP BY a, b       a, b
 *   table               its primary key
 *   row_number … = 1    what it is partitioned by
 *   join                the keys of both sides; of one, where each of its rows meets one at most
 * </pre>
 */
public final class UniqueKeys {
  private UniqueKeys() {}

  /** Positions of the columns of a key; none where there is only one row; empty without a key. */
  public static Optional<List<Integer>> of(Plan plan) {
    if (plan instanceof TableScan scan) {
      return scan.relation() instanceof KeyedObject keyed && !keyed.primaryKey().isEmpty()
          ? Optional.of(keyed.primaryKey())
          : Optional.empty();
    }
    if (plan instanceof Project project) {
      return projected(project);
    }
    if (plan instanceof Aggregate aggregate) {
      return Optional.of(IntStream.range(0, aggregate.groupColumns().size()).boxed().toList());
    }
    if (plan instanceof Over over) {
      boolean first =
          over.limit().isPresent()
              && over.limit().getAsLong() == 1
              && over.calls().get(0).function() == OverCall.Function.ROW_NUMBER;
      return first ? Optional.of(over.partition()) : of(over.source());
    }
    if (plan instanceof Windows windows) {
      int width = windows.source().fields().size();
      return of(windows.source()).map(key -> with(key, List.of(width, width + 1)));
    }
    if (plan instanceof Unnest unnest) {
      int last = unnest.source().fields().size() - 1;
      return unnest.numbered()
          ? of(unnest.source())
              .filter(key -> !key.contains(last))
              .map(key -> with(key, List.of(last + 1)))
          : Optional.empty();
    }
    if (plan instanceof Join join) {
      return joined(join);
    }
    if (plan instanceof IntervalJoin join) {
      return joined(join.join());
    }
    if (plan instanceof AsofJoin join) {
      return of(join.left());
    }
    boolean keepsRows =
        plan instanceof Filter
            || plan instanceof SkipErrors
            || plan instanceof EmitOnClose
            || plan instanceof AsOfNow
            || plan instanceof InTime
            || plan instanceof Sessions;
    return keepsRows ? of(plan.inputs().get(0)) : Optional.empty();
  }

  private static List<Integer> with(List<Integer> key, List<Integer> more) {
    var longer = new ArrayList<>(key);
    longer.addAll(more);
    return List.copyOf(longer);
  }

  private static Optional<List<Integer>> projected(Project project) {
    return of(project.source())
        .flatMap(
            key -> {
              var places = new ArrayList<Integer>();
              for (int column : key) {
                int place = place(project, column);
                if (place < 0) {
                  return Optional.empty();
                }
                places.add(place);
              }
              return Optional.of(List.copyOf(places));
            });
  }

  private static int place(Project project, int column) {
    List<Expression> expressions = project.expressions();
    for (int i = 0; i < expressions.size(); i++) {
      if (expressions.get(i) instanceof Expression.InputColumn input && input.index() == column) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<List<Integer>> joined(Join join) {
    Optional<List<Integer>> left = of(join.left());
    if (!join.kind().putsOutPairs() || left.isEmpty()) {
      return left;
    }
    Optional<List<Integer>> right = of(join.right());
    if (right.isEmpty()) {
      return right;
    }
    int width = join.left().fields().size();
    List<Integer> behind = right.get().stream().map(column -> width + column).toList();
    boolean oneRight = new HashSet<>(join.keys().right()).containsAll(right.get());
    boolean oneLeft = new HashSet<>(join.keys().left()).containsAll(left.get());
    if (oneRight && !join.kind().keepsRight()) {
      return left;
    }
    return oneLeft && !join.kind().keepsLeft()
        ? Optional.of(behind)
        : Optional.of(with(left.get(), behind));
  }
}
