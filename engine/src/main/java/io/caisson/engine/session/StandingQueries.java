package io.caisson.engine.session;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ViewDefinition;
import io.caisson.engine.schedule.ViewPlanner;
import io.caisson.plan.Plan;
import io.caisson.plan.SkipErrors;
import io.caisson.sql.ParsedStatement;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.sql.Statement;
import java.math.BigDecimal;

/** Plans the queries of views from the text that the catalog keeps. Thread-safe. */
public final class StandingQueries implements ViewPlanner {
  private static final int MICRO_DIGITS = 6;

  private final SqlFrontEnd sql;

  /** A planner that uses a front end. */
  public StandingQueries(SqlFrontEnd sql) {
    this.sql = sql;
  }

  @Override
  public Plan plan(ViewDefinition view, Catalog catalog) {
    // The name has no part in the plan, and that of a replacement could not be given by people.
    long lateness = view.settings().allowedLatenessMicros();
    String options =
        lateness == 0
            ? ""
            : " WITH (allowed_lateness = '"
                + BigDecimal.valueOf(lateness, MICRO_DIGITS).toPlainString()
                + " seconds')";
    String text = "CREATE MATERIALIZED VIEW IF NOT EXISTS v" + options + " AS\n" + view.query();
    ParsedStatement parsed = sql.parse(text).get(0);
    Catalog known = catalog.asKnownTo(view.id());
    Plan plan = ((Statement.CreateView) sql.prepare(parsed, known)).plan();
    return view.settings().skipsErrors() ? new SkipErrors(plan) : plan;
  }
}
