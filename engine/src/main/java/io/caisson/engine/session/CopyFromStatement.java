package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.catalog.Catalog;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * COPY FROM: in the session's transaction as a whole, else in as many transactions as it takes,
 * each for a page of rows. For one thread.
 */
final class CopyFromStatement {
  private final SessionServices services;
  private final SessionSettings settings;
  private final Catalog catalog;
  private final Cancellation cancellation;

  CopyFromStatement(
      SessionServices services,
      SessionSettings settings,
      Catalog catalog,
      Cancellation cancellation) {
    this.services = services;
    this.settings = settings;
    this.catalog = catalog;
    this.cancellation = cancellation;
  }

  Result run(
      Statement.CopyFrom copy, CopyStreams streams, @Nullable SessionTransaction transaction) {
    if (transaction != null) {
      check(transaction);
    }
    try (CopyRows rows = CopyRows.open(copy, streams, settings.timeZone(), cancellation)) {
      long count = transaction == null ? alone(copy, rows) : within(copy, rows, transaction);
      return new CommandResult("COPY " + count);
    }
  }

  /** Nothing is read from a stream before it is clear that the rows can be written. */
  private void check(SessionTransaction session) {
    if (session.readOnly()) {
      throw new CaissonException(
              SqlState.READ_ONLY_TRANSACTION, "cannot execute COPY FROM in a read-only transaction")
          .withHint("COMMIT, and BEGIN without READ ONLY.");
    }
    if (services.catalog().version(session.working().transaction()) != catalog.version()) {
      throw new CatalogMoved();
    }
  }

  private long within(Statement.CopyFrom copy, CopyRows rows, SessionTransaction session) {
    WorkingTransaction working = session.working();
    long count = 0;
    for (Columns page = rows.next(ChunkedWrites.CHUNK_BYTES);
        page != null;
        page = rows.next(ChunkedWrites.CHUNK_BYTES)) {
      cancellation.check();
      try {
        write(copy, page, working);
      } catch (CaissonException e) {
        throw rows.placed(e);
      }
      count += page.size();
      if (working.transaction().getApproximateSize().join() > RowBuffer.MOST_BYTES) {
        throw new CaissonException(
                SqlState.TRANSACTION_TOO_LARGE,
                "the transaction has written more than the "
                    + RowBuffer.MOST_BYTES / 1_000_000
                    + " MB that one may")
            .withHint("COPY outside of BEGIN ... COMMIT runs in as many transactions as it takes.");
      }
    }
    return count;
  }

  private long alone(Statement.CopyFrom copy, CopyRows rows) {
    long count = 0;
    int transactions = 0;
    try {
      for (Columns page = rows.next(ChunkedWrites.CHUNK_BYTES);
          page != null;
          page = rows.next(ChunkedWrites.CHUNK_BYTES)) {
        cancellation.check();
        store(copy, page, rows);
        count += page.size();
        transactions++;
      }
    } catch (CaissonException e) {
      throw transactions == 0 ? e : ChunkedWrites.interrupted(e, count, transactions);
    }
    return count;
  }

  private void store(Statement.CopyFrom copy, Columns page, CopyRows rows) {
    try {
      services
          .runner()
          .run(
              transaction -> {
                if (services.catalog().version(transaction) != catalog.version()) {
                  throw ChunkedWrites.moved();
                }
                write(copy, page, new WorkingTransaction(services, transaction));
                return page.size();
              });
    } catch (CaissonException e) {
      throw rows.placed(e);
    }
  }

  private static void write(Statement.CopyFrom copy, Columns page, WorkingTransaction working) {
    Columns whole = working.complete(copy.target(), copy.columns(), page);
    var unused = working.insert(copy.target(), whole);
  }
}
