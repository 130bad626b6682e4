package io.caisson.engine.table;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexedObject;
import io.caisson.catalog.TableDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.document.DocumentRows;
import io.caisson.model.table.IndexBuild;
import io.caisson.model.table.TableStore;
import io.caisson.model.transaction.TransactionRunner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds new indexes on a thread of its own, a page of rows in each transaction, one index after
 * the other. A build ends when the index is readable, when the index is dropped, or when two rows
 * have the same key of a unique index, which is dropped then. What a crash interrupts goes on when
 * the database is opened again. Thread-safe.
 */
public final class IndexBuilds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IndexBuilds.class);
  private static final int MOST_BYTES = 256 << 10;
  private static final int LEAST_BYTES = 4 << 10;
  private static final int IDLE_SECONDS = 10;
  private static final int CLOSE_SECONDS = 10;

  private final TransactionRunner runner;
  private final CatalogStore catalog;
  private final TableStore tables;
  private final DocumentRows documents;
  private final IndexBuild build;
  private final ThreadPoolExecutor worker;
  private volatile boolean closed;

  /** Builds of a database. */
  public IndexBuilds(
      String database,
      TransactionRunner runner,
      CatalogStore catalog,
      TableStore tables,
      DocumentRows documents,
      IndexBuild build) {
    this.runner = runner;
    this.catalog = catalog;
    this.tables = tables;
    this.documents = documents;
    this.build = build;
    worker =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              var thread = new Thread(task, "caisson-indexes-" + database);
              thread.setDaemon(true);
              return thread;
            });
    worker.allowCoreThreadTimeOut(true);
  }

  /** Goes on with all builds that were interrupted. */
  public void resume(Catalog definitions) {
    for (CatalogObject object : definitions.objects().values()) {
      if (object instanceof IndexedObject indexed) {
        for (IndexDefinition index : indexed.indexes()) {
          if (!index.readable()) {
            var unused = begin(indexed.id(), index.id());
          }
        }
      }
    }
  }

  /**
   * Builds an index in the background.
   *
   * @return done when the index is readable or gone; fails with what made the build impossible
   */
  public CompletableFuture<Boolean> begin(long object, int index) {
    var done = new CompletableFuture<Boolean>();
    try {
      worker.execute(
          () -> {
            try {
              done.complete(run(object, index));
            } catch (RuntimeException e) {
              LOG.debug("the build of index {} of object {} ended", index, object, e);
              done.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(
          new CaissonException(SqlState.CLOSED, "the database was closed", e));
    }
    return done;
  }

  /** Whether the index became readable. */
  private boolean run(long object, int index) {
    int budget = MOST_BYTES;
    while (!closed) {
      try {
        Step step = step(object, index, budget);
        if (step != Step.MORE) {
          return step == Step.DONE;
        }
        budget = Math.min(MOST_BYTES, budget + LEAST_BYTES);
      } catch (CaissonException e) {
        boolean smaller =
            budget > LEAST_BYTES
                && (e.state().retryable() || e.state() == SqlState.TRANSACTION_TOO_LARGE);
        if (smaller) {
          budget = Math.max(LEAST_BYTES, budget / 2);
        } else if (e.state().fault() == SqlState.Fault.USER) {
          LOG.warn("Index {} of object {} can't be built: {}", index, object, e.getMessage());
          abandon(object, index);
          throw e;
        } else {
          throw e;
        }
      }
    }
    throw new CaissonException(SqlState.CLOSED, "the database was closed");
  }

  private enum Step {
    MORE,
    DONE,
    GONE
  }

  private boolean enter(
      Transaction transaction, IndexedObject object, IndexDefinition index, int bytes) {
    return object instanceof CollectionDefinition collection
        ? build.enter(
            transaction,
            collection.asTable(),
            index,
            after -> documents.page(transaction, collection, after, bytes))
        : build.enter(transaction, object.asTable(), index, bytes);
  }

  private Step step(long objectId, int indexId, int budget) {
    int[] attempts = {0};
    return runner.run(
        transaction -> {
          int bytes = Math.max(LEAST_BYTES, budget >> Math.min(attempts[0]++, 6));
          IndexedObject object = object(transaction, objectId).orElse(null);
          IndexDefinition index = object == null ? null : object.index(indexId).orElse(null);
          if (object == null || index == null) {
            return Step.GONE;
          }
          if (index.readable()) {
            return Step.DONE;
          }
          if (enter(transaction, object, index, bytes)) {
            return Step.MORE;
          }
          catalog.replace(transaction, changed(object, indexId, IndexDefinition::asReadable));
          return Step.DONE;
        });
  }

  private Optional<IndexedObject> object(Transaction transaction, long id) {
    return catalog
        .read(transaction)
        .find(id)
        .filter(IndexedObject.class::isInstance)
        .map(IndexedObject.class::cast);
  }

  private static IndexedObject changed(
      IndexedObject object, int index, UnaryOperator<IndexDefinition> change) {
    List<IndexDefinition> indexes =
        object.indexes().stream().map(i -> i.id() == index ? change.apply(i) : i).toList();
    return object.withIndexes(indexes);
  }

  /** Removes an index, built or not; nothing happens where it is gone. */
  public void abandon(long objectId, int indexId) {
    var unused =
        runner.run(
            transaction -> {
              object(transaction, objectId)
                  .filter(object -> object.index(indexId).isPresent())
                  .ifPresent(object -> remove(transaction, object, indexId));
              return true;
            });
  }

  private void remove(Transaction transaction, IndexedObject object, int indexId) {
    forget(transaction, object.asTable(), object.index(indexId).orElseThrow());
    catalog.replace(
        transaction,
        object.withIndexes(
            object.indexes().stream().filter(index -> index.id() != indexId).toList()));
  }

  /** Clears what is stored for an index that leaves its table's definition. */
  public void forget(Transaction transaction, TableDefinition table, IndexDefinition index) {
    tables.clear(transaction, table, index);
    build.forget(transaction, table, index);
  }

  @Override
  public void close() {
    closed = true;
    worker.shutdown();
    try {
      if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a page of an index is still being entered while the database closes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
