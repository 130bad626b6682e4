package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.Statement;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** EXPLAIN of queries and views. For one thread. */
final class ExplainStatements {
  private final SessionServices services;
  private final Catalog catalog;

  ExplainStatements(SessionServices services, Catalog catalog) {
    this.services = services;
    this.catalog = catalog;
  }

  Result query(Statement.ExplainQuery explain) {
    return text(explain.query().explain());
  }

  /** The plan, and below it what running it took. */
  static Result analyzed(String plan, long rows, BlockCounter blocks) {
    return text(
        plan.stripTrailing()
            + "\nRows: "
            + rows
            + "\nBlocks of streams: "
            + blocks.read()
            + " read, "
            + blocks.skipped()
            + " skipped");
  }

  Result view(Statement.ExplainView explain) {
    if (explain.view() instanceof ViewDefinition view) {
      return text(PlanText.of(new StandingQueries(services.sql()).plan(view, catalog)));
    }
    throw new CaissonException(
        SqlState.WRONG_OBJECT_TYPE,
        "\""
            + explain.view().name()
            + "\" is a "
            + explain.view().kind()
            + ", not a MATERIALIZED VIEW");
  }

  private static Result text(String plan) {
    var rows = new ArrayList<@Nullable Object[]>();
    plan.lines().forEach(line -> rows.add(new Object[] {line}));
    return RowResult.of(
        "EXPLAIN",
        List.of(new ResultColumn("query plan", SqlType.of(TypeKind.TEXT).withNullable(false))),
        rows);
  }
}
