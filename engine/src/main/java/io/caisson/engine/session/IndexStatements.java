package io.caisson.engine.session;

import com.apple.foundationdb.Transaction;
import io.caisson.Result;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexedObject;
import io.caisson.catalog.IndexedRelation;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** CREATE INDEX and DROP INDEX. For one thread. */
final class IndexStatements {
  /**
   * How long CREATE INDEX CONCURRENTLY waits, so that an index of a small table is there at once.
   */
  static final int SMALL_MILLIS = 500;

  private static final int POLL_MILLIS = 50;

  private final SessionServices services;
  private final Cancellation cancellation;

  IndexStatements(SessionServices services, Cancellation cancellation) {
    this.services = services;
    this.cancellation = cancellation;
  }

  Result create(Statement.CreateIndex create) {
    if (create.object() instanceof ViewDefinition view) {
      new ViewIndexStatements(services, cancellation).create(create, view);
      return new CommandResult("CREATE INDEX");
    }
    Optional<IndexDefinition> added =
        services.runner().run(transaction -> add(transaction, create));
    if (added.isPresent()) {
      long table = create.object().id();
      int index = added.get().id();
      CompletableFuture<Boolean> build = services.tableWork().builds().begin(table, index);
      if (create.concurrently()) {
        var unused = await(build, SMALL_MILLIS);
      } else {
        awaitOrAbandon(build, table, index);
      }
    }
    return new CommandResult("CREATE INDEX");
  }

  private Optional<IndexDefinition> add(Transaction transaction, Statement.CreateIndex create) {
    Catalog catalog = services.catalog().read(transaction);
    String name = create.index().name();
    boolean taken = catalog.find(name).isPresent() || catalog.objectOfIndex(name).isPresent();
    if (create.ifNotExists() && taken) {
      return Optional.empty();
    }
    IndexedObject with =
        current(catalog, (IndexedObject) create.object()).withIndex(create.index());
    services.catalog().replace(transaction, with);
    return Optional.of(with.indexes().get(with.indexes().size() - 1));
  }

  /** What a statement is about as it is now, which may have other indexes than it had. */
  static <T extends IndexedObject> T current(Catalog catalog, T object) {
    CatalogObject now = catalog.find(object.id()).orElse(null);
    if (now != null && now.columns().equals(object.columns())) {
      @SuppressWarnings("unchecked") // of one number there are never objects of two kinds
      T same = (T) now;
      return same;
    }
    throw new CaissonException(
            SqlState.SERIALIZATION_FAILURE,
            object.kind().toLowerCase(Locale.ROOT)
                + " \""
                + object.name()
                + "\" was altered or dropped meanwhile")
        .withHint("Run the statement again.");
  }

  /** Waits until an index is built; cancelling the statement takes the index away again. */
  void awaitOrAbandon(CompletableFuture<Boolean> build, long table, int index) {
    try {
      while (!await(build, POLL_MILLIS)) {
        cancellation.check();
      }
    } catch (CaissonException e) {
      services.tableWork().builds().abandon(table, index);
      throw e;
    }
  }

  /** Waits for a while; whether the build is done then. */
  private static boolean await(CompletableFuture<Boolean> build, int millis) {
    try {
      var unused = build.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CaissonException known) {
        throw known;
      }
      throw new CaissonException(
          SqlState.INTERNAL_ERROR, "the index could not be built", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(
          SqlState.QUERY_CANCELED, "interrupted while an index was built", e);
    }
  }

  Result drop(Statement.DropIndex drop) {
    IndexedRelation relation = drop.object();
    if (relation instanceof ViewDefinition view) {
      new ViewIndexStatements(services, cancellation).drop(drop.name(), view);
    } else if (relation instanceof IndexedObject object) {
      var unused =
          services
              .runner()
              .run(
                  transaction -> {
                    Catalog catalog = services.catalog().read(transaction);
                    IndexedObject now = current(catalog, object);
                    IndexDefinition index = now.index(drop.name()).orElse(null);
                    if (index != null) {
                      services.tableWork().builds().forget(transaction, now.asTable(), index);
                      List<IndexDefinition> rest =
                          now.indexes().stream().filter(i -> i.id() != index.id()).toList();
                      services.catalog().replace(transaction, now.withIndexes(rest));
                    }
                    return true;
                  });
    }
    return new CommandResult("DROP INDEX");
  }
}
