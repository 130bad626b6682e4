package io.caisson.engine.session;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.KeyedObject;
import io.caisson.catalog.TableDefinition;
import io.caisson.error.CaissonException;
import io.caisson.model.change.RelationPage;
import io.caisson.sql.run.ScanRequest;
import io.caisson.sql.write.WritePlan;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * TRUNCATE in as many transactions as it takes. What nobody follows is emptied in one; where views
 * or changelogs hear of every row that goes, rows are deleted page by page in the order of the
 * primary key first. Others may see some pages gone and some not. For one thread.
 */
final class ChunkedTruncate {
  private final SessionServices services;
  private final Catalog catalog;
  private final Cancellation cancellation;
  private long count;
  private int transactions;

  ChunkedTruncate(SessionServices services, Catalog catalog, Cancellation cancellation) {
    this.services = services;
    this.catalog = catalog;
    this.cancellation = cancellation;
  }

  WriteStatements.Outcome run(WritePlan.Truncate plan) {
    try {
      plan.objects().forEach(this::truncate);
    } catch (CaissonException e) {
      throw transactions == 0 ? e : ChunkedWrites.interrupted(e, count, transactions);
    }
    return new WriteStatements.Outcome("TRUNCATE TABLE", 0, List.of(), List.of());
  }

  private void truncate(KeyedObject object) {
    if (isFollowed(object)) {
      try (RunningStatements.Running running = services.stores().live().begin("TRUNCATE", object)) {
        deletePages(object, running);
      }
    }
    // What came meanwhile goes too.
    var unused =
        services
            .runner()
            .run(
                transaction -> {
                  checkCatalog(transaction);
                  new WorkingTransaction(services, transaction).truncate(object);
                  return true;
                });
    transactions++;
  }

  private void deletePages(KeyedObject object, RunningStatements.Running running) {
    byte[] after = null;
    do {
      cancellation.check();
      byte[] from = after;
      RelationPage page = services.runner().run(transaction -> delete(transaction, object, from));
      count += page.rows().size();
      transactions++;
      running.committed(count, transactions);
      after = page.next();
    } while (after != null);
  }

  /** A table that others refer to is refused before anything of it is gone. */
  private boolean isFollowed(KeyedObject object) {
    boolean referred =
        object instanceof TableDefinition table && !catalog.referringTo(table.id()).isEmpty();
    return !referred
        && (catalog.feedsViews(object.id()) || !catalog.changelogsOf(object.id()).isEmpty());
  }

  private RelationPage delete(
      Transaction transaction, KeyedObject object, byte @Nullable [] after) {
    checkCatalog(transaction);
    int[] columns = IntStream.range(0, object.columns().size()).toArray();
    RelationPage page =
        ObjectPages.read(
            services.stores(),
            transaction,
            object,
            new ScanRequest(columns, List.of()),
            after,
            ChunkedWrites.CHUNK_BYTES);
    new WorkingTransaction(services, transaction).delete(object, page.rows());
    return page;
  }

  private void checkCatalog(Transaction transaction) {
    if (services.catalog().version(transaction) != catalog.version()) {
      throw transactions == 0 ? new CatalogMoved() : ChunkedWrites.moved();
    }
  }
}
