package io.caisson.engine.session;

import com.apple.foundationdb.ReadTransaction;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.KeyedObject;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.model.change.RelationPage;
import io.caisson.model.table.KeyRange;
import io.caisson.model.table.TableRead;
import io.caisson.sql.run.ScanRequest;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a collection, a bucket or a table without a schema, page by page in key order. Each
 * page is a read of its own, so that a transaction that has grown too old may be replaced between
 * two of them. For one thread.
 */
final class ObjectPages implements Iterator<Columns> {
  private static final int PAGE_BYTES = 256 << 10;

  private final SessionServices.Stores stores;
  private final TableReads reads;
  private final KeyedObject object;
  private final ScanRequest request;
  private byte @Nullable [] after;
  private @Nullable Columns ahead;
  private boolean done;

  ObjectPages(
      SessionServices.Stores stores, TableReads reads, KeyedObject object, ScanRequest request) {
    this.stores = stores;
    this.reads = reads;
    this.object = object;
    this.request = request;
  }

  /**
   * Reads a page of whatever has keys.
   *
   * @param request says which part of the keys counts
   * @param after what the page before said comes next, or null for the first
   * @param byteBudget about how many bytes to read
   */
  static RelationPage read(
      SessionServices.Stores stores,
      ReadTransaction transaction,
      KeyedObject object,
      ScanRequest request,
      byte @Nullable [] after,
      int byteBudget) {
    if (object instanceof TableDefinition table) {
      return stores.tables().page(transaction, table, part(request), after, byteBudget);
    }
    KeyBounds bounds = KeyBounds.of(request.conditions(), object.primaryKey().get(0));
    if (object instanceof CollectionDefinition collection) {
      return stores.documents().page(transaction, collection, bounds.ids(), after, byteBudget);
    }
    return object instanceof BucketDefinition bucket
        ? stores.buckets().page(transaction, bucket, bounds.keys(), after, byteBudget)
        : stores.records().page(transaction, (RecordTableDefinition) object, after, byteBudget);
  }

  /** The part of a table's primary key in which the rows are, as far as the planner found one. */
  private static KeyRange part(ScanRequest request) {
    TableRead read = ReadPaths.of(request);
    return read.index() == null && read.parts().size() == 1 ? read.parts().get(0) : KeyRange.ALL;
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && !done) {
      byte[] from = after;
      RelationPage page =
          reads.read(transaction -> read(stores, transaction, object, request, from, PAGE_BYTES));
      after = page.next();
      done = after == null;
      ahead = page.rows().size() == 0 ? null : page.rows();
    }
    return ahead != null;
  }

  @Override
  public Columns next() {
    Columns page = hasNext() ? ahead : null;
    if (page == null) {
      throw new NoSuchElementException();
    }
    ahead = null;
    return page;
  }
}
