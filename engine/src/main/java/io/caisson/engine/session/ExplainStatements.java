package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.system.ViewStatus;
import io.caisson.dataflow.operator.OperatorMeasure;
import io.caisson.engine.schedule.ViewControl;
import io.caisson.engine.view.RunningView;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.statistics.Counts;
import io.caisson.plan.Plan;
import io.caisson.sql.Statement;
import io.caisson.sql.run.PlanStep;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** EXPLAIN of queries and views. For one thread. */
final class ExplainStatements {
  private static final long NANOS_PER_MICRO = 1_000;

  private final SessionServices services;
  private final Catalog catalog;

  ExplainStatements(SessionServices services, Catalog catalog) {
    this.services = services;
    this.catalog = catalog;
  }

  /**
   * EXPLAIN of a query.
   *
   * @param queries runs it, for ANALYZE
   */
  Result query(Statement.ExplainQuery explain, QueryStatements queries) {
    if (!explain.analyze()) {
      return plan(explain, explain.query().plan(), List.of());
    }
    QueryStatements.Analysis analysis = queries.analyze(explain.query());
    BlockCounter blocks = analysis.blocks();
    String read = "Blocks of streams: " + blocks.read() + " read, " + blocks.skipped() + " skipped";
    return plan(explain, analysis.plan(), List.of(read));
  }

  private static Result plan(Statement.ExplainQuery explain, PlanStep plan, List<String> below) {
    if (explain.json()) {
      return rows(List.of(PlanJson.of(plan, explain.timing())));
    }
    var lines = new ArrayList<String>(plan.text(explain.timing()).lines().toList());
    lines.addAll(below);
    return rows(lines);
  }

  Result view(Statement.ExplainView explain) {
    if (explain.view() instanceof ViewDefinition view) {
      Plan plan = new StandingQueries(services.sql()).plan(view, catalog);
      if (explain.analyze()) {
        return rows(analysis(view, plan, explain.timing()));
      }
      var lines = new ArrayList<String>(PlanText.of(plan).lines().toList());
      services.views().maintenance().control().backfill(view.id()).stream()
          .map(this::progress)
          .forEach(lines::add);
      return rows(lines);
    }
    throw new CaissonException(
        SqlState.WRONG_OBJECT_TYPE,
        "\""
            + explain.view().name()
            + "\" is a "
            + explain.view().kind()
            + ", not a MATERIALIZED VIEW");
  }

  /** The plan of a view with what each step has done, and how the view is doing. */
  private List<String> analysis(ViewDefinition view, Plan plan, boolean timing) {
    ViewControl control = services.views().maintenance().control();
    Map<Plan, OperatorMeasure> measures = control.measures(view.id());
    var lines = new ArrayList<String>();
    for (PlanText.Step step : PlanText.steps(plan)) {
      OperatorMeasure measure = measures.get(step.plan());
      lines.add(step.line() + (measure == null ? "" : " (" + text(measure, timing) + ")"));
    }
    ViewStatus status =
        services.stores().live().views().stream()
            .filter(found -> found.name().equals(view.name()))
            .findFirst()
            .orElseThrow();
    lines.add(
        "View: "
            + status.state().name().toLowerCase(Locale.ROOT)
            + ", "
            + status.rows()
            + " rows"
            + (timing
                ? ", " + status.stateBytes() + " bytes, lag " + status.lagMillis() + " ms"
                : ""));
    return lines;
  }

  private static String text(OperatorMeasure measure, boolean timing) {
    var text = new StringBuilder("in=" + measure.rowsIn() + " out=" + measure.rowsOut());
    if (timing) {
      text.append(" time=").append(measure.nanos() / NANOS_PER_MICRO).append(" us");
    }
    if (measure.stateRows() > 0) {
      text.append(" state=").append(measure.stateRows()).append(" rows");
    }
    if (measure.stateRows() > 0 && timing) {
      text.append(", ").append(measure.stateBytes()).append(" bytes");
    }
    return text.toString();
  }

  private String progress(RunningView.TableStatus table) {
    String name = table.table().name();
    if (table.complete()) {
      return "Back-fill of " + name + ": " + table.rows() + " rows, complete";
    }
    Counts counts =
        services
            .runner()
            .read(tr -> services.stores().statistics().read(tr.snapshot(), table.table().id()));
    return "Back-fill of " + name + ": " + table.rows() + " rows of about " + counts.rows();
  }

  private static Result rows(List<String> lines) {
    var rows = new ArrayList<@Nullable Object[]>();
    lines.forEach(line -> rows.add(new Object[] {line}));
    return RowResult.of(
        "EXPLAIN",
        List.of(new ResultColumn("query plan", SqlType.of(TypeKind.TEXT).withNullable(false))),
        rows);
  }
}
