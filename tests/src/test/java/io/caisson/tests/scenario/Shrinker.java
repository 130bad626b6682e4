package io.caisson.tests.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes a scenario that fails smaller, as long as it fails in the same way: fewer steps, fewer
 * rows, simpler queries, in turn until nothing more can go or the time is over. For one thread.
 */
final class Shrinker {
  private final Function<Scenario, Outcome> run;
  private final long end;
  private Scenario smallest;
  private String kind = "";

  /**
   * A shrinker.
   *
   * @param run what a scenario is run by
   * @param limit for how long it may try
   */
  Shrinker(Function<Scenario, Outcome> run, Duration limit) {
    this.run = run;
    this.end = System.nanoTime() + limit.toNanos();
    this.smallest = new Scenario(List.of());
  }

  /** The smallest scenario found that fails as one does. */
  Scenario shrink(Scenario scenario, String failure) {
    smallest = scenario;
    kind = failure;
    boolean smaller;
    do {
      smaller = fewerSteps();
      smaller |= fewerRows();
      smaller |= simplerViews();
    } while (smaller && !isOver());
    return smallest;
  }

  private boolean isOver() {
    return System.nanoTime() - end > 0;
  }

  private boolean keeps(Scenario smaller) {
    if (isOver() || !run.apply(smaller).kind().equals(kind)) {
      return false;
    }
    smallest = smaller;
    return true;
  }

  private boolean fewerSteps() {
    return fewer(smallest.steps(), Scenario::new);
  }

  private boolean fewerRows() {
    boolean smaller = false;
    for (int i = 0; i < smallest.steps().size(); i++) {
      int step = i;
      if (smallest.steps().get(i) instanceof Step.Rows rows && rows.rows().size() > 1) {
        smaller |=
            fewer(rows.rows(), left -> smallest.with(step, new Step.Rows(rows.relation(), left)));
      } else if (smallest.steps().get(i) instanceof Step.Change change
          && change.statements().size() > 1) {
        smaller |= fewer(change.statements(), left -> smallest.with(step, new Step.Change(left)));
      }
    }
    return smaller;
  }

  /** Takes parts out of a list, large ones at first. */
  private <T> boolean fewer(List<T> all, Function<List<T>, Scenario> scenario) {
    List<T> left = all;
    boolean smaller = false;
    for (int part = Math.max(1, all.size() / 2); part > 0; part /= 2) {
      for (int from = left.size() - part; from >= 0 && !isOver(); from -= part) {
        var without = new ArrayList<>(left);
        without.subList(from, from + part).clear();
        if (!without.isEmpty() && keeps(scenario.apply(without))) {
          left = without;
          smaller = true;
        }
      }
    }
    return smaller;
  }

  private boolean simplerViews() {
    boolean smaller = false;
    for (int i = 0; i < smallest.steps().size(); i++) {
      while (smallest.steps().get(i) instanceof Step.View view && simpler(i, view) && !isOver()) {
        smaller = true;
      }
    }
    return smaller;
  }

  private boolean simpler(int step, Step.View view) {
    for (Oracle oracle : view.oracles()) {
      Set<Oracle> one = Set.of(oracle);
      if (view.oracles().size() > 1
          && keeps(smallest.with(step, with(view, one, view.options())))) {
        return true;
      }
    }
    if (!view.options().isEmpty() && keeps(smallest.with(step, with(view, view.oracles(), "")))) {
      return true;
    }
    return SimplerQueries.of(view.query()).stream()
        .anyMatch(query -> keeps(smallest.with(step, view.withQuery(query))));
  }

  private static Step.View with(Step.View view, Set<Oracle> oracles, String options) {
    return new Step.View(view.replaces(), view.name(), oracles, options, view.query());
  }
}
