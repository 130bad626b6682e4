package io.caisson.model.change;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.CatalogObject;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.stream.DeltaLog;
import java.util.List;

/**
 * Notes what relations gain and lose, where a view reads them, in the transaction that changes
 * them. Others cost the look at the catalog's version. Thread-safe.
 */
public final class Deltas {
  /** No rows. */
  public static final Columns NONE = new Columns(List.of(), 0);

  private final CatalogStore catalog;
  private final DeltaLog log;

  /** The changes of a database's relations. */
  public Deltas(DatabaseKeyspace keyspace, CatalogStore catalog) {
    this.catalog = catalog;
    this.log = new DeltaLog(keyspace);
  }

  /** Whether a view must learn of each change of a relation. */
  public boolean wanted(Transaction transaction, CatalogObject relation) {
    return catalog.read(transaction).feedsViews(relation.id());
  }

  /**
   * Notes a change of a relation that {@link #wanted} named.
   *
   * @param lost the rows that are gone, with the columns of {@link DeltaLog#layout}
   * @param gained the rows that came
   * @throws CaissonException ROW_TOO_LARGE; the transaction must not commit then
   */
  public void note(Transaction transaction, CatalogObject relation, Columns lost, Columns gained) {
    try {
      log.append(transaction, relation, lost, gained);
    } catch (CaissonException e) {
      throw e.state() == SqlState.ROW_TOO_LARGE ? tooLarge(relation, e) : e;
    }
  }

  private static CaissonException tooLarge(CatalogObject relation, CaissonException cause) {
    return new CaissonException(
            SqlState.ROW_TOO_LARGE,
            "\""
                + relation.name()
                + "\" is read by a materialized view, which takes in no row of more than 90 KB",
            cause)
        .withHint("Keep large contents elsewhere and their address here, or drop the view.");
  }
}
