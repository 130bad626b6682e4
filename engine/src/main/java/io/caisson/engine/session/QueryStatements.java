package io.caisson.engine.session;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.LateRowsDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.engine.row.ValueWriter;
import io.caisson.engine.schedule.FreshViews;
import io.caisson.engine.schedule.Maintenance;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.Statement;
import io.caisson.sql.run.CloseableIterator;
import io.caisson.sql.run.PlanStep;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
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
      rows = query.run(scan(views, tables));
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

  /** Reads through a transaction that also writes, so that it conflicts with what changes there. */
  private static TableReads within(ReadTransaction transaction) {
    return new TableReads() {
      @Override
      public <T> T read(Function<ReadTransaction, T> body) {
        return body.apply(transaction);
      }
    };
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
                    Columns columns = read(insert, scan(views, within(transaction)));
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
    List<SqlType> types =
        java.util.Arrays.stream(insert.columns())
            .mapToObj(position -> insert.target().columns().get(position).type())
            .toList();
    var builder = new ColumnsBuilder(types);
    int count = 0;
    try (CloseableIterator<@Nullable Object[]> rows = insert.source().run(scan)) {
      for (; rows.hasNext(); count++) {
        @Nullable Object[] row = rows.next();
        for (int i = 0; i < types.size(); i++) {
          ValueWriter.add(builder.column(i), types.get(i), row[i]);
        }
      }
    }
    var given = new Columns(builder.build().columns(), count);
    return insert.target() instanceof TableDefinition table
        ? services.tableWork().rows().complete(table, insert.columns(), given)
        : streamRows(insert, given);
  }

  private static Columns streamRows(Statement.Insert insert, Columns given) {
    var whole = new java.util.ArrayList<io.caisson.column.Column>();
    for (int i = 0; i < insert.target().columns().size(); i++) {
      int position = i;
      int source =
          java.util.stream.IntStream.range(0, insert.columns().length)
              .filter(at -> insert.columns()[at] == position)
              .findFirst()
              .orElse(-1);
      if (source >= 0) {
        whole.add(given.column(source));
        continue;
      }
      var missing = new ColumnBuilder(insert.target().columns().get(i).type().physical());
      for (int row = 0; row < given.size(); row++) {
        missing.addPhysical(missing(insert.target(), i));
      }
      whole.add(missing.build());
    }
    return new Columns(whole, given.size());
  }

  /** What a row holds in a column that it brings no value for, in physical form. */
  private static @Nullable Object missing(CatalogObject target, int column) {
    return target instanceof StreamDefinition stream && column >= stream.firstAdded()
        ? stream.valueBefore(column)
        : null;
  }

  private void write(Transaction transaction, CatalogObject target, Columns rows) {
    if (target instanceof StreamDefinition stream) {
      var unused = services.stores().streamLog().append(transaction, stream, rows);
    } else if (target instanceof TableDefinition table) {
      var unused = services.stores().tables().insert(transaction, table, rows);
    } else if (target instanceof CollectionDefinition collection) {
      services.stores().documents().insert(transaction, collection, rows);
    } else if (target instanceof BucketDefinition bucket) {
      services.stores().buckets().insert(transaction, bucket, rows);
    } else if (target instanceof RecordTableDefinition table) {
      services.stores().records().insert(transaction, table, rows);
    } else {
      throw new CaissonException(
          SqlState.WRONG_OBJECT_TYPE,
          "cannot insert into \"" + target.name() + "\": it is a " + target.kind());
    }
  }
}
