package io.caisson.engine.session;

import com.apple.foundationdb.ReadTransaction;
import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewPart;
import io.caisson.engine.schedule.FreshViews;
import io.caisson.engine.schedule.Maintenance;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.run.CloseableIterator;
import io.caisson.sql.run.PlanStep;
import io.caisson.sql.run.PreparedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** SELECT: at one version, which is the transaction's where there is one. For one thread. */
final class QueryStatements {
  private final SessionServices services;
  private final SessionSettings settings;
  private final Catalog catalog;
  private final Cancellation cancellation;

  QueryStatements(
      SessionServices services,
      SessionSettings settings,
      Catalog catalog,
      Cancellation cancellation) {
    this.services = services;
    this.settings = settings;
    this.catalog = catalog;
    this.cancellation = cancellation;
  }

  Result select(PreparedQuery query) {
    Reading reading = reading(query);
    return new RowResult("SELECT", columns(query), reading.rows(), reading::close);
  }

  /**
   * A query that is being read. To be closed.
   *
   * @param rows its rows
   * @param scan where they come from
   * @param tables the transaction through which tables are read
   * @param views the views that it reads
   */
  record Reading(
      CloseableIterator<@Nullable Object[]> rows,
      DatabaseScan scan,
      LazyTransaction tables,
      FreshViews views)
      implements AutoCloseable {
    @Override
    public void close() {
      rows.close();
      tables.close();
      views.close();
    }
  }

  /** Begins to read a query at one version. */
  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  Reading reading(PreparedQuery query) {
    FreshViews views = views(query);
    var tables = new LazyTransaction(services, views.version());
    DatabaseScan scan = scan(views, tables);
    try {
      return new Reading(query.run(scan), scan, tables, views);
    } catch (CaissonException e) {
      tables.close();
      views.close();
      throw e;
    }
  }

  /**
   * A query that was run to its end.
   *
   * @param plan its steps and what they took
   * @param blocks the blocks of streams that were read
   */
  record Analysis(PlanStep plan, BlockCounter blocks) {}

  /** Runs a query to its end and says how it ran. */
  Analysis analyze(PreparedQuery query) {
    try (FreshViews views = views(query);
        var tables = new LazyTransaction(services, views.version())) {
      DatabaseScan scan = scan(views, tables);
      return new Analysis(query.analyze(scan), scan.blocks());
    }
  }

  private DatabaseScan scan(FreshViews views, TableReads tables) {
    return new DatabaseScan(
        services.stores(),
        catalog,
        views.version(),
        tables,
        views.snapshots(),
        cancellation,
        settings.statementMemory(),
        settings.timeZone());
  }

  /** The version at which the query reads, and the views it reads there. */
  private FreshViews views(PreparedQuery query) {
    if (query.inputs().isEmpty()) {
      return new FreshViews(0, Map.of());
    }
    long version = services.runner().read(transaction -> transaction.getReadVersion().join());
    var viewIds = new TreeSet<Long>();
    for (String input : query.inputs()) {
      CatalogObject object = catalog.find(input).orElse(null);
      if (object instanceof ViewDefinition || object instanceof ViewPart) {
        viewIds.add(object.id());
      }
    }
    if (viewIds.isEmpty()) {
      return new FreshViews(version, Map.of());
    }
    Maintenance maintenance = services.views().maintenance();
    OptionalLong required = settings.requiredVersion(version);
    try {
      FreshViews views = maintenance.awaitFresh(viewIds, required.orElse(0), cancellation);
      if (!ViewPaths.there(viewIds, catalog, views) && moved()) {
        views.close();
        throw new CatalogMoved();
      }
      return views;
    } catch (CaissonException e) {
      throw e.state() == SqlState.UNDEFINED_OBJECT && moved() ? new CatalogMoved() : e;
    }
  }

  /** Whether a view that is not kept has another number by now, because it was replaced. */
  private boolean moved() {
    long now =
        services.runner().read(transaction -> services.catalog().version(transaction.snapshot()));
    return now != catalog.version();
  }

  /** SELECT in the session's transaction: its rows are read at once, before it changes any. */
  Result select(PreparedQuery query, SessionTransaction session) {
    WorkingTransaction working = session.working();
    var rows = new ArrayList<@Nullable Object[]>();
    try (var reads = new TransactionReads(services, settings, catalog, cancellation, working)) {
      boolean conflicting = !session.readOnly();
      DatabaseScan scan = reads.open(query.inputs(), conflicting);
      ReadTransaction definitions =
          conflicting ? working.transaction() : working.transaction().snapshot();
      if (services.catalog().version(definitions) != catalog.version()) {
        throw new CatalogMoved();
      }
      addAll(query, scan, rows);
    }
    return RowResult.of("SELECT", columns(query), rows);
  }

  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  private static void addAll(
      PreparedQuery query, DatabaseScan scan, List<@Nullable Object[]> rows) {
    try (CloseableIterator<@Nullable Object[]> found = query.run(scan)) {
      found.forEachRemaining(rows::add);
    }
  }

  private static List<ResultColumn> columns(PreparedQuery query) {
    return query.columns().stream()
        .map(column -> new ResultColumn(column.name(), column.type()))
        .toList();
  }
}
