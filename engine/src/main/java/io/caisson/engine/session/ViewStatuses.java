package io.caisson.engine.session;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.system.LiveState;
import io.caisson.catalog.system.OperatorStatus;
import io.caisson.catalog.system.ViewStatus;
import io.caisson.dataflow.operator.OperatorMeasure;
import io.caisson.engine.schedule.ViewKeeper;
import io.caisson.engine.schedule.ViewPlanner;
import io.caisson.engine.view.ViewReport;
import io.caisson.error.CaissonException;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Says how the views of a database are doing. Thread-safe. */
public final class ViewStatuses implements LiveState {
  /** Store versions are about a million a second, on both engines. */
  private static final long VERSIONS_PER_MILLI = 1_000;

  private static final long ALL = 100;
  private static final long NANOS_PER_MICRO = 1_000;

  private final ViewKeeper views;
  private final TransactionRunner runner;
  private final ViewPlanner planner;
  private final Supplier<Catalog> catalog;
  private final StatisticsStore statistics;

  /**
   * The state of a database's views.
   *
   * @param views keeps them
   * @param runner runs transactions
   * @param planner plans their queries
   * @param catalog reads the catalog as it is now
   * @param statistics says how large their inputs are
   */
  public ViewStatuses(
      ViewKeeper views,
      TransactionRunner runner,
      ViewPlanner planner,
      Supplier<Catalog> catalog,
      StatisticsStore statistics) {
    this.views = views;
    this.runner = runner;
    this.planner = planner;
    this.catalog = catalog;
    this.statistics = statistics;
  }

  @Override
  public List<ViewStatus> views() {
    var found = new ArrayList<ViewStatus>();
    long now = runner.read(transaction -> transaction.getReadVersion().join());
    for (CatalogObject object : catalog.get().objects().values()) {
      if (object instanceof ViewDefinition view && !view.internal()) {
        found.add(status(view, now));
      }
    }
    return found;
  }

  @Override
  public List<OperatorStatus> operators() {
    var found = new ArrayList<OperatorStatus>();
    Catalog now = catalog.get();
    for (CatalogObject object : now.objects().values()) {
      if (object instanceof ViewDefinition view && !view.internal()) {
        found.addAll(operators(view, now));
      }
    }
    return found;
  }

  private List<OperatorStatus> operators(ViewDefinition view, Catalog now) {
    var found = new ArrayList<OperatorStatus>();
    try {
      Map<Plan, OperatorMeasure> measures = views.maintenance().control().measures(view.id());
      for (PlanText.Step step : PlanText.steps(planner.plan(view, now))) {
        OperatorMeasure measure = measures.getOrDefault(step.plan(), OperatorMeasure.NONE);
        found.add(
            new OperatorStatus(
                view.name(),
                found.size() + 1,
                step.line(),
                measure.rowsIn(),
                measure.rowsOut(),
                measure.nanos() / NANOS_PER_MICRO,
                measure.stateRows(),
                measure.stateBytes()));
      }
    } catch (CaissonException e) {
      // A view that can't be kept, or is gone by now, has no operators at work.
      return List.of();
    }
    return found;
  }

  private ViewStatus status(ViewDefinition view, long now) {
    try {
      ViewReport report = views.maintenance().control().report(view.id());
      CaissonException failure = report.failure();
      return new ViewStatus(
          view.name(),
          report.state(),
          report.caughtUp() ? ALL : percent(report),
          report.inputs().stream().mapToLong(ViewReport.Input::rows).sum(),
          report.rows(),
          report.stateBytes(),
          Math.max(0, now - report.frontier()) / VERSIONS_PER_MILLI,
          failure == null ? null : failure.getMessage());
    } catch (CaissonException e) {
      return new ViewStatus(view.name(), ViewStatus.State.FAILED, 0, 0, 0, 0, 0, e.getMessage());
    }
  }

  /** Never all of it: that is said once it is proved. */
  private long percent(ViewReport report) {
    long read = 0;
    long total = 0;
    for (ViewReport.Input input : report.inputs()) {
      long rows = runner.read(tr -> statistics.read(tr.snapshot(), input.object()).rows());
      read += input.complete() ? rows : Math.min(input.rows(), rows);
      total += rows;
    }
    return total == 0 ? 0 : Math.min(ALL - 1, ALL * read / total);
  }
}
