package io.caisson.engine.session;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.LateRowsDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.engine.schedule.FreshViews;
import io.caisson.engine.schedule.Maintenance;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.Statement;
import io.caisson.sql.run.CloseableIterator;
import io.caisson.sql.run.PreparedQuery;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** SELECT and INSERT: statements that read at one version, and write there too. For one thread. */
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

  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  Result select(PreparedQuery query) {
    List<ResultColumn> columns =
        query.columns().stream()
            .map(column -> new ResultColumn(column.name(), column.type()))
            .toList();
    FreshViews views = views(query);
    var tables = new LazyTransaction(services, views.version());
    CloseableIterator<@Nullable Object[]> rows;
    try {
      rows = query.run(scan(views, tables::get));
    } catch (CaissonException e) {
      tables.close();
      views.close();
      throw e;
    }
    return new RowResult(
        "SELECT",
        columns,
        rows,
        () -> {
          rows.close();
          tables.close();
          views.close();
        });
  }

  private DatabaseScan scan(
      FreshViews views, java.util.function.Supplier<ReadTransaction> transaction) {
    return new DatabaseScan(
        services.stores(),
        views.version(),
        transaction,
        views.snapshots(),
        cancellation,
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
      if (object instanceof ViewDefinition || object instanceof LateRowsDefinition) {
        viewIds.add(object.id());
      }
    }
    if (viewIds.isEmpty()) {
      return new FreshViews(version, Map.of());
    }
    Maintenance maintenance = services.views().maintenance();
    OptionalLong required = settings.requiredVersion(version);
    return maintenance.awaitFresh(viewIds, required.orElse(0), cancellation);
  }

  Result insert(Statement.Insert insert) {
    int rows =
        services
            .runner()
            .run(
                transaction -> {
                  try (FreshViews views = views(insert.source())) {
                    if (!insert.source().inputs().isEmpty()) {
                      readAt(transaction, insert.source(), views.version());
                    }
                    Columns columns = read(insert, scan(views, () -> transaction));
                    write(transaction, insert.target(), columns);
                    return columns.size();
                  }
                });
    return new CommandResult("INSERT 0 " + rows);
  }

  /** Reads at a version, and conflicts with whatever the streams that are read gain after it. */
  private void readAt(Transaction transaction, PreparedQuery source, long version) {
    transaction.setReadVersion(version);
    for (String input : source.inputs()) {
      catalog.find(input).ifPresent(object -> addConflicts(transaction, object));
    }
  }

  private void addConflicts(Transaction transaction, CatalogObject object) {
    if (object instanceof StreamDefinition) {
      var log =
          services
              .stores()
              .keyspace()
              .log()
              .range(com.apple.foundationdb.tuple.Tuple.from(object.id()));
      transaction.addReadConflictRange(log.begin, log.end);
    }
    List<Long> inputs =
        object instanceof ViewDefinition view
            ? view.inputs()
            : object instanceof LateRowsDefinition late ? late.view().inputs() : List.of();
    catalog.objects().values().stream()
        .filter(candidate -> inputs.contains(candidate.id()))
        .forEach(candidate -> addConflicts(transaction, candidate));
  }

  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  private Columns read(Statement.Insert insert, DatabaseScan scan) {
    List<ColumnDefinition> columns = insert.target().columns();
    var builder = new ColumnsBuilder(columns.stream().map(ColumnDefinition::type).toList());
    int[] sourceOf = new int[columns.size()];
    java.util.Arrays.fill(sourceOf, -1);
    for (int i = 0; i < insert.columns().length; i++) {
      sourceOf[insert.columns()[i]] = i;
    }
    try (CloseableIterator<@Nullable Object[]> rows = insert.source().run(scan)) {
      while (rows.hasNext()) {
        @Nullable Object[] row = rows.next();
        for (int i = 0; i < sourceOf.length; i++) {
          ValueWriter.add(
              builder.column(i), columns.get(i).type(), sourceOf[i] < 0 ? null : row[sourceOf[i]]);
        }
      }
    }
    return builder.build();
  }

  private void write(Transaction transaction, CatalogObject target, Columns rows) {
    if (target instanceof StreamDefinition stream) {
      var unused = services.stores().streamLog().append(transaction, stream, rows);
    } else if (target instanceof TableDefinition table) {
      services.stores().tables().insert(transaction, table, rows);
    } else {
      throw new CaissonException(
          SqlState.WRONG_OBJECT_TYPE,
          "cannot insert into \"" + target.name() + "\": it is a " + target.kind());
    }
  }
}
