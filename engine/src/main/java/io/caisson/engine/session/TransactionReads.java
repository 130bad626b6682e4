package io.caisson.engine.session;

import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewPart;
import io.caisson.column.Columns;
import io.caisson.engine.schedule.FreshViews;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.stream.DeltaLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What one statement reads within a transaction: tables through it, streams and views at its
 * version, with read conflicts on whatever they would gain. For one thread; to be closed.
 */
final class TransactionReads implements AutoCloseable {
  private final SessionServices services;
  private final SessionSettings settings;
  private final Catalog catalog;
  private final Cancellation cancellation;
  private final WorkingTransaction working;
  private FreshViews views = new FreshViews(0, Map.of());

  TransactionReads(
      SessionServices services,
      SessionSettings settings,
      Catalog catalog,
      Cancellation cancellation,
      WorkingTransaction working) {
    this.services = services;
    this.settings = settings;
    this.catalog = catalog;
    this.cancellation = cancellation;
    this.working = working;
  }

  /**
   * Prepares to read objects.
   *
   * @param inputs their names
   * @param conflicting whether the transaction shall fail where they change before it commits
   */
  DatabaseScan open(Collection<String> inputs, boolean conflicting) {
    var objects = new ArrayList<CatalogObject>();
    inputs.forEach(name -> catalog.find(name).ifPresent(objects::add));
    var viewIds = new TreeSet<Long>();
    for (CatalogObject object : objects) {
      refuseOwnInput(object);
      if (object instanceof ViewDefinition || object instanceof ViewPart) {
        viewIds.add(object.id());
      }
    }
    if (!viewIds.isEmpty()) {
      openViews(viewIds, objects);
    }
    boolean log = objects.stream().anyMatch(StreamDefinition.class::isInstance);
    long version = log ? working.version() : 0;
    if (conflicting) {
      objects.forEach(this::addConflicts);
    }
    return new DatabaseScan(
        services.stores(),
        catalog,
        version,
        tables(conflicting),
        views.snapshots(),
        cancellation,
        settings.statementMemory(),
        settings.timeZone());
  }

  private TableReads tables(boolean conflicting) {
    return new TableReads() {
      @Override
      public <T> T read(Function<ReadTransaction, T> body) {
        Transaction transaction = working.transaction();
        return body.apply(conflicting ? transaction : transaction.snapshot());
      }

      @Override
      public List<Columns> appended(StreamDefinition stream) {
        return working.appended(stream);
      }
    };
  }

  private void openViews(Collection<Long> viewIds, List<CatalogObject> objects) {
    long now = services.runner().read(transaction -> transaction.getReadVersion().join());
    OptionalLong required = settings.requiredVersion(now);
    views = services.views().maintenance().awaitFresh(viewIds, required.orElse(0), cancellation);
    if (!working.readAt(views.version()) && required.isPresent()) {
      long own = working.version();
      long first = Math.min(own, views.version());
      long last = Math.max(own, views.version());
      for (CatalogObject object : objects) {
        checkUnchanged(object, first, last);
      }
    }
  }

  /** Views and changelogs do not know rows that are not committed. */
  private void refuseOwnInput(CatalogObject view) {
    for (CatalogObject input : inputsOf(view)) {
      if (working.wrote(input)) {
        throw new CaissonException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "\""
                    + view.name()
                    + "\" can't be read in this transaction, which has written to \""
                    + input.name()
                    + "\"")
            .withHint("COMMIT first: it knows committed rows only.");
      }
      refuseOwnInput(input);
    }
  }

  /** A view that is newer than the transaction must be what it was at the transaction's version. */
  private void checkUnchanged(CatalogObject view, long after, long through) {
    for (CatalogObject input : inputsOf(view)) {
      checkUnchanged(input, after, through);
      boolean moved =
          (input instanceof StreamDefinition || input.keepsRows())
              && !services.stores().streams().read(log(input), after, through).blocks().isEmpty();
      if (moved) {
        throw new CaissonException(
                SqlState.SERIALIZATION_FAILURE,
                "\"" + view.name() + "\" has changed since the transaction began to read")
            .withHint("Run the transaction again, and let it read its views first.");
      }
    }
  }

  /** Where an input of a view notes what it gains. */
  private static StreamDefinition log(CatalogObject input) {
    return input instanceof StreamDefinition stream ? stream : DeltaLog.layout(input);
  }

  private void addConflicts(CatalogObject object) {
    if (object instanceof StreamDefinition) {
      addLogConflict(object);
    }
    for (CatalogObject input : inputsOf(object)) {
      if (input.keepsRows()) {
        addLogConflict(input);
      }
      addConflicts(input);
    }
  }

  private void addLogConflict(CatalogObject object) {
    Range log = services.stores().keyspace().log().range(Tuple.from(object.id()));
    working.transaction().addReadConflictRange(log.begin, log.end);
  }

  private List<CatalogObject> inputsOf(CatalogObject object) {
    List<Long> ids = List.of();
    if (object instanceof ViewDefinition view) {
      ids = view.inputs();
    } else if (object instanceof ViewPart part) {
      ids = part.view().inputs();
    } else if (object instanceof StreamDefinition stream) {
      ids = stream.changelogOf().stream().boxed().toList();
    }
    var inputs = new ArrayList<CatalogObject>();
    for (CatalogObject candidate : catalog.objects().values()) {
      if (ids.contains(candidate.id())) {
        inputs.add(candidate);
      }
    }
    return inputs;
  }

  @Override
  public void close() {
    views.close();
  }
}
